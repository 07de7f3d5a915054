"""From a draft to an agreement that binds (People's Mediation Law art. 28–33)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation.decisions.agreement import content_hash, warnings
from services.mediation.decisions.evolving import evolve
from services.mediation.documents.papers import agreement_paper
from services.mediation.state import Performed, Performing, Signing
from shared.access.actor import Intent
from shared.errors import Invalid, NotFound, Refused
from shared.texts import Language
from tests.unit.mediation.stories import (
    AGREEMENT,
    AMENDMENT,
    CALENDAR,
    GU,
    HOME,
    MEDIATION,
    PROMISES,
    PROVEN,
    SHOP,
    TODAY,
    ZHOU,
    Story,
    a_draft,
    a_mark,
    a_mediation,
    an_amendment,
    an_id,
    signs,
)

SIGNED_ON = date(2026, 3, 24)
"""The session's day in these stories."""


def test_a_written_agreement_binds_from_the_day_of_the_last_mark():
    story = a_mediation().signed().do(a_mark(GU)).later(days=1).do(a_mark(ZHOU))
    effective = happened.AgreementEffective(date(2026, 3, 25), CALENDAR.after_days(date(2026, 3, 25), 30))
    assert story.last[-1] == effective
    assert isinstance(story.state, Performing)


def test_the_court_can_be_asked_for_30_days_and_a_last_day_off_moves_on():
    """Scenario 04: effective 2026-04-30, thirty days later is a Saturday, so Monday 2026-06-01."""
    assert CALENDAR.after_days(date(2026, 4, 30), 30) == date(2026, 6, 1)


@pytest.mark.parametrize("order", [(GU, ZHOU), (ZHOU, GU)])
def test_the_two_marks_come_in_any_order(order: tuple[object, ...]):
    signed = a_mediation().signed()
    first = signed.do(a_mark(order[0]))
    assert isinstance(first.state, Signing)
    assert isinstance(first.do(a_mark(order[1])).state, Performing)


def test_no_mark_before_every_signature():
    drafted = a_mediation().drafted()
    for story in (drafted, drafted.do(drafted.sign(HOME))):
        with pytest.raises(Refused, match="signatures_missing"):
            story.do(a_mark(GU))


def test_the_mediator_cannot_make_the_committees_mark():
    story = a_mediation().signed().do(a_mark(GU), a_mark(GU))
    assert isinstance(story.state, Signing)
    assert story.state.marks.committee is None


def test_two_committee_marks_are_one():
    story = a_mediation().signed().do(a_mark(ZHOU), a_mark(an_id(22)))
    assert story.last == ()
    assert isinstance(story.state, Signing)


def test_signing_twice_changes_nothing():
    drafted = a_mediation().drafted()
    signed = drafted.do(drafted.sign(HOME))
    assert signed.do(drafted.sign(HOME)).last == ()


def test_a_signature_names_the_words_it_stands_under():
    with pytest.raises(Invalid) as refused:
        a_mediation().drafted().do(signs(HOME, "0" * 64))
    assert (refused.value.field, refused.value.code) == ("/content_hash", "content_changed")


WORDS = a_mediation().drafted().hash()
CHANGE = a_mediation().amendment_hash()


@pytest.mark.parametrize(
    ("intent", "code"),
    [
        (Intent(SHOP, WORDS, PROVEN), "proof_of_another"),
        (Intent(HOME, CHANGE, PROVEN), "proof_of_other_words"),
    ],
)
def test_whoever_signs_means_it_themselves_and_means_these_words(intent: Intent, code: str):
    with pytest.raises(Invalid) as refused:
        a_mediation().drafted().do(asked.SignAgreement(MEDIATION, AGREEMENT, HOME, WORDS, intent))
    assert (refused.value.field, refused.value.code) == ("/proof", code)


