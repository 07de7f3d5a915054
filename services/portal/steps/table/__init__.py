"""The table of steps: each command of a service as a form, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Iterable

from services.portal.steps.inputs import About, Step, step_name
from services.portal.steps.table.agreeing import AGREEING, IN_COURT
from services.portal.steps.table.ending import ENDING
from services.portal.steps.table.hearing import HEARING
from services.portal.steps.table.mediating import AT_THE_TABLE, MEDIATING
from services.portal.steps.table.people import PEOPLE
from services.portal.steps.table.reviewing import REVIEWING
from services.portal.steps.table.settling import SETTLING
from services.portal.steps.table.showing import SHOWING
from services.portal.steps.table.together import TOGETHER
from services.portal.steps.table.working import HANDING_ON, WORKING

TABLE: tuple[Step, ...] = (
    *HEARING,
    *SETTLING,
    *REVIEWING,
    *MEDIATING,
    *AGREEING,
    *SHOWING,
    *PEOPLE,
    *HANDING_ON,
    *TOGETHER,
    *WORKING,
    *AT_THE_TABLE,
    *IN_COURT,
    *ENDING,
)

STEPS = {step.name: step for step in TABLE}
"""In the order in which they are offered."""


def offered(possible: Iterable[str], *about: About) -> list[Step]:
    """The steps to show, in the table's order; `possible` are the services' names."""
    names = {step_name(name) for name in possible}
    return [step for step in STEPS.values() if (step.word or step.name) in names and step.about in about]
