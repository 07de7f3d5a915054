"""The tables: role in a mediation × command, and role × field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from services.mediation import commands as asked

Role = Literal[
    "party",
    "former",
    "successor",
    "proposed",
    "mediator",
    "coordinator",
    "captain",
    "court",
    "guest",
    "joined",
    "system",
]


Field = Literal[
    "parties",
    "session",
    "words_agreed",
    "words_of_promises",
    "handover",
    "parties_of_hidden_matter",
    "refused_by",
    "wishes",
    "windows",
    "parts",
    "minutes",
    "dialogue",
    "caucus_notes",
    "conflict_kinds",
    "explanations",
    "mediators_asked",
    "void_minutes",
    "wording_dispute",
    "sheets",
]


MAY: Mapping[Role, frozenset[type[asked.Command]]] = {
    "party": frozenset(
        {
            asked.Consent,
            asked.AnswerJoint,
            asked.ChooseOpenness,
            asked.RefuseMediation,
            asked.NominateMediator,
            asked.AcceptMediator,
            asked.DeclineMediator,
            asked.StopForConflict,
            asked.AnswerSlots,
            asked.InviteGuest,
            asked.AgreeToGuest,
            asked.DeclineGuest,
            asked.WithdrawInvitation,
            asked.ExplainAbsence,
            asked.ChooseDefault,
            asked.AnswerRestatement,
            asked.SignAgreement,
            asked.AskCourt,
            asked.ProveCommitment,
            asked.ConfirmCommitment,
            asked.DisputeCommitment,
            asked.ProposeAmendment,
            asked.DeclineAmendment,
            asked.GrantDay,
            asked.WaiveCommitment,
            asked.DeclinePerformance,
            asked.HandOver,
            asked.AcceptWording,
            asked.DisputeWording,
        }
    ),
    "former": frozenset({asked.ProveCommitment, asked.WaiveCommitment}),
    "successor": frozenset({asked.ConfirmCommitment, asked.DisputeCommitment, asked.WaiveCommitment}),
    "proposed": frozenset({asked.TakeMediation, asked.PassOn}),
    "mediator": frozenset(
        {
            asked.PassOn,
            asked.StopForConflict,
            asked.ProposeSlots,
            asked.PassOnTimes,
            asked.EnterRefusal,
            asked.EnterSignature,
            asked.InviteGuest,
            asked.WithdrawInvitation,
            asked.ScheduleSession,
            asked.ScheduleTogether,
            asked.MoveToSlot,
            asked.MoveToTime,
            asked.RecordAbsence,
            asked.ExplainAbsence,
            asked.ExcuseAbsence,
            asked.WriteMinutes,
            asked.ReleaseMinutes,
            asked.WriteCaucusNote,
            asked.LogExchange,
            asked.RestateInterest,
            asked.RecordFinding,
            asked.DraftAgreement,
            asked.MarkAgreement,
            asked.ProposeAmendment,
            asked.MarkImpossible,
            asked.FailMediation,
            asked.RecordOral,
            asked.PassOnCourtRequest,
            asked.ProveCommitment,
        }
    ),
    "coordinator": frozenset(
        {
            asked.EnterConsent,
            asked.EnterRefusal,
            asked.PassOnTimes,
            asked.EnterSignature,
            asked.NominateMediator,
            asked.InviteGuest,
            asked.WithdrawInvitation,
            asked.StopForConflict,
            asked.MarkAgreement,
            asked.FailMediation,
            asked.ExplainAbsence,
            asked.ExcuseAbsence,
            asked.HandOver,
            asked.RecordCourtResult,
            asked.PassOnWord,
            asked.PassOnCourtRequest,
        }
    ),
    "captain": frozenset({asked.PassOnWord, asked.PassOnCourtRequest}),
    "court": frozenset({asked.RecordCourtResult}),
    "guest": frozenset({asked.AnswerInvitation, asked.AnswerSlots}),
    "joined": frozenset({asked.AnswerDraft, asked.ConfirmCommitment, asked.DisputeCommitment}),
    "system": frozenset(
        {
            asked.OpenMediation,
            asked.OpenOral,
            asked.NoteBeside,
            asked.FollowSession,
            asked.EndWithdrawn,
            asked.RemindAhead,
            asked.RemindOfWord,
            asked.RemindOfSession,
            asked.NoteRoomClosed,
            asked.InviteSpeakers,
            asked.FallDue,
            asked.LetStand,
            asked.CarryOutDefault,
            asked.CloseSlots,
            asked.NoteDeparture,
            asked.NoteSuccessor,
            asked.NoteReturn,
            asked.AskReleases,
        }
    ),
}


_CONCERNED: frozenset[Role] = frozenset(get_args(Role)) - {"successor"}
"""All who are shown more than what was promised and what became of it."""


SEES: Mapping[Field, frozenset[Role]] = {
    "parties": _CONCERNED,
    "session": _CONCERNED,
    "words_agreed": _CONCERNED,
    "words_of_promises": _CONCERNED,
    "handover": _CONCERNED,
    "parties_of_hidden_matter": frozenset({"mediator", "coordinator"}),
    "refused_by": frozenset({"mediator", "coordinator"}),
    "wishes": frozenset({"mediator", "coordinator"}),
    "windows": frozenset({"mediator"}),
    "parts": frozenset({"mediator", "coordinator"}),
    "minutes": frozenset({"party", "former", "mediator", "coordinator"}),
    "dialogue": frozenset({"party", "mediator", "coordinator"}),
    "caucus_notes": frozenset({"mediator"}),
    "conflict_kinds": frozenset({"coordinator"}),
    "explanations": frozenset({"mediator", "coordinator"}),
    "mediators_asked": frozenset({"coordinator"}),
    "void_minutes": frozenset({"coordinator"}),
    "wording_dispute": frozenset({"party", "mediator", "coordinator"}),
    "sheets": frozenset({"mediator", "coordinator"}),
}
"""What is not for every participant. Everybody sees what is their own.

Who came after a party that left reads what was promised and what became of it. `parties` are who promised it,
`session` who was or is to be there and when, `words_agreed` facts, terms and signatures, `words_of_promises` why
one is disputed or cannot be kept. `sheets` name a witness, who may be near to a party that is hidden: whoever
enters them reads that.
"""