@pytest.mark.parametrize(
    ("intent", "code"),
    [
        (Intent(SHOP, CHANGE, PROVEN), "proof_of_another"),
        (Intent(HOME, WORDS, PROVEN), "proof_of_other_words"),
    ],
)
def test_a_change_is_meant_as_what_it_changes_was(intent: Intent, code: str):
    story = a_mediation().in_effect().do(an_amendment())
    with pytest.raises(Invalid) as refused:
        story.do(asked.SignAgreement(MEDIATION, AMENDMENT, HOME, CHANGE, intent))
    assert (refused.value.field, refused.value.code) == ("/proof", code)


def test_that_it_was_proven_and_when_stays_with_the_signature():
    drafted = a_mediation().drafted()
    signed = drafted.do(signs(HOME, WORDS))
    assert signed.last == (happened.AgreementSigned(HOME, WORDS, drafted.now, PROVEN),)
    assert isinstance(signed.state, Signing)
    assert [one.proven_at for one in signed.state.signatures] == [PROVEN]
    change = a_mediation().in_effect().do(an_amendment()).do(signs(HOME, CHANGE, AMENDMENT))
    assert [one.proven_at for one in change.state.amendment.signatures] == [PROVEN]  # type: ignore[union-attr]


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "一次性验证码"), ("en", "one-time code")])
def test_the_paper_says_of_each_party_beside_the_hash_that_and_when_it_was_meant(
    language: Language, said: str
):
    story = a_mediation().in_effect()
    assert isinstance(story.state, Performing)
    *signed, _, _, named = signatures_on_paper(story.state, language)
    assert [(said in line, PROVEN.isoformat() in line) for line in signed] == [(True, True), (True, True)]
    assert content_hash(story.state.matter, story.state.agreement.content) in named

    agreement = story.state.agreement
    old = tuple(replace(one, proven_at=None) for one in agreement.signatures)
    before = replace(story.state, agreement=replace(agreement, signatures=old))
    assert not any(said in line for line in signatures_on_paper(before, language))


def signatures_on_paper(state: Performing, language: Language) -> tuple[str, ...]:
    return agreement_paper(state, language).sections[-2].lines


def test_an_old_journals_signature_names_no_code():
    story = a_mediation().drafted()
    old = evolve(story.state, happened.AgreementSigned(HOME, WORDS, story.now))
    assert isinstance(old, Signing)
    assert [one.proven_at for one in old.signatures] == [None]


def test_every_word_that_binds_is_in_the_hash():
    state = a_mediation().drafted().state
    assert isinstance(state, Signing)
    content, promise = state.content, PROMISES[0]
    changes = [
        replace(content, facts="另"),
        replace(content, terms="另"),
        replace(content, form="oral"),
        replace(content, agreed_on=TODAY),
        replace(content, promises=content.promises[:1]),
        *(
            replace(content, promises=(changed, content.promises[1]))
            for changed in (
                replace(promise, what="另"),
                replace(promise, measure="另"),
                replace(promise, due_on=date(2026, 3, 28)),
                replace(promise, owner_side="complainant"),
            )
        ),
    ]
    hashes = {content_hash(state.matter, changed) for changed in [content, *changes]}
    assert len(hashes) == len(changes) + 1


def test_the_hash_is_the_same_for_both_sides_of_a_hidden_matter():
    """It is made over words and sides, not over who the parties are."""
    story = a_mediation(hidden=True).drafted()
    stranger = replace(story.state.matter.parties[0], member_id=an_id(77))
    other = replace(story.state.matter, parties=(stranger, story.state.matter.parties[1]))
    assert content_hash(other, story.state.content) == story.hash()


def test_a_new_draft_makes_earlier_signatures_void():
    redrafted = a_mediation().signed().do(a_draft(terms="九点后关门"))
    assert redrafted.state.signatures == ()
    with pytest.raises(Refused, match="signatures_missing"):
        redrafted.do(a_mark(GU))


