"""What can be done on a case's page: one row for each command of the services, with its fields.

A step is offered when the service names it in `possible`; this table only says how it is asked for.
"""

from __future__ import annotations

from services.portal.steps.inputs import (
    GUESTS,
    LANGUAGES,
    METHODS,
    PROMISE_ROWS,
    READERS,
    RELATIONS,
    RUNGS,
    SIDES,
    SLOT_ANSWERS,
    UPLOADS,
    About,
    Input,
    Kind,
    Place,
    Read,
    Step,
)
from services.portal.steps.table import STEPS, TABLE, offered
from services.portal.steps.table.elsewhere import GUARDIAN_CONSENT, INQUIRY_ANSWER
from services.portal.steps.times import PARTS_OF_DAY, WINDOW_ROWS, days_ahead

__all__ = [
    "GUARDIAN_CONSENT",
    "GUESTS",
    "INQUIRY_ANSWER",
    "LANGUAGES",
    "METHODS",
    "PARTS_OF_DAY",
    "PROMISE_ROWS",
    "READERS",
    "RELATIONS",
    "RUNGS",
    "SIDES",
    "SLOT_ANSWERS",
    "STEPS",
    "TABLE",
    "UPLOADS",
    "WINDOW_ROWS",
    "About",
    "Input",
    "Kind",
    "Place",
    "Read",
    "Step",
    "days_ahead",
    "offered",
]
