"""Whoever has no account says yes, no or signs by hand, before staff and a witness; nobody may for whoever has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import policy, publish
from services.mediation.decisions.agreement import content_hash
from services.mediation.decisions.evolving import evolve
from services.mediation.documents.papers import agreement_paper
from services.mediation.state import ChoosingMediator, Ended, Performing, Signing, SlotAnswer
from services.mediation.views.mediation import mediation_view
from shared.access.actor import Actor, Grant
from shared.clock import local_day
from shared.contracts import mediation as told
from shared.errors import Invalid, NotFound, Refused
from shared.texts import Language
from tests.unit.mediation.stories import (
    AGREEMENT,
    ALLIANCE,
    AMENDMENT,
    GU,
    HOME,
    MEDIATION,
    NEXT,
    PICTURE,
    SHOP,
    SLOTS,
    TODAY,
    ZHOU,
    Story,
    a_draft,
    a_mark,
    a_mediation,
    a_sheet,
    an_amendment,
    an_id,
    signs,
    signs_by_hand,
)

COORDINATOR = Actor(ZHOU, ALLIANCE, (Grant("coordinator"),))
MEDIATOR = Actor(GU, ALLIANCE, (Grant("mediator"),))
RESIDENT, SHOPKEEPER = (
    Actor(HOME, ALLIANCE, (Grant("resident"),)),
    Actor(SHOP, ALLIANCE, (Grant("merchant"),)),
)

OTHER_PICTURE = an_id(92)
OPENED = a_mediation().without_account(HOME)
DRAFTED = a_mediation().drafted().without_account(HOME)
CHANGED = a_mediation().in_effect().do(an_amendment()).without_account(HOME)
CONSENTS = asked.EnterConsent(MEDIATION, HOME, a_sheet(), separate=True, has_account=False)
REFUSES = asked.EnterRefusal(MEDIATION, HOME, a_sheet(), has_account=False)


def refusal(story: Story, command: Any) -> tuple[str, str]:
    with pytest.raises(Invalid) as refused:
        story.do(command)
    return refused.value.field, refused.value.code


def by_hand(story: Story) -> asked.EnterSignature:
    return signs_by_hand(HOME, story.hash(), signed_on=local_day(story.now))


def test_a_yes_on_paper_counts_like_any_and_keeps_its_sheet():
    entered = OPENED.do(CONSENTS)
    assert entered.last == (happened.PartyConsented(HOME, True, (), (), a_sheet()),)
    both = entered.do(asked.Consent(MEDIATION, SHOP))
    assert isinstance(both.state, ChoosingMediator)
    me = both.state.matter.party(HOME)
    assert me is not None
    assert (me.separate, me.sheet) == (True, a_sheet())
    with pytest.raises(Refused, match="already_consented"):
        entered.do(CONSENTS)


def test_a_no_on_paper_ends_it_and_nobody_is_told_whose_it_was():
    story = OPENED.do(REFUSES)
    assert isinstance(story.state, Ended)
    assert (story.state.refused_by, story.state.sheet) == (HOME, a_sheet())
    [contract] = publish.contracts(story.state, story.last[0])
    assert isinstance(contract, told.MediationRefused)


def test_a_signature_by_hand_stands_beside_one_by_code():
    drafted = DRAFTED
    entered = drafted.do(by_hand(drafted))
    sheet = a_sheet(local_day(drafted.now))
    assert entered.last == (happened.AgreementSigned(HOME, drafted.hash(), drafted.now, None, sheet),)
    assert entered.do(by_hand(drafted)).last == ()
    binding = entered.do(signs(SHOP, drafted.hash()), a_mark(GU), a_mark(ZHOU))
    assert isinstance(binding.state, Performing)


def test_new_words_make_it_void():
    drafted = DRAFTED
    anew = drafted.do(by_hand(drafted), a_draft(terms="另有约定"))
    assert isinstance(anew.state, Signing)
    assert anew.state.signatures == ()
    with pytest.raises(Invalid) as refused:
        anew.do(by_hand(drafted))
    assert (refused.value.field, refused.value.code) == ("/content_hash", "content_changed")


def test_a_change_is_signed_by_hand_too():
    story = CHANGED
    named = a_mediation().amendment_hash()
    entered = story.do(signs_by_hand(HOME, named, AMENDMENT, signed_on=local_day(story.now)))
    assert isinstance(entered.state, Performing)
    assert entered.state.amendment is not None
    [signature] = entered.state.amendment.signatures
    assert (signature.proven_at, signature.sheet) == (None, a_sheet(local_day(story.now)))


def changes_by_hand(story: Story, *, picture: UUID = PICTURE) -> asked.EnterSignature:
    named = a_mediation().amendment_hash()
    return signs_by_hand(HOME, named, AMENDMENT, signed_on=local_day(story.now), picture=picture)


ENTERED: dict[str, tuple[Story, Callable[[Story], Any]]] = {
    "yes": (OPENED, lambda _: CONSENTS),
    "no": (OPENED, lambda _: REFUSES),
    "times": (
        a_mediation().offered().without_account(HOME),
        lambda _: asked.PassOnTimes(MEDIATION, HOME, (), (), has_account=False),
    ),
    "signature": (DRAFTED, by_hand),
}


@pytest.mark.parametrize("word", ENTERED)
def test_nobody_enters_a_word_for_whoever_has_an_account_or_is_no_party(word: str):
    story, make = ENTERED[word]
    with pytest.raises(Refused, match="party_has_account"):
        story.do(replace(make(story), has_account=True))
    with pytest.raises(NotFound):
        story.do(replace(make(story), party=NEXT))


@pytest.mark.parametrize("word", ENTERED)
def test_whoever_had_an_account_when_it_was_opened_is_not_spoken_for_once_they_have_none(word: str):
    story, make = ENTERED[word]
    with pytest.raises(Refused, match="party_has_account"):
        story.do(replace(make(story), party=SHOP, has_account=False))


@pytest.mark.parametrize("died", [False, True], ids=["left", "died"])
def test_nobody_signs_for_whoever_is_gone_and_no_page_offers_it(died: bool):
    gone = CHANGED.left(HOME, died=died)
    assert isinstance(gone.state, Performing)
    assert offered_to(COORDINATOR, CHANGED) == {"sign/on-paper"}
    assert offered_to(COORDINATOR, gone) == set()
    assert not any(one.no_account for one in mediation_view(COORDINATOR, gone.state, gone.now, "en").parties)
    with pytest.raises(NotFound):
        gone.do(changes_by_hand(gone))


def test_until_it_is_known_otherwise_everybody_has_an_account():
    for command in (
        asked.EnterConsent(MEDIATION, HOME, a_sheet()),
        asked.EnterRefusal(MEDIATION, HOME, a_sheet()),
        asked.PassOnTimes(MEDIATION, HOME, (), ()),
        asked.EnterSignature(MEDIATION, AGREEMENT, HOME, "", a_sheet()),
    ):
        assert command.has_account


def test_a_signature_is_no_older_than_its_words():
    """They were drafted two days after the session; without their day, as in an old journal, the session's counts."""
    drafted = a_mediation().held().later(days=2).do(a_draft()).without_account(HOME)
    assert isinstance(drafted.state, Signing)
    assert drafted.state.drafted_on == local_day(drafted.now)
    before = by_hand(drafted.later(days=-1))
    assert refusal(drafted, before) == ("/signed_on", "signed_too_early")
    assert refusal(drafted, by_hand(drafted.later(days=1))) == ("/signed_on", "in_the_future")
    old = replace(drafted, state=replace(drafted.state, drafted_on=None))
    assert old.do(before).last
    assert refusal(old, by_hand(drafted.later(days=-3))) == ("/signed_on", "signed_too_early")


