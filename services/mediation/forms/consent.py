"""What a party says to being mediated, and with what a mediation ends without an agreement."""

from __future__ import annotations

from pydantic import Field

from services.mediation.commands import FailReason
from services.mediation.forms.fields import FormModel, Languages, Windows


class ConsentForm(FormModel):
    """`joint_session`: whether it may be held in one session with the mediation beside it."""

    separate: bool = False
    available: Windows = Field(default=[])
    languages: Languages = Field(default=[])
    joint_session: bool | None = None


class JointForm(FormModel):
    """Of this mediation alone: the one beside it is asked about by itself."""

    agreed: bool


class OpennessForm(FormModel):
    """Whether others may listen; it stays closed until every party wishes so."""

    open: bool


class FailForm(FormModel):
    reason: FailReason
