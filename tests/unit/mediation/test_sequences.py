"""Whatever people do in whatever order: nothing binds without every yes, signature and mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation.decisions.agreement import content_hash
from services.mediation.decisions.evolving import evolve
from services.mediation.state import (
    AwaitingConsent,
    ChoosingMediator,
    Commitment,
    Drafting,
    Opened,
    Performed,
    Performing,
    Scheduled,
    Scheduling,
    Signing,
    SlotAnswer,
    Unopened,
    commitments_of,
    content_of,
    session_of,
)
from shared.access.actor import Intent
from shared.errors import Refused
from tests.unit.mediation.stories import (
    GU,
    HAN,
    HOME,
    MEDIATION,
    NO_POSTS,
    NOTE,
    PROMISES,
    PROVEN,
    RULES,
    SHOP,
    SHUT_DOOR,
    ZHOU,
    Story,
    a_slot,
    an_id,
    an_opening,
    signs,
)

anybody = st.sampled_from([HOME, SHOP])
mediators = st.sampled_from([GU, HAN])
sides = st.sampled_from(["complainant", "respondent"])
commitments = st.sampled_from([SHUT_DOOR, NO_POSTS])
clashes = st.sampled_from([frozenset()] * 4 + [frozenset({"family"})])
SLOTS = [an_id(300 + number) for number in range(3)]


class AnyMediation(RuleBasedStateMachine):
    """Commands of everybody, with hypothesis choosing whose turn it is."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.drafts = 0
        self.seen_commitments: set[UUID] = set()
        self.named: dict[UUID, date] = {}
        """Until when the court may be asked and each promise be kept, as people were last told."""

    def give(self, command: asked.Command) -> None:
        try:
            self.story = self.story.do(command)
        except Refused:
            return
        fixed = (happened.SessionScheduled, happened.SessionMoved)
        if any(isinstance(event, fixed) for event in self.story.last):
            assert session_of(self.state).starts_at - self.story.now >= RULES.notice

    @initialize(hidden=st.booleans())
    def opened(self, hidden: bool) -> None:
        self.give(an_opening(hidden=hidden))

    @rule(steps=st.integers(1, 9))
    def goes_well(self, steps: int) -> None:
        """What reasonable people do next, so that long stories are told too."""
        for _ in range(steps):
            for command in self.reasonable():
                self.give(command)

    def draft(self, form: Any = "written", *, empty: bool = False) -> asked.DraftAgreement:
        self.drafts += 1
        later = self.story.now.date() + timedelta(days=9)
        promises = () if empty else tuple(replace(one, due_on=later) for one in PROMISES)
        return asked.DraftAgreement(MEDIATION, an_id(500 + self.drafts), form, "", "和解", promises)

    def reasonable(self) -> list[asked.Command]:  # noqa: PLR0911 - one for each status
        match self.story.state:
            case AwaitingConsent():
                return [asked.Consent(MEDIATION, party) for party in (SHOP, HOME)]
            case ChoosingMediator(proposed=None, passed=passed):
                chosen = GU if GU not in passed else HAN
                return [asked.NominateMediator(MEDIATION, chosen, frozenset())]
            case ChoosingMediator(proposed=UUID() as chosen):
                return [asked.TakeMediation(MEDIATION, chosen, frozenset())]
            case Scheduling(slots=()):
                ahead = (self.story.now - Story().now).days
                return [asked.ProposeSlots(MEDIATION, (a_slot(SLOTS[0], days=ahead + 2),))]
            case Scheduling(slots=(slot, *_)):
                said = [SlotAnswer(party, slot.slot_id, "yes") for party in (HOME, SHOP)]
                given = [asked.AnswerSlots(MEDIATION, one.party, None, (one,)) for one in said]
                return [*given, asked.ScheduleSession(MEDIATION, slot.slot_id, an_id(400))]
            case Scheduled(session=session):
                self.story = replace(self.story, now=max(self.story.now, session.starts_at))
                return [asked.WriteMinutes(MEDIATION, "谈了")]
            case Drafting():
                return [self.draft()]
            case Signing(content=content):
                named = content_hash(self.state.matter, content)
                signed = [signs(party, named, content.agreement_id) for party in (HOME, SHOP)]
                return [*signed, asked.MarkAgreement(MEDIATION, content.agreement_id, ZHOU)]
            case _:
                return []

    @rule(hours=st.sampled_from([1, 30, 24 * 4]))
    def time_passes(self, hours: int) -> None:
        self.story = self.story.later(hours=hours)

    @rule(party=anybody, separate=st.booleans())
    def consents(self, party: UUID, separate: bool) -> None:
        self.give(asked.Consent(MEDIATION, party, separate))

    @rule(party=anybody, really=st.integers(0, 15))
    def refuses(self, party: UUID, really: int) -> None:
        if really == 0:
            self.give(asked.RefuseMediation(MEDIATION, party))

    @rule(mediator=mediators, conflicts=clashes)
    def is_nominated(self, mediator: UUID, conflicts: Any) -> None:
        self.give(asked.NominateMediator(MEDIATION, mediator, conflicts))

    @rule(mediator=mediators, conflicts=clashes)
    def takes(self, mediator: UUID, conflicts: Any) -> None:
        self.give(asked.TakeMediation(MEDIATION, mediator, conflicts))

    @rule(mediator=mediators, really=st.integers(0, 5))
    def passes_on(self, mediator: UUID, really: int) -> None:
        if really == 0:
            self.give(asked.PassOn(MEDIATION, mediator))

    @rule(days=st.integers(1, 4))
    def slots_are_found(self, days: int) -> None:
        ahead = (self.story.now - Story().now).days
        slots = tuple(a_slot(slot, days=ahead + days + n) for n, slot in enumerate(SLOTS))
        self.give(asked.ProposeSlots(MEDIATION, slots))

    @rule(party=anybody, said=st.sampled_from(["yes", "yes", "if_need_be", "no"]))
    def answers(self, party: UUID, said: Any) -> None:
        given = tuple(SlotAnswer(party, slot, said) for slot in SLOTS)
        self.give(asked.AnswerSlots(MEDIATION, party, None, given))

    @rule(slot=st.sampled_from(SLOTS))
    def is_scheduled(self, slot: UUID) -> None:
        self.give(asked.ScheduleSession(MEDIATION, slot, an_id(400)))

    @rule(slot=st.sampled_from(SLOTS))
    def is_moved(self, slot: UUID) -> None:
        self.give(asked.MoveToSlot(MEDIATION, slot, "病了"))

    @rule()
    def minutes_are_written(self) -> None:
        self.give(asked.WriteMinutes(MEDIATION, "谈了"))

    @rule()
    def a_note_is_sealed(self) -> None:
        self.give(asked.WriteCaucusNote(MEDIATION, NOTE))

    @rule(form=st.sampled_from(["written", "written", "oral"]), empty=st.booleans())
    def is_drafted(self, form: Any, empty: bool) -> None:
        self.give(self.draft(form, empty=empty))

    @rule(party=anybody, stale=st.booleans())
    def signs(self, party: UUID, stale: bool) -> None:
        """Under words that stand no more, and by a proof of another's or for other words, nobody ever has."""
        content = self.content
        if content is not None:
            named = "0" * 64 if stale else content_hash(self.state.matter, content)
            other = SHOP if party == HOME else HOME
            before = self.story.events
            for intent in (Intent(other, named, PROVEN), Intent(party, "1" * 64, PROVEN)):
                self.give(asked.SignAgreement(MEDIATION, content.agreement_id, party, named, intent))
            assert self.story.events == before
            self.give(signs(party, named, content.agreement_id))

    @rule(member=st.sampled_from([GU, HAN, ZHOU]))
    def marks(self, member: UUID) -> None:
        if self.content is not None:
            self.give(asked.MarkAgreement(MEDIATION, self.content.agreement_id, member))

    @rule(which=commitments, party=anybody)
    def proves(self, which: UUID, party: UUID) -> None:
        self.give(asked.ProveCommitment(MEDIATION, which, party, "照片"))

    @rule(which=commitments, party=anybody)
    def confirms(self, which: UUID, party: UUID) -> None:
        self.give(asked.ConfirmCommitment(MEDIATION, which, party))

    @rule(which=commitments, party=anybody)
    def disputes(self, which: UUID, party: UUID) -> None:
        self.give(asked.DisputeCommitment(MEDIATION, which, party, "没做"))

    @rule(which=commitments, party=anybody, days=st.integers(-2, 9))
    def is_granted_a_day(self, which: UUID, party: UUID, days: int) -> None:
        until = self.story.now.date() + timedelta(days=days)
        self.give(asked.GrantDay(MEDIATION, which, party, until))

    @rule(party=anybody, really=st.integers(0, 15))
    def stops(self, party: UUID, really: int) -> None:
        """Over a conflict of interest that comes to light: what was drafted or signed under that mediator is void."""
        if really == 0:
            self.give(asked.StopForConflict(MEDIATION, party, "亲戚"))

    @rule(party=anybody, really=st.integers(0, 9))
    def declines_the_mediator(self, party: UUID, really: int) -> None:
        if really == 0:
            self.give(asked.DeclineMediator(MEDIATION, party))

    @rule(which=commitments)
    def comes_near(self, which: UUID) -> None:
        self.give(asked.RemindAhead(MEDIATION, which, PROMISES[0].due_on))

    @rule(which=commitments)
    def falls_due(self, which: UUID) -> None:
        self.give(asked.FallDue(MEDIATION, which))

    @precondition(lambda self: self.story.state != Unopened())
    @rule(really=st.integers(0, 30))
    def is_withdrawn(self, really: int) -> None:
        if really == 0:
            self.give(asked.EndWithdrawn(MEDIATION))

    @property
    def state(self) -> Opened:
        return self.story.state  # type: ignore[return-value]

    @property
    def content(self) -> Any:
        return None if isinstance(self.story.state, Unopened) else content_of(self.state)

    @invariant()
    def nothing_binds_without_every_consent_signature_and_mark(self) -> None:
        if not isinstance(self.story.state, Performing | Performed):
            return
        events, agreement = self.story.events, self.story.state.agreement
        assert {e.party for e in events if isinstance(e, happened.PartyConsented)} == {HOME, SHOP}
        assert not any(isinstance(e, happened.MediationRefused) for e in events)
        drafted = max(n for n, e in enumerate(events) if isinstance(e, happened.AgreementDrafted))
        since = events[drafted:]
        named = content_hash(self.state.matter, agreement.content)
        signed = {
            e.party for e in since if isinstance(e, happened.AgreementSigned) and e.content_hash == named
        }
        assert signed == {HOME, SHOP}
        marks = {e.mark: e.member for e in since if isinstance(e, happened.AgreementMarked)}
        if agreement.content.form == "written":
            assert marks.keys() == {"mediator", "committee"}
            assert marks["mediator"] == self.story.state.held.mediator != marks["committee"]

    @invariant()
    def no_commitment_disappears(self) -> None:
        if isinstance(self.story.state, Performing | Performed):
            standing: tuple[Commitment, ...] = commitments_of(self.state)
            ids = {one.promise.commitment_id for one in standing}
            assert self.seen_commitments <= ids
            self.seen_commitments = ids
            if isinstance(self.story.state, Performed):
                assert all(one.status == "confirmed" for one in standing)

    @invariant()
    def no_day_named_to_people_is_brought_forward(self) -> None:
        if not isinstance(self.story.state, Performing | Performed):
            return
        agreement = self.story.state.agreement
        days = {one.promise.commitment_id: one.last_day for one in commitments_of(self.state)}
        days[agreement.content.agreement_id] = agreement.judicial_until
        assert all(day >= self.named.get(which, day) for which, day in days.items())
        assert agreement.judicial_until >= agreement.effective_on + timedelta(days=RULES.judicial_days)
        self.named = days

    @invariant()
    def a_sessions_uid_stays_and_its_sequence_grows_by_one(self) -> None:
        told = (happened.SessionScheduled, happened.SessionMoved, happened.SessionCancelled)
        expected = 0
        for event in self.story.events:
            if isinstance(event, told):
                expected = 0 if isinstance(event, happened.SessionScheduled) else expected + 1
                assert event.session.sequence == expected
                assert event.session.uid == event.session.session_id.hex.upper()
        moves = 0
        for event in self.story.events:
            match event:
                case happened.SessionScheduled():
                    moves = 0
                case happened.SessionMoved():
                    moves += 1
            assert moves <= RULES.reschedule_limit

    @invariant()
    def the_state_is_what_the_events_say(self) -> None:
        replayed = Story().state
        for event in self.story.events:
            replayed = evolve(replayed, event)
        assert replayed == self.story.state


AnyMediation.TestCase.settings = settings(
    max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestAnyMediation = AnyMediation.TestCase
