"""Those who complain together, and what is told to whoever complained alone."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _joined(telling: Telling, event: e.CaseJoined) -> list[Contract]:
    """Whoever wished it has read so on their receipt."""
    joined = contracts.CaseJoined(**telling.common, lead_case_id=event.lead_case_id)
    return [joined] if event.asked else [joined, *_word_to_complainant(telling, event)]


def _given_back(telling: Telling, _: e.CaseGivenBack) -> list[Contract]:
    clock = telling.case.file.clock("mediation")
    assert clock is not None  # noqa: S101
    return [contracts.CaseGivenBack(**telling.common, mediation_until=clock.until)]


def _told_group(telling: Telling, event: e.GroupTold) -> list[Contract]:
    """To each whose case is handled with this one; its parties hear of each step as it comes."""
    group, clock = telling.case.file.group, telling.case.file.clock("nomination")
    until = clock.until if clock is not None and clock.state == "running" else None
    if group is not None and group.asked_until is not None and group.asked_until >= event.on:
        until = group.asked_until
    to = telling.people.behind(telling.people.joined)
    return [contracts.GroupNews(**telling.common, until=until, to=to)]


def _posted(telling: Telling, event: e.GroupPosted) -> list[Contract]:
    """What waits, waits for the coordinators; the others hear of it with the day's news."""
    if not event.held_for:
        return []
    return [contracts.MessageSent(**telling.common, sender_role="joined", to=telling.people.coordinators)]


def _post_released(telling: Telling, event: e.PostReleased) -> list[Contract]:
    """Whoever wrote it reads what was taken out, and why."""
    to = telling.people.behind([event.by] if event.by else [])
    return [contracts.MessageSent(**telling.common, sender_role="coordinator", to=to)]


def _leads_named(telling: Telling, event: e.LeadsNamed) -> list[Contract]:
    return [contracts.LeadsNamed(**telling.common, to=telling.people.behind(event.leads))]


def _speakers_drawn(telling: Telling, event: e.SpeakersDrawn) -> list[Contract]:
    order = telling.people.behind(event.order)
    return [contracts.SpeakersDrawn(**telling.common, order=order, seats=event.seats)]


def _stood_down(telling: Telling, event: e.LeadStoodDown) -> list[Contract]:
    left = telling.people.behind([event.party_id])
    return [contracts.LeadStoodDown(**telling.common, left_id=one) for one in left]


def _word_to_complainant(
    telling: Telling, _: e.CaseJoined | e.IdentityRevealed | e.MatterSplit
) -> list[Contract]:
    """What concerns the complainant alone waits among their messages."""
    readers = telling.readers("complainant")
    return [contracts.MessageSent(**telling.common, sender_role="coordinator", to=readers)]


def _separated(telling: Telling, _: e.CaseSeparated) -> list[Contract]:
    return [contracts.CaseSeparated(**telling.common)]


TRANSLATIONS: Translations = {
    e.CaseJoined: _joined,
    e.CaseGivenBack: _given_back,
    e.MatterSplit: _word_to_complainant,
    e.GroupTold: _told_group,
    e.GroupPosted: _posted,
    e.PostReleased: _post_released,
    e.LeadsNamed: _leads_named,
    e.LeadStoodDown: _stood_down,
    e.SpeakersDrawn: _speakers_drawn,
    e.CaseSeparated: _separated,
    e.IdentityRevealed: _word_to_complainant,
}
