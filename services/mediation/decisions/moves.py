"""Which command leads from which status to which: the table the README's diagram is drawn from.

`decide` and `evolve` are held to it by a test over every (status × command); here it tells people what is
possible.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.mediation.state import Mediation, status
from shared.errors import NotNow

_UNTIL_EFFECT = dict.fromkeys(("refuse", "refuse/on-paper", "fail", "end-withdrawn"), ("ended",))
_ASKED = {
    "accept-mediator": ("choosing_mediator",),
    "decline-mediator": ("choosing_mediator",),
    "pass-on": ("choosing_mediator",),
    **_UNTIL_EFFECT,
}
_GUESTS = ("invite", "invite-speakers", "invite/agree", "invite/decline", "invite/withdraw", "invite/answer")
_NAMING = ("nominate", "accept-mediator", "decline-mediator", "take", "pass-on", "stop")
"""Where the mediator who was there turns out to have ties."""

_STOP = {"stop": ("choosing_mediator",), **_UNTIL_EFFECT}
_LED = {"decline-mediator": ("choosing_mediator",), "pass-on": ("choosing_mediator",), **_STOP}

_KEEPING = (
    *("proof", "confirm", "dispute", "confirm-in-court", "sign", "sign/on-paper", "mark"),
    *("amendment", "amendment/decline"),
    *("grant-day", "waive", "impossible", "decline-performance", "court-result", "handover"),
    *("record", "wording/accept", "wording/dispute", "by-mouth", "fall-due", "let-stand", "end-withdrawn"),
    *("ask-releases", "confirm-in-court/by-mouth", "minutes/release", "opt-in", "remind-ahead", "remind"),
    "note-return",
)
_SETTLING = ("confirm", "mark", "waive", "by-mouth", "let-stand")
"""Of them, those after which nothing may be left to do."""


def _keeping(here: str) -> dict[str, tuple[str, ...]]:
    return {name: (here, "performed") if name in _SETTLING else (here,) for name in _KEEPING}


_UNSETTLED = ("oral_unrecorded", "choosing_mediator", "scheduling", "scheduled", "drafting", "signing")
_DEPARTURES = {
    "awaiting_consent": ("awaiting_consent", "choosing_mediator", "ended"),
    **{one: (one, "ended") for one in _UNSETTLED},
    "performing": ("performing", "deserted", "performed"),
    "deserted": ("deserted", "performed"),
    "performed": ("performed",),
    "ended": ("ended",),
}
"""Where it leads that a party has left: nobody of a side may be left to mediate with."""

_MOVES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "unopened": {"open": ("awaiting_consent",), "open-oral": ("oral_unrecorded",)},
    "oral_unrecorded": {
        "record": ("performing",),
        "wording/accept": ("oral_unrecorded",),
        "wording/dispute": ("oral_unrecorded",),
        **dict.fromkeys(_NAMING, ("oral_unrecorded",)),
        **_UNTIL_EFFECT,
    },
    "awaiting_consent": {
        "remind": ("awaiting_consent",),
        "note-beside": ("awaiting_consent",),
        "joint-session": ("awaiting_consent",),
        "consent": ("awaiting_consent", "choosing_mediator"),
        "consent/on-paper": ("awaiting_consent", "choosing_mediator"),
        **_UNTIL_EFFECT,
    },
    "choosing_mediator": {
        "note-beside": ("choosing_mediator",),
        "openness": ("choosing_mediator",),
        "joint-session": ("choosing_mediator",),
        "nominate": ("choosing_mediator",),
        "take": ("scheduling", "choosing_mediator"),
        "answers": ("choosing_mediator",),
        "answers/by-mouth": ("choosing_mediator",),
        **_ASKED,
    },
    "scheduling": {
        "remind": ("scheduling",),
        "note-beside": ("scheduling",),
        "openness": ("scheduling",),
        "joint-session": ("scheduling",),
        "schedule-together": ("scheduled",),
        "accept-mediator": ("scheduling",),
        "slots": ("scheduling",),
        "answers": ("scheduling",),
        "answers/by-mouth": ("scheduling",),
        "schedule": ("scheduled",),
        "close-slots": ("scheduling", "scheduled"),
        "caucus-notes": ("scheduling",),
        **dict.fromkeys(_GUESTS, ("scheduling",)),
        **_LED,
    },
    "scheduled": {
        "remind": ("scheduled",),
        "remind-session": ("scheduled",),
        "note-room-closed": ("scheduled",),
        "note-beside": ("scheduled",),
        "openness": ("scheduled",),
        "follow-session": ("scheduled",),
        "accept-mediator": ("scheduled",),
        "slots": ("scheduled",),
        "answers": ("scheduled",),
        "answers/by-mouth": ("scheduled",),
        "reschedule": ("scheduled",),
        "absences": ("scheduled",),
        "absences/explain": ("scheduled",),
        "absences/excuse": ("scheduled",),
        "default-path": ("scheduled", "ended"),
        "carry-out-default": ("scheduled", "ended"),
        "minutes": ("drafting",),
        "caucus-notes": ("scheduled",),
        **dict.fromkeys(_GUESTS, ("scheduled",)),
        **_LED,
    },
    "drafting": {
        "minutes": ("drafting",),
        "caucus-notes": ("drafting",),
        "exchange": ("drafting",),
        "restatements": ("drafting",),
        "restatements/answer": ("drafting",),
        "findings": ("drafting",),
        "agreement": ("signing",),
        **_STOP,
    },
    "signing": {
        "remind": ("signing",),
        "caucus-notes": ("signing",),
        "exchange": ("signing",),
        "restatements": ("signing",),
        "restatements/answer": ("signing",),
        "findings": ("signing",),
        "agreement": ("signing",),
        "opt-in": ("signing",),
        "minutes/release": ("signing",),
        "sign": ("signing", "performing", "performed"),
        "sign/on-paper": ("signing", "performing", "performed"),
        "mark": ("signing", "performing", "performed"),
        **_STOP,
    },
    "performing": _keeping("performing"),
    "deserted": _keeping("deserted"),
    "performed": {
        "confirm-in-court": ("performed",),
        "confirm-in-court/by-mouth": ("performed",),
        "court-result": ("performed",),
        "minutes/release": ("performed",),
        "remind-ahead": ("performed",),
        "remind": ("performed",),
        "note-return": ("performed",),
        "fall-due": ("performed",),
        "let-stand": ("performed",),
        "end-withdrawn": ("performed",),
    },
    "ended": {"end-withdrawn": ("ended",)},
}

MOVES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    here: {**moves, "note-departure": _DEPARTURES[here], "note-successor": (here,)}
    if here in _DEPARTURES
    else moves
    for here, moves in _MOVES.items()
}
"""What the case tells of its parties may come at any time."""

CLOCKWORK = frozenset(
    {
        "note-departure",
        "note-successor",
        "note-return",
        "ask-releases",
        "open",
        "open-oral",
        "note-beside",
        "follow-session",
        "end-withdrawn",
        "remind-ahead",
        "remind-session",
        "note-room-closed",
        "remind",
        "fall-due",
        "let-stand",
        "carry-out-default",
        "close-slots",
        "invite-speakers",
    }
)
"""Commands that nobody can give by hand."""


def possible_commands(state: Mediation) -> frozenset[str]:
    """What somebody could do now, whoever it be."""
    return frozenset(MOVES[status(state)]) - CLOCKWORK


def not_now(state: Mediation) -> NotNow:
    """The refusal of a command that another status would take."""
    return NotNow(status(state), possible_commands(state))


def require_possible(state: Mediation, command: str) -> None:
    """Raises NotNow, before any fact is gathered for a command that this status does not take."""
    if command not in MOVES[status(state)]:
        raise not_now(state)
