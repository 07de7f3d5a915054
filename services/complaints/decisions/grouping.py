"""Many filings, one matter: each stays somebody's own, and nobody speaks for others but whom they named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.complaints import events as e
from services.complaints.betraying import private_words
from services.complaints.commands import (
    AcceptLead,
    EndClock,
    GatherGroup,
    GiveBack,
    NominateLeads,
    NoteStandDown,
    PostToGroup,
    ReleasePost,
    SplitMatter,
    TellGroup,
)
from services.complaints.decisions.group import LEADS, Group
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    Circumstances,
    Filed,
    Joined,
    Unfiled,
)
from services.complaints.events import Event
from shared.errors import Invalid, NotFound, Refused

_BEFORE_TALKS = (AwaitingTriage, AwaitingService, AwaitingAnswer, AwaitingRoute)


def gather(case: Filed, command: GatherGroup, at: Circumstances) -> list[Event]:
    """That they came together stands in the lead's own history; when each was filed stays in theirs.

    With the first call their days to name who speaks for them begin.
    """
    begins = isinstance(case, _BEFORE_TALKS) and case.file.clock("nomination") is None
    if not (command.joined or at.fellows):
        raise Refused("nobody_joined")
    if not (command.joined or begins):
        return []
    nomination = at.timetable.begin("nomination", at.today) if begins else None
    return [e.GroupGathered(at.today, command.joined, nomination)]


def give_back(case: Joined, command: GiveBack, at: Circumstances) -> list[Event]:
    """Nobody is bound by others' signatures: their matter is taken on as the lead was, heard as it was, and goes on."""
    if command.lead_case_id != case.lead_case_id:
        return []
    accepted = e.CaseAccepted(at.today, command.shared_summary, command.respondents, command.mediation)
    return [accepted, e.CaseGivenBack(at.today, command.lead_case_id, command.answer)]


def asked(until: date | None) -> list[Event]:
    """Of a group, what was written for it is put to each of its members."""
    return [e.GroupAsked(until)] if until else []


def split(case: Filed, command: SplitMatter, at: Circumstances) -> list[Event]:
    """The filing goes on as it is; who filed it is told of both references."""
    return [e.MatterSplit(at.today, case.file.reference, command.split_case_id, command.split_reference)]


def nominate(case: Filed, command: NominateLeads, at: Circumstances) -> list[Event]:
    """Everybody who complains together names up to two, also themselves."""
    assert at.by.party_id is not None  # noqa: S101
    chosen = tuple(dict.fromkeys(command.chosen))
    if len(chosen) > LEADS:
        raise Invalid("/members", "too_many_leads")
    if not set(chosen) <= members(case, at):
        raise Invalid("/members", "unknown_member")
    return [e.LeadsNominated(at.by.party_id, chosen)]


def may_nominate(case: Filed, at: Circumstances) -> bool:
    """Whether the last day for it is not over."""
    clock = case.file.clock("nomination")
    return clock is not None and clock.state_at(at.now) == "running"


def accept_lead(case: Filed, command: AcceptLead, at: Circumstances) -> list[Event]:
    """Who speaks to the other side is known to it: a hidden name cannot. After the last day it fills a free place."""
    me = at.by.party_id
    assert me is not None  # noqa: S101
    if at.fellows.get(me, "named") != "named" and not case.file.is_concealed:
        raise Refused("lead_is_known")
    accepted = e.LeadAccepted(me, command.words)
    if may_nominate(case, at):
        return [accepted]
    group = case.file.group or Group()
    elected = Group(group.nominations, (*group.willing, me), group.leads).elected(members(case, at))
    return [accepted, *_named(case, elected, at)]


def may_accept(case: Filed, at: Circumstances) -> bool:
    """Whether somebody named this one, and a place is free."""
    group, me = case.file.group or Group(), at.by.party_id
    is_named = any(me in one.chosen for one in group.nominations)
    return is_named and me not in group.willing and len(group.leads) < LEADS


def end_nomination(case: Filed, command: EndClock, at: Circumstances) -> list[Event]:
    """The last day is over: who was named and is willing speaks for all, one, two or nobody."""
    clock = case.file.clock("nomination")
    if clock is None or clock.of != command.of or not clock.is_over(at.now):
        return []
    if not isinstance(case, _BEFORE_TALKS):
        return [e.LeadsNamed(clock.until, ())]
    elected = (case.file.group or Group()).elected(members(case, at))
    return _named(case, elected, at) or [e.LeadsNamed(clock.until, ())]


