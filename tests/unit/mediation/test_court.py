"""The court is asked by all or not at all; what was not kept is handed on as it was looked at, and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest

from services.mediation import commands as asked
from services.mediation import documents
from services.mediation.decisions.amending import amendment_hash
from services.mediation.documents.packs import LANGUAGE
from services.mediation.documents.papers import limits
from services.mediation.publish import contracts
from services.mediation.state import Performing, Promise
from shared.errors import Invalid, Refused
from shared.papers import printed
from tests.unit.mediation.stories import (
    AGREEMENT,
    AMENDMENT,
    FILTER,
    GU,
    HOME,
    MEDIATION,
    NO_POSTS,
    PACK,
    PROMISES,
    SHOP,
    SHUT_DOOR,
    ZHOU,
    Story,
    a_court_result,
    a_handover,
    a_mediation,
    an_amendment,
    signs,
)


def words_of(pdf: bytes) -> str:
    read = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in read).replace("\r\n", "")


def performing(story: Story) -> Performing:
    assert isinstance(story.state, Performing)
    return story.state


GIVEN_UP = asked.DeclinePerformance(MEDIATION, SHUT_DOOR, SHOP)
BACK = asked.NoteReturn(MEDIATION, PACK)
DUE = asked.FallDue(MEDIATION, NO_POSTS)
LATER = (Promise(FILTER, "complainant", "先走平台", "不在群里发", date(2026, 7, 31)),)


def new_days(story: Story) -> Story:
    """The complainant's promise gives way to another, by both signatures and both marks."""
    offered = story.do(an_amendment(replaces=(NO_POSTS,), promises=LATER))
    state = performing(offered)
    assert state.amendment is not None
    named = amendment_hash(state.matter, state.amendment)
    signed = offered.do(*(signs(party, named, AMENDMENT) for party in (HOME, SHOP)))
    return signed.do(*(asked.MarkAgreement(MEDIATION, AMENDMENT, by) for by in (GU, ZHOU)))


def told(story: Story) -> list[str]:
    """What leaves of the last step."""
    return [type(one).__name__ for event in story.last for one in contracts(story.state, event)]  # type: ignore[arg-type]


def missed() -> Story:
    """Ten days later nothing has been done."""
    return a_mediation().in_effect().later(days=10)


class TestTheRequest:
    def test_of_one_alone_is_none_and_is_not_told(self):
        story = a_mediation().in_effect().do(asked.AskCourt(MEDIATION, AGREEMENT, HOME))
        assert contracts(story.state, story.last[0]) == []  # type: ignore[arg-type]
        with pytest.raises(Refused, match="request_incomplete"):
            story.do(a_court_result())

    def test_of_all_is_told_once_and_answered_once(self):
        story = a_mediation().in_effect().asked_court()
        assert len(contracts(story.state, story.last[0])) == 1  # type: ignore[arg-type]
        decided = story.do(a_court_result())
        assert performing(decided).agreement.court_result is not None
        with pytest.raises(Refused, match="court_has_decided"):
            decided.do(a_court_result())

    def test_is_answered_on_a_day_that_has_come(self):
        story = a_mediation().in_effect().asked_court()
        with pytest.raises(Invalid, match="in_the_future"):
            story.do(replace(a_court_result(), decided_on=story.now.date().replace(year=2027)))


class TestHandingOver:
    @pytest.mark.parametrize(
        "story",
        [a_mediation().in_effect(), missed().do(asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME))],
    )
    def test_what_may_still_be_kept_is_not_handed_on(self, story: Story):
        with pytest.raises(Refused, match="nothing_missed"):
            story.do(a_handover())

    @pytest.mark.parametrize(
        "story",
        [missed(), a_mediation().in_effect().do(asked.DeclinePerformance(MEDIATION, SHUT_DOOR, SHOP))],
    )
    def test_what_was_missed_or_given_up_is_once(self, story: Story):
        handed = story.do(a_handover())
        assert performing(handed).handover is not None
        with pytest.raises(Refused, match="handed_over_already"):
            handed.do(a_handover())