def test_a_signature_is_no_older_than_the_change_it_is_under():
    changed = a_mediation().in_effect().later(days=2).do(an_amendment()).without_account(HOME)
    before = changes_by_hand(changed.later(days=-1))
    assert refusal(changed, before) == ("/signed_on", "signed_too_early")
    assert changed.do(changes_by_hand(changed)).last
    state: Any = changed.state
    old = replace(changed, state=replace(state, amendment=replace(state.amendment, proposed_on=None)))
    assert old.do(before).last


@pytest.mark.parametrize("command", [CONSENTS, REFUSES], ids=["yes", "no"])
def test_a_word_is_no_older_than_the_mediation(command: Any):
    before = replace(command, sheet=a_sheet(TODAY - timedelta(days=1)))
    assert refusal(OPENED, before) == ("/signed_on", "signed_too_early")


def test_a_sheet_stands_for_one_word_though_its_words_are_void():
    signed = DRAFTED.do(by_hand(DRAFTED))
    anew = signed.do(a_draft(terms="另有约定"))
    used = ("/evidence_ids/0", "sheet_used")
    assert refusal(anew, by_hand(anew)) == used
    assert refusal(anew, replace(REFUSES, sheet=a_sheet(local_day(anew.now)))) == used
    other = signs_by_hand(HOME, anew.hash(), signed_on=local_day(anew.now), picture=OTHER_PICTURE)
    assert anew.do(other).last


def test_neither_the_sheet_of_a_yes_nor_of_an_earlier_change_is_taken_again():
    used = ("/evidence_ids/0", "sheet_used")
    entered = OPENED.do(CONSENTS)
    assert refusal(entered, REFUSES) == used
    signed = CHANGED.do(changes_by_hand(CHANGED), an_amendment())
    assert refusal(signed, changes_by_hand(signed)) == used
    assert signed.do(changes_by_hand(signed, picture=OTHER_PICTURE)).last


@pytest.mark.parametrize("command", [CONSENTS, REFUSES], ids=["yes", "no"])
def test_nobody_signed_tomorrow(command: Any):
    with pytest.raises(Invalid) as refused:
        OPENED.do(replace(command, sheet=a_sheet(TODAY + timedelta(days=1))))
    assert (refused.value.field, refused.value.code) == ("/signed_on", "in_the_future")