def _named(case: Filed, elected: tuple[UUID, ...], at: Circumstances) -> list[Event]:
    """Whoever speaks for the others is a party beside who filed the lead: nothing binds without their word."""
    if elected == (case.file.group or Group()).leads:
        return []
    return [e.LeadsNamed(at.today, elected)]


def stand_down(case: Filed, command: NoteStandDown, at: Circumstances) -> list[Event]:
    """Nobody speaks for a group they are none of; the next one who was named and is willing does.

    In the talks nobody takes the place: the others consented to be there with each other.
    """
    if case.file.added_party(command.party_id) is None:
        return []
    stood_down = e.LeadStoodDown(at.today, command.party_id)
    if not isinstance(case, _BEFORE_TALKS):
        return [stood_down]
    staying = (case.file.group or Group()).without(command.party_id)
    elected = staying.elected(members(case, at) - {command.party_id})
    return [stood_down, *([] if elected == staying.leads else [e.LeadsNamed(at.today, elected)])]


def is_naming(case: Filed) -> bool:
    """Whether it is not known yet who speaks for the group."""
    clock = case.file.clock("nomination")
    return clock is not None and clock.state == "running"


def members(case: Filed, at: Circumstances) -> set[UUID]:
    """Everybody who complains together, who filed the lead among them."""
    return {*case.file.complainants, *at.fellows}


def is_group(case: Filed, at: Circumstances) -> bool:
    """Whether anybody's case is handled with this one."""
    return bool(at.fellows) or case.file.group is not None


def post(_: Filed, command: PostToGroup, at: Circumstances) -> list[Event]:
    """Among themselves people write as they like; where somebody lives, their number or health waits for a look."""
    held_for = held_words(command.text, at)
    return [e.GroupPosted(command.message_id, at.by.party_id, command.text, held_for)]


def held_words(text: str, at: Circumstances) -> tuple[str, ...]:
    """For which of them a word to the group waits. A coordinator who complains too is a party here."""
    return () if at.by.role == "coordinator" else tuple(private_words(text))


def release_post(case: Filed, command: ReleasePost, _: Circumstances) -> list[Event]:
    """Parts may be taken out, and nothing put in: it stays its writer's."""
    if case.file.group is None or command.message_id not in case.file.group.held:
        raise NotFound
    if not _is_cut(command.text, command.written):
        raise Invalid("/text", "only_taken_out")
    return [e.PostReleased(command.message_id, command.text, command.by)]


def has_held(case: Filed, _: Circumstances) -> bool:
    """Whether a word among them waits."""
    return case.file.group is not None and bool(case.file.group.held)


def _is_cut(text: str, written: str) -> bool:
    rest = iter(written)
    return all(character in rest for character in text)


_NEWS: tuple[type[Event], ...] = (
    e.CaseAccepted,
    e.CaseAnswered,
    e.CaseRouted,
    e.CaseReferred,
    e.CaseReturned,
    e.LeadsNamed,
    e.LeadStoodDown,
    e.SpeakersDrawn,
    e.AgreementDrafted,
    e.GroupAsked,
    e.AgreementTookEffect,
    e.AgreementAmended,
    e.CommitmentsPerformed,
    e.PostReleased,
)
_NEWS_OF_MEDIATION = frozenset(
    {
        *("session_scheduled", "session_moved", "session_held", "minutes_released"),
        *("agreement_drafted", "commitment_disputed", "amendment_proposed", "amendment_declined"),
    }
)


def news(case: Filed | Unfiled, events: Sequence[Event], at: Circumstances) -> list[Event]:
    """Whatever happens in a day is told together, at one hour: nobody gets thirty notices of one matter."""
    if isinstance(case, Unfiled | Joined) or not at.fellows:
        return []
    waits = case.file.group is not None and case.file.group.tell_at is not None
    if waits or not any(_is_news(event) for event in events):
        return []
    return [e.GroupNewsNoted(at.timetable.next_at("group_digest", at.now))]


def _is_news(event: Event) -> bool:
    match event:
        case e.MediationNoted(step=step):
            return step in _NEWS_OF_MEDIATION
        case e.GroupGathered(nomination=begun):
            return begun is not None
        case e.GroupPosted(held_for=held_for):
            return not held_for
        case _:
            return isinstance(event, _NEWS)


def tell(case: Filed, _: TellGroup, at: Circumstances) -> list[Event]:
    """Once for each day on which there was news."""
    due = case.file.group.tell_at if case.file.group else None
    return [e.GroupTold(at.today)] if due is not None and due <= at.now else []