class TestWhileTheStationHasIt:
    """Nobody is pressed for what lies with it; what becomes due afterwards is looked after again."""

    def with_station(self) -> Story:
        return a_mediation().in_effect().do(GIVEN_UP, a_handover())

    def test_a_day_that_comes_is_reminded_of_to_nobody(self):
        ahead = asked.RemindAhead(MEDIATION, NO_POSTS, PROMISES[1].due_on)
        assert self.with_station().do(ahead).last == ()
        assert len(self.with_station().do(BACK, ahead).last) == 1

    def late(self) -> Story:
        """Sixty days later, the days of both promises are over."""
        return self.with_station().later(days=60)

    def test_a_day_that_passes_is_kept_and_told_to_nobody(self):
        quiet = self.late().do(DUE)
        assert (told(quiet), len(quiet.last)) == ([], 1)
        assert [one.reminded for one in performing(quiet).commitments] == [False, True]
        assert quiet.do(DUE).last == ()

    @pytest.mark.parametrize("timers", [(DUE, BACK), (BACK, DUE)], ids=["in time", "late"])
    def test_it_is_told_once_when_the_day_of_the_return_is_over(self, timers: tuple[asked.Command, ...]):
        back = self.late().do(*timers)
        assert told(back.do(DUE)) == []
        morning = back.later(days=1).do(DUE)
        assert told(morning) == ["CommitmentDue"]
        assert morning.do(DUE).last == ()

    @pytest.mark.parametrize("agreed_first", [True, False])
    def test_it_is_not_where_new_days_were_agreed_on_the_way(self, agreed_first: bool):
        late = self.late().do(DUE)
        changed = new_days(late).do(BACK) if agreed_first else new_days(late.do(BACK))
        assert told(changed.later(days=1).do(DUE)) == []
        assert performing(changed).commitments[1].status == "replaced"

    def test_it_is_not_where_the_promise_was_kept_or_given_up(self):
        confirm = asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)
        give_up = asked.DeclinePerformance(MEDIATION, NO_POSTS, HOME)
        for said in (confirm, give_up):
            for story in (self.late().do(DUE, said, BACK), self.late().do(DUE, BACK, said)):
                assert story.later(days=1).do(DUE).last == ()

    def test_what_was_given_up_is_not_told_when_it_is_back(self):
        given_up = asked.FallDue(MEDIATION, SHUT_DOOR)
        assert self.late().do(given_up, BACK).later(days=1).do(given_up).last == ()

    def test_its_answer_is_noted_once_and_of_its_own_pack_alone(self):
        back = self.with_station().later(days=3).do(BACK)
        handover = performing(back).handover
        assert handover is not None
        assert handover.returned_on == back.now.date()
        assert back.do(BACK).last == ()
        assert self.with_station().do(replace(BACK, pack_id=AGREEMENT)).last == ()


def test_of_what_was_given_up_everybody_has_heard_before_its_day():
    story = a_mediation().in_effect().do(GIVEN_UP).later(days=10)
    assert told(story.do(asked.FallDue(MEDIATION, SHUT_DOOR))) == []


class TestPapers:
    def test_the_agreement_can_be_read_in_both_languages(self):
        for language, title in (("zh-CN", "人民调解协议书"), ("en", "Mediation agreement")):
            paper = documents.agreement_paper(performing(a_mediation().in_effect()), language)  # type: ignore[arg-type]
            pdf, pages = printed([paper], foot="SJ-1", dated=missed().now.date())
            text = words_of(pdf)
            assert title in text
            assert "十点后关门" in text
            assert a_mediation().drafted().hash() in text
            assert pages == 1

    def test_a_draft_says_that_it_binds_nobody(self):
        paper = documents.agreement_paper(a_mediation().drafted().state, "zh-CN")  # type: ignore[arg-type]
        assert "尚未生效" in str(paper)

    def test_a_hidden_party_is_a_label(self):
        paper = documents.agreement_paper(a_mediation(hidden=True).in_effect().state, "zh-CN")  # type: ignore[arg-type]
        assert "住户甲" in str(paper)
        assert str(HOME) not in str(paper)
        assert "不能申请司法确认" in str(paper)

    def test_the_same_words_are_the_same_bytes_and_other_words_others(self):
        story = missed()
        first, again = (documents.handover(performing(story), "complainant", story.now) for _ in range(2))
        assert first == again
        assert first.sha256 == hashlib.sha256(first.pdf).hexdigest()
        proven = story.do(asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"))
        assert documents.handover(performing(proven), "complainant", story.now).sha256 != first.sha256

    def test_the_pack_holds_what_was_agreed_and_became_of_it_and_nothing_said_in_the_talks(self):
        story = a_mediation().amended().later(days=120)
        pack = documents.handover(performing(story), "complainant", story.now)
        told: dict[str, Any] = json.loads(pack.json)
        assert [paper["title"] for paper in told["papers"]] == list(pack.contents)
        assert "变更协议" in pack.contents
        assert told["pages"] == pack.pages
        for words in (words_of(pack.pdf), pack.json.decode()):
            assert "谈了后门" not in words
            assert "逾期未完成" in words
            assert "不能直接申请强制执行" in words

    def test_enforcement_is_named_only_where_a_court_confirmed(self):
        confirmed = a_mediation().in_effect().asked_court().do(a_court_result())
        assert "可以申请强制执行" in limits(performing(confirmed), LANGUAGE)
        refused = a_mediation().in_effect().asked_court().do(a_court_result(confirmed=False))
        assert "可以申请强制执行" not in limits(performing(refused), LANGUAGE)
