"""Who speaks at the session beside those who were named: whoever wishes to, drawn by lot (抽签). Chance is given."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from services.complaints.commands import DrawSpeakers, VolunteerToSpeak
from services.complaints.decisions.group import Group
from services.complaints.decisions.grouping import members
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.events import Event, SpeakersDrawn, SpeakerVolunteered
from shared.errors import Refused


def volunteer(case: Filed, command: VolunteerToSpeak, at: Circumstances) -> list[Event]:
    """Whoever speaks is seen by the other side: a hidden name cannot."""
    me = at.by.party_id
    assert me is not None  # noqa: S101
    if command.willing and at.fellows[me] != "named":
        raise Refused("speaker_is_known")
    if command.willing == (me in _group(case).volunteers):
        return []
    return [SpeakerVolunteered(me, command.willing)]


def may_volunteer(case: Filed, at: Circumstances) -> bool:
    """Whoever is a party speaks anyhow; once it is drawn nobody is added."""
    return _group(case).drawn is None and at.by.party_id in at.fellows.keys() - {*case.file.complainants}


def draw(case: Filed, command: DrawSpeakers, at: Circumstances) -> list[Event]:
    """Once: a lot that could be drawn again until it pleases is none."""
    order = in_order(command.lot, _willing(case, at))
    seats = at.timetable.rules.in_force("group_speakers", at.today).value
    return [SpeakersDrawn(at.today, command.lot, order, seats)]


def may_be_drawn(case: Filed, at: Circumstances) -> bool:
    """Whether somebody is willing, and nothing was drawn."""
    return _group(case).drawn is None and bool(_willing(case, at))


def in_order(lot: str, willing: Iterable[UUID]) -> tuple[UUID, ...]:
    """By the lot and each one's mark alone; when they said so is no matter."""
    return tuple(sorted(willing, key=lambda one: sha256(f"{lot}:{one}".encode()).digest()))


def _willing(case: Filed, at: Circumstances) -> list[UUID]:
    there = members(case, at) - {*case.file.complainants}
    return [one for one in _group(case).volunteers if one in there]


def _group(case: Filed) -> Group:
    return case.file.group or Group()
