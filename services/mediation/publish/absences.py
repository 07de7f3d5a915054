"""What is told of who did not come, to each side in words of its own."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.decisions import absent
from services.mediation.publish.telling import members
from services.mediation.state import Opened, Scheduled, other_side
from shared.clock import local_day
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_absence(about: dict[str, Any], after: Opened, event: absent.Missed) -> list[Contract]:
    """Each side in words of its own. Where the talks are apart, the other's absence would tell its hour."""
    match event:
        case happened.AbsenceRecorded(side):
            own, others = members(after, side), members(after, other_side(side))
            heard = [told.SessionMissed(**about, own=True, to=own)]
            if not after.matter.separate:
                heard.append(told.SessionMissed(**about, own=False, to=others))
            return [*heard]
        case happened.AbsenceExcused(side):
            others = () if after.matter.separate else members(after, other_side(side))
            return [told.AbsenceExcused(**about, to=others, asks_again=_is_asked_again(after))]
        case happened.DefaultPathOpened(side, until):
            return [told.DefaultPathOpened(**about, to=members(after, other_side(side)), choose_until=until)]
        case happened.DefaultChosen(_, choice, then):
            day = local_day(then) if then else None
            return [told.DefaultPathChosen(**about, choice=choice, takes_effect_on=day)]
        case _:
            return []


def _is_asked_again(after: Opened) -> bool:
    return isinstance(after, Scheduled) and after.default is not None and after.default.excused
