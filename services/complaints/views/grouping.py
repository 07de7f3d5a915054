"""A group case: how many complain together, and whose filings these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.complaints import answers, policy, sentences
from services.complaints import events as e
from services.complaints.decisions import grouping as decided
from services.complaints.decisions.group import Group as Decided
from services.complaints.decisions.state import Case, Circumstances, Standing, stage_of, status_of
from services.complaints.people import People
from services.complaints.similar import about, other_matters
from services.complaints.storage import Step
from shared.clock import local_day
from shared.texts import Language


@dataclass(frozen=True)
class Group:
    """How many complain together, from how many households on a number is told, and, for the coordinator alone, the
    cases handled with the lead, each with its words.
    """

    together: int
    floor: int
    joined: tuple[tuple[Case, str], ...] = ()


def of_lead(by: Standing, group: Group) -> dict[str, Any]:
    """Nothing of the single filings but to the coordinator: no list, no order, no exact number."""
    if group.together == 1:
        return {"households": None, "joined": []}
    if by.role != "coordinator":
        return {"households": about(group.together, group.floor), "joined": []}
    return {"households": group.together, "joined": [_joined(case, words) for case, words in group.joined]}


def members(
    case: Case, at: Circumstances, willing: Mapping[UUID, str], people: People, language: Language
) -> answers.GroupView | None:
    """Those who complain together, in the order of their marks, which tells nothing."""
    by = at.by
    if by.role not in (*policy.TOGETHER, "coordinator") or not decided.is_group(case, at):
        return None
    group = case.file.group or Decided()
    everybody = decided.members(case, at)
    votes = group.votes(everybody)
    clock = case.file.clock("nomination")
    order = group.drawn.order if group.drawn else ()
    speakers = group.drawn.speakers(everybody) if group.drawn else ()
    return answers.GroupView(
        nominate_until=clock.until if clock is not None and clock.state_at(at.now) == "running" else None,
        members=[
            answers.FellowView(
                id=one,
                label=sentences.fellow_label(one, language),
                is_you=one == by.party_id,
                speaks=one in group.leads,
                willing=one in group.willing,
                words=willing.get(one),
                votes=votes[one] if by.role == "coordinator" or one == by.party_id else None,
                volunteers=one in group.volunteers and (by.role == "coordinator" or one == by.party_id),
                drawn=order.index(one) + 1 if one in order else None,
                at_session=one in speakers,
                member_id=people.members.get(one) if by.role == "coordinator" and one in speakers else None,
            )
            for one in sorted(everybody)
        ],
        you_named=[party for said in group.nominations if said.by == by.party_id for party in said.chosen],
        drawn_on=group.drawn and group.drawn.on,
        lot=group.drawn and group.drawn.lot,
    )


def thread(steps: Sequence[Step], by: Standing, language: Language) -> list[answers.PostView]:
    """What they say among themselves, in order; what waits is for its writer and the coordinator."""
    released = {step.event.message_id: step.event for step in steps if isinstance(step.event, e.PostReleased)}
    return [
        _post(step.event, local_day(step.at), released.get(step.event.message_id), by, language)
        for step in steps
        if isinstance(step.event, e.GroupPosted)
        and (not step.event.held_for or step.event.message_id in released or _is_theirs(step.event, by))
    ]


def _is_theirs(post: e.GroupPosted, by: Standing) -> bool:
    return by.role == "coordinator" or post.by == by.party_id


def _post(
    post: e.GroupPosted, on: date, released: e.PostReleased | None, by: Standing, language: Language
) -> answers.PostView:
    coordinators = sentences.word("coordinator", language)
    return answers.PostView(
        id=post.message_id,
        label=sentences.fellow_label(post.by, language) if post.by else coordinators,
        is_you=post.by is not None and post.by == by.party_id,
        text=released.text if released else post.text,
        held=bool(post.held_for) and released is None,
        held_for=list(post.held_for) if _is_theirs(post, by) else [],
        taken_out=released is not None and released.text != post.text,
        on=on,
    )


def _joined(case: Case, words: str) -> answers.JoinedCase:
    file = case.file
    return answers.JoinedCase(
        id=file.case_id,
        reference=file.reference,
        stage=stage_of(case),
        status=status_of(case),
        other_matters=others(words, file.category),
    )


def others(words: str, category: str) -> list[answers.OtherMatter]:
    """What else a filing seems to speak of: a hint, so that no hazard is lost among many like words."""
    return [
        answers.OtherMatter(category=matter.category, subcategory=matter.subcategory)
        for matter in other_matters(words, category)
    ]
