"""Evidence in the state of a case: withheld until shown, sealed where a child is on it, and gone in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import get_args
from uuid import UUID

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy, publish, sentences, showing
from services.complaints.decisions import UNFILED, Standing
from services.complaints.decisions.state import (
    Acting,
    AwaitingAnswer,
    AwaitingTriage,
    Deliberating,
    Supervised,
)
from services.complaints.noise import judge
from services.complaints.noise.correction import Doubt
from services.complaints.noise.validity import Fault
from services.complaints.noise.verdict import Gap
from services.complaints.people import People
from services.complaints.schedule import ERASURE, timer_changes
from services.complaints.timers import command_of
from shared.clock import local_day
from shared.contracts.measurements import Conduct
from shared.errors import Invalid, NotFound, NotNow, Refused
from shared.persistence.timers import Timer
from shared.texts import LANGUAGES, catalogue
from tests.unit.complaints.cases import (
    A_READING,
    ALLIANCE,
    CASE,
    EXAMPLES,
    EXHIBIT,
    HOME,
    LIN,
    MA,
    MEDIATION,
    NIGHT,
    PHOTO,
    SHOP,
    TIMETABLE,
    ZHOU,
    a,
    after,
    events_of,
)

ADD, RECORD, RELEASE, SEAL, OPEN = (
    EXAMPLES[kind]
    for kind in (c.AddEvidence, c.RecordReading, c.ReleaseEvidence, c.SealEvidence, c.OpenSealed)
)
MASKED = replace(PHOTO, object_key="1/0002")
OTHERS = (Standing("respondent", SHOP), Standing("complainant", UUID(int=99)))
STAFF = (Standing("coordinator"), Standing("mediator"))
PEOPLE = People({HOME: LIN, SHOP: MA}, coordinators=(ZHOU,))


def shown_with(*steps, of=Deliberating):
    case = a(of, identity="hidden")
    for command, role in steps:
        case = after(case, command, role)
    return case


def bytes_for(by, case, reader=None):
    return showing.content_for(by, reader, case.file.exhibit(EXHIBIT))


REFER = replace(EXAMPLES[c.ReferCase][0], evidence_ids=(EXHIBIT,))


def handed(case):
    [referral] = case.file.referrals
    return showing.handed_content(referral, case.file.exhibit(EXHIBIT))


class TestGoingAlong:
    def test_an_authority_looks_at_what_was_chosen_until_it_is_back(self):
        out = after(after(a(Deliberating), *ADD), REFER, "coordinator")
        assert handed(out) == PHOTO
        assert handed(after(out, *EXAMPLES[c.ReturnCase])) is None
        assert handed(after(after(a(Deliberating), *ADD), *EXAMPLES[c.ReferCase])) is None

    def test_it_gets_the_masked_copy_and_nothing_that_was_sealed_since(self):
        masked = (c.ReleaseEvidence(CASE, EXHIBIT, MASKED), "coordinator")
        out = after(shown_with(ADD, masked), REFER, "coordinator")
        assert handed(out) == MASKED
        assert handed(after(out, *SEAL)) is None

    def test_of_a_concealed_side_only_what_was_released_goes_along(self):
        for case, code in ((shown_with(ADD), "evidence_could_betray"), (shown_with(), "unknown_evidence")):
            with pytest.raises(Invalid, match=code):
                after(case, REFER, "coordinator")
        assert handed(after(shown_with(ADD, RELEASE), REFER, "coordinator")) == PHOTO

    def test_what_the_other_side_or_staff_brought_betrays_nobody(self):
        for role in ("respondent", "coordinator"):
            assert handed(after(shown_with((ADD[0], role)), REFER, "coordinator")) == PHOTO

    def test_a_reading_or_what_shows_a_child_does_not_go_along(self):
        for case in (shown_with(RECORD, RELEASE), shown_with(ADD, SEAL)):
            with pytest.raises(Invalid, match="unknown_evidence"):
                after(case, REFER, "coordinator")


class TestShowing:
    def test_until_it_is_released_only_its_bringer_and_the_staff_know_of_it(self):
        withheld = shown_with(ADD)
        [added] = events_of(a(Deliberating), *ADD)
        for by in (Standing("complainant", HOME), *STAFF):
            assert bytes_for(by, withheld) == PHOTO
            assert policy.sees_step(by, added)
        for by in OTHERS:
            assert not showing.sees_exhibit(by, withheld.file.exhibit(EXHIBIT))
            assert bytes_for(by, withheld) is None
            assert not policy.sees_step(by, added)

    def test_the_other_side_gets_the_masked_copy_and_nobody_else_needs_it(self):
        shared = shown_with(ADD, (c.ReleaseEvidence(CASE, EXHIBIT, MASKED), "coordinator"))
        assert bytes_for(Standing("respondent", SHOP), shared) == MASKED
        assert bytes_for(Standing("complainant", HOME), shared) == PHOTO
        assert bytes_for(Standing("building_captain"), shared) is None

    def test_nothing_is_shown_before_the_other_side_knows_of_the_case(self):
        with pytest.raises(NotNow):
            shown_with(ADD, RELEASE, of=AwaitingTriage)

    def test_it_is_shown_once_and_may_be_masked_afterwards(self):
        shared = shown_with(ADD, RELEASE)
        with pytest.raises(Refused, match="evidence_released_already"):
            after(shared, *RELEASE)
        masked = after(shared, c.ReleaseEvidence(CASE, EXHIBIT, MASKED), "coordinator")
        assert bytes_for(Standing("respondent", SHOP), masked) == MASKED

    def test_a_document_is_shown_as_a_masked_picture_or_not_at_all(self):
        document = (replace(ADD[0], kind="document"), "complainant")
        with pytest.raises(Refused, match="document_needs_a_masked_copy"):
            shown_with(document, RELEASE)
        assert shown_with(document, (c.ReleaseEvidence(CASE, EXHIBIT, MASKED), "coordinator"))

    def test_a_reading_is_shown_in_the_same_way(self):
        assert shown_with(RECORD, RELEASE).file.exhibit(EXHIBIT).shown == "released"
        with pytest.raises(Refused, match="reading_has_no_file"):
            shown_with(RECORD, (c.ReleaseEvidence(CASE, EXHIBIT, MASKED), "coordinator"))

    def proven(self, case, *, by=(SHOP,), named=EXHIBIT):
        """What becomes of the exhibit once these parties, or else the mediator, show that a promise is kept with it."""
        proof = c.NoteCommitment(CASE, MEDIATION, "commitment_proven", evidence_ids=(named,), shown_by=by)
        return after(case, proof, "system").file.exhibit(EXHIBIT).shown

    @pytest.mark.parametrize("state", [Acting, Supervised])
    def test_what_shows_that_a_promise_is_kept_is_seen_by_the_other_side_at_once(self, state):
        case = after(a(state), ADD[0], "respondent")
        assert self.proven(case) == "released"
        assert self.proven(case, named=UUID(int=77)) == "withheld"

    def test_nobody_shows_what_somebody_else_brought(self):
        case = after(a(Acting), *ADD)
        assert self.proven(case, by=(SHOP,)) == "withheld"
        assert self.proven(case, by=(UUID(int=99),)) == "withheld"
        assert self.proven(case, by=(HOME,)) == "released"

    def test_the_mediator_shows_what_the_mediator_brought(self):
        case = after(a(Acting), ADD[0], "mediator")
        assert self.proven(case) == "withheld"
        assert self.proven(case, by=None) == "released"
        assert self.proven(after(a(Acting), *ADD), by=None) == "withheld"

    def test_the_coordinator_looks_first_at_what_may_tell_too_much(self):
        hidden = after(a(Acting, identity="hidden"), *ADD)
        assert self.proven(hidden, by=(HOME,)) == "withheld"
        assert self.proven(after(a(Acting), replace(ADD[0], kind="document"), "respondent")) == "withheld"
        assert self.proven(after(a(Acting), replace(ADD[0], shows_minor=True), "respondent")) == "sealed"
        sealed_one = after(
            a(Acting), replace(ADD[0], evidence_id=UUID(int=88), shows_minor=True), "respondent"
        )
        assert self.proven(after(sealed_one, ADD[0], "respondent")) == "withheld"

    def test_of_a_proof_the_other_side_is_told_as_it_is_asked_to_confirm(self):
        before = after(a(Acting), ADD[0], "respondent")
        proof = c.NoteCommitment(
            CASE, MEDIATION, "commitment_proven", evidence_ids=(EXHIBIT,), shown_by=(SHOP,)
        )
        shown = [one for one in events_of(before, proof, "system") if isinstance(one, e.EvidenceReleased)]
        assert [one.as_proof for one in shown] == [True]
        telling = publish.Telling(after(before, proof, "system"), ALLIANCE, PEOPLE)
        assert publish.contracts_of(telling, shown[0]) == []

    @pytest.mark.parametrize("command", [c.ReleaseEvidence, c.SealEvidence])
    def test_what_is_not_there_is_not_found(self, command):
        with pytest.raises(NotFound):
            after(shown_with(ADD), command(CASE, UUID(int=77)), "coordinator")

    def test_a_case_holds_only_so_many(self):
        case = a(Deliberating)
        for number in range(60):
            case = after(case, replace(ADD[0], evidence_id=UUID(int=100 + number)), "complainant")
        with pytest.raises(Refused, match="too_much_evidence"):
            after(case, *ADD)

    def test_what_will_be_taken_tomorrow_is_refused(self):
        late = NIGHT + timedelta(days=1)
        for command in (
            replace(ADD[0], taken_at=late),
            replace(RECORD[0], reading=replace(A_READING, measured_at=late)),
        ):
            with pytest.raises(Invalid, match="in_the_future"):
                after(a(Deliberating), command, "complainant")


class TestTelling:
    def told(self, case, command, role):
        events = events_of(case, command, role)
        telling = publish.Telling(after(case, command, role), ALLIANCE, PEOPLE)
        return [contract for event in events for contract in publish.contracts_of(telling, event)]

    @pytest.mark.parametrize("added", [ADD, RECORD])
    def test_what_a_party_brings_the_coordinators_are_told(self, added):
        [told] = self.told(a(AwaitingAnswer), *added)
        assert told.to == (ZHOU,)
        assert self.told(a(AwaitingAnswer), added[0], "coordinator") == []

    @pytest.mark.parametrize(
        ("side", "readers"),
        [("complainant", (MA,)), ("respondent", (LIN,)), ("coordinator", (LIN, MA))],
    )
    def test_at_its_release_those_who_had_not_seen_it(self, side, readers):
        [told] = self.told(after(a(Deliberating), ADD[0], side), *RELEASE)
        assert told.to == readers


class TestChildren:
    SEALED = (replace(ADD[0], shows_minor=True), "complainant")

    @pytest.mark.parametrize("steps", [(SEALED,), (ADD, SEAL), (ADD, RELEASE, SEAL)])
    def test_sealed_it_opens_to_a_coordinator_with_a_reason_alone(self, steps):
        sealed = shown_with(*steps)
        for by in (Standing("complainant", HOME), *OTHERS, *STAFF):
            assert bytes_for(by, sealed, ZHOU) is None
        opened = after(sealed, *OPEN)
        assert bytes_for(Standing("coordinator"), opened, ZHOU) == PHOTO
        assert bytes_for(Standing("coordinator"), opened, UUID(int=88)) is None
        assert bytes_for(Standing("mediator"), opened, ZHOU) is None
        [look] = events_of(sealed, *OPEN)
        assert look.reason == "核实"

    def test_sealed_it_is_not_released(self):
        with pytest.raises(Refused, match="evidence_sealed"):
            shown_with(ADD, (replace(ADD[0], evidence_id=UUID(int=6)), "complainant"), SEAL, RELEASE)

    def closed(self, *steps):
        return after(shown_with(*steps), *EXAMPLES[c.WithdrawCase])

    def test_thirty_days_after_closing_it_goes_and_its_hash_stays(self):
        closed = self.closed(self.SEALED, (replace(ADD[0], evidence_id=UUID(int=6)), "complainant"))
        erase = c.EraseSealed(CASE)
        due = NIGHT + timedelta(days=30)
        assert closed.erase_on == local_day(due)
        assert events_of(closed, erase, "system", due - timedelta(days=1)) == []
        assert events_of(closed, erase, "system", due) == [e.EvidenceErased(EXHIBIT, HOME, PHOTO.sha256)]
        erased = after(closed, erase, "system", due)
        assert erased.file.exhibit(EXHIBIT).objects == ()
        assert erased.file.exhibit(UUID(int=6)).objects == (PHOTO,)
        assert events_of(erased, erase, "system", due) == []

    def test_the_timer_lives_while_something_sealed_lies_in_a_closed_case(self):
        open_case, closed = shown_with(self.SEALED), self.closed(self.SEALED)
        [timer] = [one for one in timer_changes(open_case, closed, TIMETABLE)[0] if one.kind == ERASURE]
        assert local_day(timer.due_at) == closed.erase_on
        assert command_of(Timer("key", ERASURE, timer.due_at, aggregate_id=CASE)) == c.EraseSealed(CASE)
        reopened = after(closed, *EXAMPLES[c.ReopenCase])
        assert timer.dedupe_key in timer_changes(closed, reopened, TIMETABLE)[1]
        plain = self.closed(ADD)
        assert not [one for one in timer_changes(open_case, plain, TIMETABLE)[0] if one.kind == ERASURE]
        late = after(plain, *SEAL)
        assert [one.kind for one in timer_changes(plain, late, TIMETABLE)[0]] == [ERASURE]


class TestOccurrences:
    AGAIN = c.LogOccurrence(CASE, None, (EXHIBIT,))

    @pytest.mark.parametrize("added", [ADD, RECORD])
    def test_it_happened_again_and_here_it_shows(self, added):
        [logged] = events_of(shown_with(added), self.AGAIN, "complainant")
        assert logged.evidence_ids == (EXHIBIT,)

    def test_nobody_names_what_is_not_theirs(self):
        theirs = after(a(Deliberating), ADD[0], "respondent")
        for case in (a(Deliberating), theirs):
            with pytest.raises(Invalid, match="unknown_evidence"):
                after(case, self.AGAIN, "complainant")
        assert after(theirs, self.AGAIN, "coordinator")


class TestReadings:
    @pytest.mark.parametrize("by", ["agency", "cma_lab", "coordinator"])
    def test_a_party_cannot_lend_a_reading_somebody_elses_weight(self, by):
        command = replace(RECORD[0], reading=replace(A_READING, measured_by=by))
        with pytest.raises(Invalid, match="entered_by_staff"):
            after(a(AwaitingAnswer), command, "complainant")
        assert after(a(AwaitingAnswer), command, "coordinator")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_verdict_has_words(self, language):
        readings = [
            A_READING,
            replace(A_READING, level_db=A_READING.level_db - 10),
            replace(A_READING, source="voices"),
            replace(A_READING, zone_class=None),
        ]
        for reading in readings:
            said = sentences.verdict(judge(reading), language)
            assert "{" not in said
            assert "indicative" not in said
        codes = (code for kind in (Gap, Fault, Doubt) for code in get_args(kind))
        assert {f"reason_{code}" for code in codes} <= catalogue("services.complaints", language).keys()

    def test_the_words_name_rule_limit_margin_and_grade(self):
        said = sentences.verdict(judge(A_READING), "zh-CN")
        for word in ("GB 22337-2008", "第4.1.1条", "表1", "53 dB", "限值50 dB", "高3 dB", "线索"):
            assert word in said

    def test_conduct_is_not_measured(self):
        for kind in get_args(Conduct):
            said = sentences.verdict(judge(replace(A_READING, source=kind)), "zh-CN")
            assert "噪声污染防治法" in said
            assert "超" not in said.partition("证据等级")[0]


class TestTakingOver:
    """What lay before an earlier case of the same complainant lies before the new one as theirs, and withheld."""

    CARRIED = replace(
        EXAMPLES[c.FileCase][0],
        carried_from=UUID(int=90),
        earlier_words="招牌白得像白天",
        carried=(ADD[0], replace(RECORD[0], reading_id=UUID(int=91))),
    )

    def test_each_piece_is_the_complainants_and_waits_for_its_release(self):
        case = after(UNFILED, self.CARRIED, "complainant")
        assert [(one.kind, one.party_id, one.shown) for one in case.file.exhibits] == [
            ("photo", HOME, "withheld"),
            ("reading", HOME, "withheld"),
        ]
        assert case.file.carried_from == UUID(int=90)
        for exhibit in case.file.exhibits:
            assert not showing.sees_exhibit(Standing("respondent", SHOP), exhibit)

    def test_the_coordinator_is_told_of_the_filing_alone(self):
        filed, *pieces = events_of(UNFILED, self.CARRIED, "complainant")
        telling = publish.Telling(after(UNFILED, self.CARRIED, "complainant"), ALLIANCE, PEOPLE)
        assert publish.contracts_of(telling, filed)
        assert [publish.contracts_of(telling, one) for one in pieces] == [[], []]
        assert {sentences.step(one, "en") for one in pieces} == {
            "A piece of evidence of the earlier case was taken over.",
            "A noise reading of the earlier case was taken over.",
        }
