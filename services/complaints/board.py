"""The public board of an alliance: reckoned at most once a minute, however many people look."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.complaints import storage
from services.complaints.figures import CaseFacts
from shared.clock import local_day
from shared.persistence.database import Database

FRESH_FOR = timedelta(minutes=1)
MONTHS = 12
MOST_KEPT = 64
"""Alliances whose board is kept; a city has thousands, and most are not looked at in one minute."""


@dataclass(frozen=True)
class Board:
    """The cases an alliance's public figures are made of."""

    since: date
    as_of: datetime
    cases: tuple[CaseFacts, ...]

    def is_fresh(self, now: datetime) -> bool:
        return timedelta() <= now - self.as_of < FRESH_FOR


class Boards:
    """The boards of this process. Whoever comes for one that is not fresh waits while it is reckoned."""

    def __init__(self) -> None:
        self._kept: OrderedDict[UUID, Board] = OrderedDict()
        self._reckoning = asyncio.Lock()

    async def of(self, alliance_id: UUID, database: Database, now: datetime) -> Board:
        """The alliance's board; of one that does not exist an empty one."""
        if (kept := self._fresh(alliance_id, now)) is not None:
            return kept
        async with self._reckoning:
            if (kept := self._fresh(alliance_id, now)) is not None:
                return kept
            board = await _reckoned(alliance_id, database, now)
            self._keep(alliance_id, board)
            return board

    def _fresh(self, alliance_id: UUID, now: datetime) -> Board | None:
        board = self._kept.get(alliance_id)
        if board is None or not board.is_fresh(now):
            return None
        self._kept.move_to_end(alliance_id)
        return board

    def _keep(self, alliance_id: UUID, board: Board) -> None:
        self._kept[alliance_id] = board
        self._kept.move_to_end(alliance_id)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


async def _reckoned(alliance_id: UUID, database: Database, now: datetime) -> Board:
    since = first_of_period(local_day(now))
    async with database.reading() as connection:
        cases = await storage.facts_of_cases(connection, alliance_id, since, local_day(now), now)
    return Board(since, now, tuple(case for case in cases if case.on_board))


def first_of_period(today: date) -> date:
    """The first day of the twelve months that end with this one."""
    month = today.year * 12 + today.month - MONTHS
    return date(month // 12, month % 12 + 1, 1)
