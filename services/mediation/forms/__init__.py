"""What requests may say: every field with its bounds, nothing beside it."""

from __future__ import annotations

from services.mediation.forms.agreements import (
    AgreementForm,
    AmendmentForm,
    CommitmentForm,
    OptInForm,
    SignForm,
    promises_in,
)
from services.mediation.forms.calendars import AvailabilityForm, ExceptionForm, HoursForm, RoomForm
from services.mediation.forms.commitments import DayForm, DisputeForm, ProofForm
from services.mediation.forms.consent import ConsentForm, FailForm, JointForm, OpennessForm
from services.mediation.forms.dialogue import (
    CaucusNoteForm,
    ExchangeForm,
    FindingForm,
    MinutesForm,
    RestatementForm,
    RightForm,
)
from services.mediation.forms.fields import FormModel, NothingForm, RoomCode
from services.mediation.forms.guests import ComesForm, GuestForm, InviteForm
from services.mediation.forms.mediators import NominateForm, ProfileForm, StopForm, TakeForm
from services.mediation.forms.on_paper import PaperConsentForm, PaperSignForm, SheetForm, TimesForm
from services.mediation.forms.oral import ByMouthForm, RecordForm, ToldForm
from services.mediation.forms.sessions import (
    AbsenceForm,
    AnswersForm,
    DefaultForm,
    ExcuseForm,
    ExplanationForm,
    RescheduleForm,
    ScheduleForm,
    SlotsForm,
    TogetherForm,
)

__all__ = [
    "AbsenceForm",
    "AgreementForm",
    "AmendmentForm",
    "AnswersForm",
    "AvailabilityForm",
    "ByMouthForm",
    "CaucusNoteForm",
    "ComesForm",
    "CommitmentForm",
    "ConsentForm",
    "DayForm",
    "DefaultForm",
    "DisputeForm",
    "ExceptionForm",
    "ExchangeForm",
    "ExcuseForm",
    "ExplanationForm",
    "FailForm",
    "FindingForm",
    "FormModel",
    "GuestForm",
    "HoursForm",
    "InviteForm",
    "JointForm",
    "MinutesForm",
    "NominateForm",
    "NothingForm",
    "OpennessForm",
    "OptInForm",
    "PaperConsentForm",
    "PaperSignForm",
    "ProfileForm",
    "ProofForm",
    "RecordForm",
    "RescheduleForm",
    "RestatementForm",
    "RightForm",
    "RoomCode",
    "RoomForm",
    "ScheduleForm",
    "SheetForm",
    "SignForm",
    "SlotsForm",
    "StopForm",
    "TakeForm",
    "TimesForm",
    "TogetherForm",
    "ToldForm",
    "promises_in",
]
