"""Where a child is concerned: heard with a grown-up of theirs, sealed, and shown to nobody (未成年人保护法)."""

from __future__ import annotations

from services.complaints.commands import AskTakedown, ConfirmTakedown, HearChild, LetChildFollow, LetOnBoard
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.events import (
    BoardAllowed,
    ChildHeard,
    ChildLetFollow,
    Event,
    TakedownAsked,
    TakenDown,
)
from shared.errors import Invalid, NotAllowed, Refused


def hear(_: Filed, command: HearChild, __: Circumstances) -> list[Event]:
    """With the guardian, or apart with a volunteer the guardian trusts: never alone with the alliance's people."""
    if not {"guardian", "volunteer"} & {*command.present}:
        raise Invalid("/present", "nobody_beside_the_child")
    return [ChildHeard(command.evidence_id, command.content, command.present)]


def ask_takedown(case: Filed, command: AskTakedown, _: Circumstances) -> list[Event]:
    """A picture of a child in a chat group is nobody's proof."""
    if command.side in case.file.takedowns:
        raise Refused("takedown_asked_already")
    return [TakedownAsked(command.side)]


def confirm_takedown(case: Filed, _: ConfirmTakedown, at: Circumstances) -> list[Event]:
    """The side's own word, with its minute."""
    for side in case.file.takedowns:
        if side == at.by.role:
            return [TakenDown(side)]
    raise NotAllowed


def let_follow(case: Filed, command: LetChildFollow, _: Circumstances) -> list[Event]:
    """The guardian's to say, and to take back."""
    return [ChildLetFollow(command.allowed)] if command.allowed != case.file.child_follows else []


def let_on_board(case: Filed, command: LetOnBoard, _: Circumstances) -> list[Event]:
    """Asked of the guardian and said by nobody else; what is not said is no."""
    return [BoardAllowed(command.allowed)] if command.allowed != case.file.on_board else []


def concerns_a_child(case: Filed, _: Circumstances) -> bool:
    """Whether a guardian filed it for a child, or something sealed shows one."""
    return case.file.concerns_child


def is_asked_to_take_down(case: Filed, at: Circumstances) -> bool:
    """Whether this side was asked, and has not said that it did."""
    return at.by.role in case.file.takedowns


def is_of_a_child(case: Filed, _: Circumstances) -> bool:
    """Whether a guardian filed it for a child."""
    return case.file.minor
