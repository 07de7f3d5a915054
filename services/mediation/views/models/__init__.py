"""The answers in form: one model for everybody; the policy says which of its fields stay empty for whom."""

from __future__ import annotations

from services.mediation.views.models.agreements import (
    AgreementView,
    AmendmentView,
    CourtResultView,
    CourtView,
    OptInView,
    OralView,
    SignatureView,
    WarningView,
    WordingDisputeView,
)
from services.mediation.views.models.calendars import (
    AffectedSessionView,
    DayView,
    FeedView,
    KeptRoomView,
    OpenSessionView,
    RoomView,
)
from services.mediation.views.models.commitments import CommitmentView, StepView
from services.mediation.views.models.fields import SpanView
from services.mediation.views.models.handovers import HandoverPreview, HandoverView, SentView
from services.mediation.views.models.invitations import InvitationView, InvitedSessionView, InvitedSlotView
from services.mediation.views.models.mediations import (
    AskedView,
    ClockView,
    ListedView,
    MediationView,
    PartyView,
    Receipt,
)
from services.mediation.views.models.mediators import EntryView, MediatorView, NoteView
from services.mediation.views.models.paper import SheetView
from services.mediation.views.models.sessions import (
    AbsenceView,
    BesideView,
    DefaultPathView,
    DialogueView,
    FindingView,
    GuestAnswerView,
    GuestView,
    JointView,
    OpennessView,
    PartView,
    RestatementView,
    SessionView,
    SlotAnswerView,
    SlotView,
    SpokenView,
    VoidSessionView,
)

__all__ = [
    "AbsenceView",
    "AffectedSessionView",
    "AgreementView",
    "AmendmentView",
    "AskedView",
    "BesideView",
    "ClockView",
    "CommitmentView",
    "CourtResultView",
    "CourtView",
    "DayView",
    "DefaultPathView",
    "DialogueView",
    "EntryView",
    "FeedView",
    "FindingView",
    "GuestAnswerView",
    "GuestView",
    "HandoverPreview",
    "HandoverView",
    "InvitationView",
    "InvitedSessionView",
    "InvitedSlotView",
    "JointView",
    "KeptRoomView",
    "ListedView",
    "MediationView",
    "MediatorView",
    "NoteView",
    "OpenSessionView",
    "OpennessView",
    "OptInView",
    "OralView",
    "PartView",
    "PartyView",
    "Receipt",
    "RestatementView",
    "RoomView",
    "SentView",
    "SessionView",
    "SheetView",
    "SignatureView",
    "SlotAnswerView",
    "SlotView",
    "SpanView",
    "SpokenView",
    "StepView",
    "VoidSessionView",
    "WarningView",
    "WordingDisputeView",
]