def test_the_times_they_named_are_theirs():
    offered = a_mediation().offered().without_account(HOME)
    said = tuple(SlotAnswer(HOME, slot.slot_id, "yes") for slot in SLOTS)
    entered = offered.do(asked.PassOnTimes(MEDIATION, HOME, None, said, has_account=False))
    assert entered.last == (happened.SlotsAnswered(said),)


ON_PAPER = {"consent/on-paper", "refuse/on-paper", "answers/by-mouth", "sign/on-paper"}


def offered_to(actor: Actor, story: Story) -> set[str]:
    state: Any = story.state
    return {*policy.possible_for(actor, state, story.now)} & ON_PAPER


def test_it_is_offered_to_those_who_may_enter_it_while_the_word_is_missing():
    opened = OPENED
    assert offered_to(COORDINATOR, opened) == {"consent/on-paper", "refuse/on-paper"}
    assert offered_to(COORDINATOR, opened.do(CONSENTS)) == {"refuse/on-paper"}
    talking = a_mediation().offered().without_account(HOME)
    assert offered_to(MEDIATOR, talking) == {"refuse/on-paper", "answers/by-mouth"}
    drafted = DRAFTED
    for staff in (MEDIATOR, COORDINATOR):
        assert offered_to(staff, drafted) == {"refuse/on-paper", "sign/on-paper"}
    assert offered_to(COORDINATOR, drafted.do(by_hand(drafted))) == {"refuse/on-paper"}
    changed = a_mediation().in_effect().without_account(HOME)
    assert offered_to(COORDINATOR, changed) == set()
    assert offered_to(COORDINATOR, changed.do(an_amendment())) == {"sign/on-paper"}


def test_it_is_offered_to_no_party_and_where_everybody_has_an_account_to_nobody():
    drafted = DRAFTED
    assert offered_to(RESIDENT, drafted) == offered_to(SHOPKEEPER, drafted) == set()
    for story in (a_mediation(), a_mediation().drafted()):
        assert offered_to(COORDINATOR, story) == set()


def papers_told(story: Story) -> list[tuple[str, tuple[UUID, ...], date]]:
    state: Any = story.state
    contracts = [one for event in story.last for one in publish.contracts(state, event)]
    return [(one.word, one.to, one.signed_on) for one in contracts if isinstance(one, told.PaperEntered)]


def test_whoever_signed_is_told_and_nobody_else():
    drafted = DRAFTED
    assert papers_told(drafted.do(by_hand(drafted))) == [("signature", (HOME,), local_day(drafted.now))]
    assert papers_told(OPENED.do(CONSENTS)) == [("consent", (HOME,), TODAY)]
    assert papers_told(drafted.do(signs(SHOP, drafted.hash()))) == []
    changed = CHANGED
    by_home = signs_by_hand(HOME, a_mediation().amendment_hash(), AMENDMENT, signed_on=local_day(changed.now))
    assert papers_told(changed.do(by_home)) == [("signature", (HOME,), local_day(changed.now))]


@pytest.mark.parametrize(
    ("language", "said"), [("zh-CN", "按指印"), ("en", "signed by hand, by fingerprint")]
)
def test_the_paper_says_how_it_was_signed_and_names_no_witness(language: Language, said: str):
    drafted = DRAFTED
    story = drafted.do(by_hand(drafted), signs(SHOP, drafted.hash()))
    assert isinstance(story.state, Signing)
    home, shop, *_, named = agreement_paper(story.state, language).sections[-2].lines
    assert said in home
    assert said not in shop
    assert "吴伯" not in home
    assert content_hash(story.state.matter, story.state.content) in named


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_paper_of_a_change_that_is_offered_has_its_words_its_hash_and_a_line_to_sign(language: Language):
    state: Any = CHANGED.state
    *_, change, replaced, promised, signed, to_sign = agreement_paper(state, language).sections
    assert state.amendment.content.terms in change.lines
    assert replaced.lines
    assert state.amendment.content.promises[0].what in promised.lines[0]
    assert a_mediation().amendment_hash() in signed.lines[-1]
    assert len(to_sign.lines) == 1
    signed_by_hand: Any = CHANGED.do(changes_by_hand(CHANGED)).state
    assert agreement_paper(signed_by_hand, language).sections[-1].heading == signed.heading


@pytest.mark.parametrize(("actor", "reads"), [(COORDINATOR, True), (MEDIATOR, True), (SHOPKEEPER, False)])
def test_how_it_was_signed_is_everybodys_and_the_sheet_theirs_who_enter_it(actor: Actor, reads: bool):
    story = DRAFTED
    state: Any = story.do(by_hand(story)).state
    view = mediation_view(actor, state, story.now, "en")
    assert view.agreement is not None
    [signature] = view.agreement.signatures
    assert (signature.by_hand, signature.by_code) == ("fingerprint", False)
    assert (signature.sheet and signature.sheet.witness) == ("吴伯" if reads else None)
    assert view.parties[0].no_account is reads


def test_an_old_journals_words_name_no_sheet():
    old: Any = evolve(a_mediation().state, happened.PartyConsented(HOME, False, ()))
    assert old.matter.party(HOME).sheet is None