def test_a_replaced_draft_can_no_longer_be_signed():
    story = a_mediation().drafted()
    stale = replace(story.sign(HOME), agreement_id=an_id(98))
    with pytest.raises(NotFound):
        story.do(stale)


def test_an_oral_agreement_binds_from_the_day_it_was_reached_once_both_confirm():
    story = a_mediation().held().later(days=2).do(a_draft(form="oral", agreed_on=SIGNED_ON))
    both = story.do(story.sign(HOME), story.sign(SHOP))
    assert both.last[-1] == happened.AgreementEffective(SIGNED_ON, date(2026, 4, 23))
    assert isinstance(both.state, Performing)


def test_an_oral_agreement_is_of_today_unless_it_says_otherwise():
    assert a_mediation().drafted("oral").state.content.agreed_on == SIGNED_ON


@pytest.mark.parametrize("day", [date(2026, 3, 23), date(2026, 3, 25)])
def test_an_oral_agreement_was_not_reached_before_the_session_nor_after_today(day: date):
    with pytest.raises(Invalid, match="day_wrong"):
        a_mediation().held().do(a_draft(form="oral", agreed_on=day))


def test_a_written_agreement_has_no_other_day_than_its_marks():
    with pytest.raises(Invalid, match="day_wrong"):
        a_mediation().held().do(a_draft(agreed_on=SIGNED_ON))


def test_nothing_is_promised_for_a_day_that_is_over():
    late = replace(PROMISES[1], due_on=date(2026, 3, 23))
    with pytest.raises(Invalid) as refused:
        a_mediation().held().do(a_draft(promises=(PROMISES[0], late)))
    assert (refused.value.field, refused.value.code) == ("/commitments/1/due_on", "day_is_over")


def test_an_agreement_without_commitments_is_performed_when_it_binds():
    story = a_mediation().signed(promises=()).do(a_mark(GU), a_mark(ZHOU))
    assert isinstance(story.state, Performed)


@pytest.mark.parametrize(
    ("draft", "hidden", "expected"),
    [
        ({}, False, ()),
        ({"facts": ""}, False, ("facts_missing",)),
        ({"promises": ()}, False, ("commitments_missing",)),
        ({"promises": (replace(PROMISES[0], measure=""),)}, False, ("measure_missing",)),
        ({}, True, ("no_court_while_hidden",)),
    ],
)
def test_what_art_29_asks_for_and_a_draft_lacks_is_a_warning(
    draft: dict[str, object], hidden: bool, expected: tuple[str, ...]
):
    state = a_mediation(hidden=hidden).held().do(a_draft(**draft)).state
    assert isinstance(state, Signing)
    assert warnings(state.matter, state.content) == expected


def _ask(party: object) -> asked.AskCourt:
    return asked.AskCourt(MEDIATION, AGREEMENT, party)


def test_the_court_is_asked_by_each_party():
    story = a_mediation().in_effect().do(_ask(HOME), _ask(HOME), _ask(SHOP))
    assert story.state.agreement.asked_court == (HOME, SHOP)


def test_the_court_cannot_be_asked_when_the_last_day_is_over():
    story = a_mediation().in_effect()
    assert story.state.agreement.judicial_until == date(2026, 4, 23)
    last_evening = replace(story, now=_local(2026, 4, 23, 23, 59))
    assert last_evening.do(_ask(HOME)).last == (happened.CourtAsked(HOME, AGREEMENT),)
    with pytest.raises(Refused, match="court_time_over"):
        replace(story, now=_local(2026, 4, 24, 0, 0)).do(_ask(HOME))


def test_the_court_cannot_be_asked_while_a_party_is_hidden():
    with pytest.raises(Refused, match="no_court_while_hidden"):
        a_mediation(hidden=True).in_effect().do(_ask(HOME))


def _local(year: int, month: int, day: int, hour: int, minute: int):
    from datetime import datetime

    from shared.clock import SHANGHAI

    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def test_stories_start_where_they_say():
    assert Story().now.tzinfo is not None
