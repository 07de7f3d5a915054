"""Many filings, one matter: each stays somebody's own, and what is another matter is not lost in it."""

from __future__ import annotations

from services.complaints.commands import GatherGroup, SplitMatter
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.events import Event, GroupGathered, MatterSplit


def gather(_: Filed, command: GatherGroup, at: Circumstances) -> list[Event]:
    """That they came together stands in the lead's own history; when each was filed stays in theirs."""
    return [GroupGathered(at.today, command.joined)]


def split(_: Filed, command: SplitMatter, at: Circumstances) -> list[Event]:
    """The filing goes on as it is; who filed it is told of both references."""
    return [MatterSplit(at.today, command.reference, command.split_case_id, command.split_reference)]
