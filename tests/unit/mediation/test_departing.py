"""Who promised something and left: it is not moved to whoever comes after, not missed, and never forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import policy, publish
from services.mediation.decisions.commitments import is_overdue
from services.mediation.guidance import running_clock
from services.mediation.state import Party, commitments_of, status
from services.mediation.views.mediation import mediation_view
from shared.contracts import mediation as told
from tests.unit.mediation.stories import (
    GU,
    HOME,
    MEDIATION,
    NEXT,
    NO_POSTS,
    PARTIES,
    SHOP,
    SHUT_DOOR,
    ZHOU,
    Story,
    a_mark,
    a_mediation,
    an_id,
    an_opening,
)
from tests.unit.mediation.test_policy_and_publish import actor

NEIGHBOUR = an_id(99)
WAIVE = asked.WaiveCommitment


def kinds(story: Story) -> list[type[happened.Event]]:
    return [type(event) for event in story.last]


def statuses(story: Story) -> list[str]:
    return [one.status for one in commitments_of(story.state)]  # type: ignore[arg-type]


def contracts(story: Story) -> list[Any]:
    return [one for event in story.last for one in publish.contracts(story.state, event)]  # type: ignore[arg-type]


class TestTheDebtorLeaves:
    def test_it_stays_theirs_on_paper_and_is_nobody_elses(self):
        left = a_mediation().in_effect().left(SHOP)
        assert kinds(left) == [happened.PartyDeparted, happened.DebtorLeft]
        assert statuses(left) == ["debtor_left", "open"]
        came = left.succeeded("respondent")
        assert statuses(came) == ["debtor_left", "open"]
        assert policy.MAY["successor"] & {asked.ProveCommitment, asked.SignAgreement} == set()

    def test_it_is_not_missed_whatever_day_it_is(self):
        late = a_mediation().in_effect().left(SHOP).later(days=60)
        assert late.do(asked.FallDue(MEDIATION, SHUT_DOOR)).last == ()
        assert not is_overdue(commitments_of(late.state)[0], late.now)  # type: ignore[arg-type]

    def test_no_day_is_named_for_it(self):
        done = a_mediation().in_effect().do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)).left(SHOP)
        assert running_clock(done.state) is None  # type: ignore[arg-type]

    def test_it_may_still_be_kept(self):
        left = a_mediation().in_effect().left(SHOP)
        kept = left.do(
            asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"),
            asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME),
        )
        assert statuses(kept)[0] == "confirmed"

    def test_the_mediator_is_told_and_nobody_who_left(self):
        [debtor] = contracts(a_mediation().in_effect().left(SHOP))
        assert isinstance(debtor, told.DebtorLeft)
        assert [one.member_id for one in debtor.parties] == [HOME]
        assert (debtor.owner_id, debtor.mediator_id) == (SHOP, GU)

    def test_with_another_of_their_side_there_nothing_changes_for_the_promise(self):
        parties = (*PARTIES, Party(NEIGHBOUR, "respondent", "shop"))
        story = Story().do(an_opening(parties=parties))
        before: Any = a_mediation().in_effect().state
        state = before.__class__(
            **{**vars(before), "matter": story.state.matter}  # type: ignore[union-attr]
        )
        left = Story(state).left(SHOP)
        assert (kinds(left), status(left.state)) == ([happened.PartyDeparted], "performing")


class TestTheComplainantLeaves:
    def test_her_own_promise_ends_with_her_and_what_she_was_promised_stays(self):
        left = a_mediation().in_effect().left(HOME)
        assert kinds(left) == [happened.PartyDeparted, happened.CommitmentLapsed]
        assert statuses(left) == ["open", "lapsed"]
        assert status(left.state) == "deserted"

    def test_who_came_after_says_whether_it_was_kept(self):
        left = a_mediation().in_effect().left(HOME).succeeded()
        kept = left.do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, NEXT))
        assert kinds(kept) == [happened.CommitmentConfirmed, happened.CommitmentsPerformed]

    def test_where_nothing_else_was_open_all_is_kept(self):
        kept = a_mediation().in_effect().do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME)).left(HOME)
        assert status(kept.state) == "performed"


class TestRelease:
    def test_it_needs_everybody_it_was_promised_to_and_who_came_after_them(self):
        gone = a_mediation().in_effect().left(HOME).left(SHOP).succeeded()
        one = gone.do(WAIVE(MEDIATION, SHUT_DOOR, NEXT))
        assert statuses(one)[0] == "debtor_left"
        both = one.do(WAIVE(MEDIATION, SHUT_DOOR, HOME))
        assert kinds(both) == [happened.CommitmentWaived, happened.AgreementEnded]
        assert status(both.state) == "performed"

    def test_each_is_asked_once_by_a_link_of_their_own(self):
        gone = a_mediation().in_effect().left(HOME).left(SHOP).succeeded()
        asked_all = gone.do(asked.AskReleases(MEDIATION))
        sent = contracts(asked_all)
        assert {one.to for one in sent} == {(HOME,), (NEXT,)}
        assert len({one.release_id for one in sent}) == 2
        assert asked_all.do(asked.AskReleases(MEDIATION)).last == ()

    def test_nobody_waits_for_the_consent_of_one_who_died(self):
        gone = a_mediation().in_effect().left(HOME, died=True).left(SHOP).succeeded()
        assert kinds(gone.do(WAIVE(MEDIATION, SHUT_DOOR, NEXT)))[-1] is happened.AgreementEnded


class TestBeforeTheAgreement:
    @pytest.mark.parametrize("party", [HOME, SHOP])
    def test_with_nobody_of_a_side_left_it_ends_without_blame(self, party: Any):
        left = a_mediation().scheduled().left(party)
        assert kinds(left) == [
            happened.PartyDeparted,
            happened.MediationDeserted,
            happened.SessionCancelled,
        ]
        assert isinstance(contracts(left)[0], told.PartiesGone)

    def test_the_others_go_on_without_who_left(self):
        beside = Story().do(an_opening(parties=(*PARTIES, Party(NEIGHBOUR, "complainant", "home"))))
        asked_all = beside.do(asked.Consent(MEDIATION, HOME), asked.Consent(MEDIATION, SHOP))
        left = asked_all.left(NEIGHBOUR)
        assert kinds(left) == [happened.PartyDeparted, happened.ConsentCompleted]
        assert left.state.matter.party(NEIGHBOUR) is None  # type: ignore[union-attr]

    def test_what_somebody_signed_who_left_is_no_ones_signature(self):
        drafted: Any = a_mediation().drafted()
        matter = drafted.state.matter
        beside = matter.__class__(
            **{**vars(matter), "parties": (*PARTIES, Party(NEIGHBOUR, "complainant", "home"))}
        )
        story = Story(drafted.state.__class__(**{**vars(drafted.state), "matter": beside}), now=drafted.now)
        signed = story.do(story.sign(NEIGHBOUR), story.sign(SHOP)).left(NEIGHBOUR)
        assert [one.party for one in signed.state.signatures] == [SHOP]  # type: ignore[union-attr]


def test_told_twice_it_happened_once():
    assert a_mediation().in_effect().left(SHOP).left(SHOP).last == ()
    assert a_mediation().in_effect().left(SHOP).succeeded().succeeded().last == ()


def test_who_came_after_reads_what_was_promised_and_no_word_that_was_said():
    story = a_mediation().in_effect()
    story = story.do(
        asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"),
        asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "还是开着"),
    )
    state: Any = story.left(HOME).succeeded().state
    shown = mediation_view(actor(NEXT), state, story.now + timedelta(hours=1), "zh-CN")
    assert shown.agreement is not None
    assert [one.what for one in shown.agreement.commitments] == ["后门关闭", "先走平台"]
    said = shown.model_dump_json()
    for word in ("还是开着", "谈了后门", "后门夜间开着", "十点后关门", str(HOME), str(SHOP)):
        assert word not in said
    assert shown.possible == ["confirm", "waive"]


def test_an_agreement_that_is_signed_anew_is_another_mediation():
    marked = a_mediation().signed().do(a_mark(GU), a_mark(ZHOU))
    assert status(marked.left(SHOP).state) == "deserted"
