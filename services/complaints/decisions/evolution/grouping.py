"""Those who complain together, and who speaks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.group import Drawn, Group, Nomination
from services.complaints.decisions.state import AddedParty, AwaitingRoute, Case
from services.complaints.events import (
    CaseGivenBack,
    GroupAsked,
    GroupGathered,
    GroupNewsNoted,
    GroupPosted,
    GroupTold,
    LeadAccepted,
    LeadsNamed,
    LeadsNominated,
    LeadStoodDown,
    PostReleased,
    SpeakersDrawn,
    SpeakerVolunteered,
)


def _gathered(case: Case, event: GroupGathered) -> Case:
    gathered = _grouped(case)
    return (
        replace(gathered, file=gathered.file.with_clock(event.nomination)) if event.nomination else gathered
    )


def _group_asked(case: Case, event: GroupAsked) -> Case:
    return _grouped(case, lambda group: replace(group, asked_until=event.until))


def _given_back(case: Case, event: CaseGivenBack) -> Case:
    return AwaitingRoute(replace(case.file, answer=event.answer))


def _nominated(case: Case, event: LeadsNominated) -> Case:
    said = Nomination(event.by, event.chosen)
    return _grouped(case, lambda group: group.with_nomination(said))


def _lead_accepted(case: Case, event: LeadAccepted) -> Case:
    return _grouped(case, lambda group: replace(group, willing=(*group.willing, event.party_id)))


def _volunteered(case: Case, event: SpeakerVolunteered) -> Case:
    def said(group: Group) -> Group:
        others = tuple(one for one in group.volunteers if one != event.party_id)
        return replace(group, volunteers=(*others, event.party_id) if event.willing else others)

    return _grouped(case, said)


def _speakers_drawn(case: Case, event: SpeakersDrawn) -> Case:
    drawn = Drawn(event.on, event.lot, event.order, event.seats)
    return _grouped(case, lambda group: replace(group, drawn=drawn))


def _leads_named(case: Case, event: LeadsNamed) -> Case:
    file = case.file
    joining = tuple(one for one in event.leads if one not in file.complainants)
    added = tuple(AddedParty(one, "complainant", "neighbour") for one in joining)
    file = replace(file, complainants=(*file.complainants, *joining), added=(*file.added, *added))
    named = replace(case, file=file.with_ended("nomination", event.on))
    return _grouped(named, lambda group: replace(group, leads=event.leads))


def _stood_down(case: Case, event: LeadStoodDown) -> Case:
    file = replace(
        case.file,
        complainants=tuple(one for one in case.file.complainants if one != event.party_id),
        added=tuple(one for one in case.file.added if one.party_id != event.party_id),
    )
    return _grouped(replace(case, file=file), lambda group: group.without(event.party_id))


def _group_posted(case: Case, event: GroupPosted) -> Case:
    held = (event.message_id,) if event.held_for else ()
    return _grouped(case, lambda group: replace(group, held=(*group.held, *held)))


def _post_released(case: Case, event: PostReleased) -> Case:
    return _grouped(
        case,
        lambda group: replace(group, held=tuple(one for one in group.held if one != event.message_id)),
    )


def _news_noted(case: Case, event: GroupNewsNoted) -> Case:
    return _grouped(case, lambda group: replace(group, tell_at=event.tell_at))


def _group_told(case: Case, _: GroupTold) -> Case:
    return _grouped(case, lambda group: replace(group, tell_at=None))


def _grouped(case: Case, change: Callable[[Group], Group] = lambda group: group) -> Case:
    return replace(case, file=replace(case.file, group=change(case.file.group or Group())))


EVOLUTIONS: Evolutions = {
    GroupGathered: _gathered,
    GroupAsked: _group_asked,
    CaseGivenBack: _given_back,
    LeadsNominated: _nominated,
    LeadAccepted: _lead_accepted,
    SpeakerVolunteered: _volunteered,
    SpeakersDrawn: _speakers_drawn,
    LeadsNamed: _leads_named,
    LeadStoodDown: _stood_down,
    GroupPosted: _group_posted,
    PostReleased: _post_released,
    GroupNewsNoted: _news_noted,
    GroupTold: _group_told,
}
