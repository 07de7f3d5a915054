"""The steps of a case and its messages, as their reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import dropwhile
from typing import Any
from uuid import UUID

from services.complaints import answers, policy, sentences, showing
from services.complaints import events as e
from services.complaints.decisions import Standing, holding
from services.complaints.decisions.state import CaseFile
from services.complaints.storage import Step
from services.complaints.terms import Audience, Role, Stage
from shared.clock import local_day
from shared.texts import Language


def history(
    steps: Sequence[Step], by: Standing, file: CaseFile, language: Language
) -> list[answers.StepView]:
    """The steps this reader may see, in order.

    For all but the coordinator they are numbered as shown, so that no gap tells of a step that is not.
    """
    shown = [step for step, reader in _readers(steps, by, file) if policy.sees_step(reader, step.event)]
    exact = policy.sees(by, "exact_times", file)
    stated = next((step for step in steps if isinstance(step.event, e.OralAgreementStated)), None)
    return [
        answers.StepView(
            version=step.version if by.role == "coordinator" else number,
            **_when(step, by, file, exact=exact),
            stated_at=_stated_at(step, stated),
            type=sentences.kind_of(step.event),
            text=sentences.step(step.event, language),
            actor_role=step.actor_role,
        )
        for number, step in enumerate(shown, start=1)
    ]


def ended_in(steps: Iterable[Step]) -> Stage | None:
    """The stage in which it ended: what was withdrawn before anybody answered was never deliberated."""
    return holding.ended_in(step.event for step in steps)


def held_since(steps: Sequence[Step], by: Standing, file: CaseFile) -> date | None:
    """Since when whoever holds it has had it, for whom the step with which they took it exists.

    Not where the day of the filing is told by its half month alone.
    """
    taken = steps[holding.taken_over(step.event for step in steps)]
    shown = any(
        step is taken and policy.sees_step(reader, step.event) for step, reader in _readers(steps, by, file)
    )
    if not shown:
        return None
    if not isinstance(taken.event, e.CaseFiled):
        return local_day(taken.at)
    filed_on, is_half_month = policy.filed_on(by, file)
    return None if is_half_month else filed_on


def _since_known(steps: Sequence[Step], by: Standing, file: CaseFile) -> Iterator[Step]:
    """A respondent's history is the filing and whatever followed the acceptance, that of who joined begins there."""
    if policy.has_joined(by, file) and not policy.speaks_for_others(by, file):
        yield from dropwhile(lambda step: not _joins(step.event, by), steps)
        return
    known = by.role != "respondent"
    for step in steps:
        known = known or isinstance(step.event, e.CaseAccepted)
        if known or isinstance(step.event, e.CaseFiled):
            yield step


def _joins(event: e.Event, by: Standing) -> bool:
    return isinstance(event, e.PartyAdded) and event.party_id == by.party_id


def _readers(steps: Sequence[Step], by: Standing, file: CaseFile) -> Iterator[tuple[Step, Standing]]:
    """Each step with what its reader was to the case at the time.

    Who left reads what they read then, and their own part of what came after; who came after somebody, or is asked
    to, begins with their own invitation; who speaks for others read as one of them until they were named.
    """
    reader, joined = by, False
    if policy.speaks_for_others(by, file):
        reader = Standing("joined", by.party_id)
    left = next((one.event for one in steps if _is_leaving_of(by, one.event)), None)
    if isinstance(left, e.PartyLeft):
        reader = Standing(left.side, by.party_id, came_after=by.came_after)
    for step in _since_known(steps, reader, file):
        joined = joined or getattr(step.event, "party_id", None) == by.party_id
        if joined or not (by.came_after or by.role == "invited"):
            yield step, by if step.event is left else reader
        reader = by if step.event is left or _is_naming_of(by, step.event) else reader


def _is_naming_of(by: Standing, event: e.Event) -> bool:
    return isinstance(event, e.LeadsNamed) and by.party_id in event.leads


def _is_leaving_of(by: Standing, event: e.Event) -> bool:
    return by.role == "former" and isinstance(event, e.PartyLeft) and event.party_id == by.party_id


def _when(step: Step, by: Standing, file: CaseFile, *, exact: bool) -> dict[str, Any]:
    if exact:
        return {"at": step.at}
    if isinstance(step.event, e.CaseFiled):
        return {"on": policy.filed_on(by, file)[0]}
    return {"on": local_day(step.at)}


def _stated_at(step: Step, stated: Step | None) -> datetime | None:
    """When a step of what was entered afterwards is said to have happened."""
    if stated is None or step.at != stated.at or not isinstance(stated.event, e.OralAgreementStated):
        return None
    told = stated.event.agreement
    match step.event:
        case e.CaseFiled() | e.CaseAccepted():
            return told.told_at
        case e.CaseAnswered() | e.CaseRouted():
            return told.talked_at
        case _:
            return told.agreed_at


def occurrences(steps: Sequence[Step], by: Standing, file: CaseFile) -> list[answers.OccurrenceView]:
    """Each time it happened again; what shows it as far as its reader may know of that."""
    if not policy.sees(by, "words", file):
        return []
    exact = policy.sees(by, "exact_times", file)
    return [
        answers.OccurrenceView(
            **_when(step, by, file, exact=exact),
            by=step.actor_role,
            note=step.event.note,
            evidence_ids=showing.known_to(by, step.event.evidence_ids, file),
        )
        for step, reader in _readers(steps, by, file)
        if isinstance(step.event, e.OccurrenceLogged) and policy.sees_step(reader, step.event)
    ]


def messages(
    steps: Sequence[Step], by: Standing, file: CaseFile, language: Language
) -> list[answers.MessageView]:
    """What this reader may read, in order, with what only the complainant is told among it."""
    released = {step.event.message_id: step for step in steps if isinstance(step.event, e.MessageReleased)}
    exact = policy.sees(by, "exact_times", file)
    found = (
        _message(step, released, reader if reader.role == "joined" else by, language, exact=exact)
        for step, reader in _readers(steps, by, file)
    )
    return [message for message in found if message is not None]


def _message(
    step: Step, released: dict[UUID, Step], by: Standing, language: Language, *, exact: bool
) -> answers.MessageView | None:
    match step.event:
        case e.MessageSent() as sent:
            release = released.get(sent.message_id)
            held = sent.held and release is None
            arrived = release if release and by.role == sent.to else step
            view = _view(sent.message_id, arrived, sent.sender, sent.to, sent.text, held=held, exact=exact)
        case e.CaseJoined(asked=False) | e.IdentityRevealed() | e.MatterSplit():
            text = sentences.step(step.event, language)
            view = _view(step.event_id, step, "coordinator", "complainant", text, held=False, exact=exact)
        case _:
            return None
    shown = policy.sees_message(by, sender=view.sender, to=view.to, through=not view.held)
    return view if shown else None


def _view(
    message_id: UUID, step: Step, sender: Role, to: Audience, text: str, *, held: bool, exact: bool
) -> answers.MessageView:
    when: dict[str, Any] = {"at": step.at} if exact else {"on": local_day(step.at)}
    return answers.MessageView(id=message_id, sender=sender, to=to, text=text, held=held, **when)
