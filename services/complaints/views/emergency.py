"""The emergency of a case, for those who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from services.complaints import events as e
from services.complaints import sentences
from services.complaints.clocks import Emergency
from services.complaints.duty import duties
from services.complaints.storage import Step
from services.complaints.terms import Hotline, Role
from shared.texts import Language


class SiteVisitView(BaseModel):
    """What somebody of the committee found on the spot."""

    at: datetime
    present: str
    found: str
    done: str


class HotlineCallView(BaseModel):
    """A call for help, when it was made and by whom."""

    number: Hotline
    at: datetime
    by: Role


class DutyView(BaseModel):
    """What to say to the people in the building while it lasts."""

    do: list[str]
    dont: list[str]


class EmergencyView(BaseModel):
    """Since when, by when a human had to confirm it, what was done; `minutes` from report to end, or to now."""

    raised_at: datetime
    confirm_until: datetime
    confirmed_at: datetime | None
    confirmed_late: bool
    lifted_at: datetime | None
    minutes: int
    called: list[Hotline]
    calls: list[HotlineCallView]
    visits: list[SiteVisitView]
    duty: DutyView


def emergency_view(
    emergency: Emergency,
    subcategory: str,
    steps: Sequence[Step],
    now: datetime,
    language: Language,
    *,
    shows_visits: bool,
) -> EmergencyView:
    """As it stands now: late is late even if the timer that says so is."""
    seen_at = emergency.confirmed_at or emergency.lifted_at or now
    confirmed = next((step.event for step in steps if isinstance(step.event, e.EmergencyConfirmed)), None)
    return EmergencyView(
        raised_at=emergency.raised_at,
        confirm_until=emergency.confirm_until,
        confirmed_at=emergency.confirmed_at,
        confirmed_late=seen_at > emergency.confirm_until,
        lifted_at=emergency.lifted_at,
        minutes=int(((emergency.lifted_at or now) - emergency.raised_at).total_seconds() // 60),
        called=list(confirmed.called) if confirmed else [],
        calls=[
            HotlineCallView(number=step.event.number, at=step.event.at, by=step.actor_role)
            for step in steps
            if isinstance(step.event, e.HotlineCalled)
        ],
        visits=[
            SiteVisitView(
                at=step.at, present=step.event.present, found=step.event.found, done=step.event.done
            )
            for step in steps
            if shows_visits and isinstance(step.event, e.SiteVisited)
        ],
        duty=_duty(subcategory, language),
    )


def _duty(subcategory: str, language: Language) -> DutyView:
    duty = duties().of(subcategory)
    return DutyView(
        do=[sentences.TEXTS(f"duty_{code}", language) for code in duty.do],
        dont=[sentences.TEXTS(f"duty_{code}", language) for code in duty.dont],
    )
