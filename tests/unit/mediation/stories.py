"""Mediations at any point of their life, told by the commands that led there: `a_mediation().consented().led()`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.mediation import commands as asked
from services.mediation.decisions import apart, decide, evolve
from services.mediation.decisions.agreement import content_hash
from services.mediation.decisions.amending import amendment_hash
from services.mediation.events import Event
from services.mediation.rules import rules_on, table
from services.mediation.state import (
    Beside,
    Form,
    GuestRole,
    Mediation,
    OralPromise,
    Party,
    Promise,
    Session,
    Sheet,
    Side,
    Slot,
    SlotAnswer,
    Unopened,
)
from shared.access.actor import Intent
from shared.calendar.working_days import WorkingCalendar
from shared.clock import local_day
from shared.persistence.journal import Proof


def an_id(number: int) -> UUID:
    return UUID(int=number)


HOME, SHOP, NEXT = an_id(1), an_id(2), an_id(3)
GU, HAN, SHEN = an_id(11), an_id(12), an_id(13)
ZHOU = an_id(21)
PROOF = Proof("mediation", an_id(90), b"")
FENG = an_id(22)
MEDIATION, CASE, ALLIANCE, PLACE = an_id(31), an_id(32), an_id(33), an_id(34)
SLOT, OTHER_SLOT, THIRD_SLOT, ROOM, SESSION = an_id(41), an_id(42), an_id(43), an_id(44), an_id(45)
AGREEMENT, SHUT_DOOR, NO_POSTS, NOTE = an_id(51), an_id(52), an_id(53), an_id(54)
AMENDMENT, FILTER, PACK = an_id(55), an_id(56), an_id(57)
XU = an_id(61)
"""The building captain, who entered what HOME agreed with SHOP."""

PICTURE = an_id(91)
"""Of a sheet that was signed by hand."""

BESIDE = Beside(an_id(61), an_id(62), "SJ-TEST-0002-B")
"""Another mediation of the same people."""

NOON = datetime(2026, 3, 20, 4, tzinfo=UTC)
"""Friday 2026-03-20 12:00 in Shanghai."""

PROVEN = NOON - timedelta(minutes=1)
"""When whoever signs gave the code that was mailed to them."""

TODAY = local_day(NOON)
RULES = rules_on(TODAY, table())
CALENDAR = WorkingCalendar()

PARTIES = (Party(HOME, "complainant", "home"), Party(SHOP, "respondent", "shop"))
PROMISES = (
    Promise(SHUT_DOOR, "respondent", "后门关闭", "22:00–08:00", date(2026, 3, 27)),
    Promise(NO_POSTS, "complainant", "先走平台", "不在群里发", date(2026, 4, 21)),
)


def signs(party: UUID, named: str, agreement_id: UUID = AGREEMENT) -> asked.SignAgreement:
    """They sign the words of that hash, and mean it."""
    return asked.SignAgreement(MEDIATION, agreement_id, party, named, Intent(party, named, PROVEN))


def a_sheet(signed_on: date = TODAY, picture: UUID = PICTURE) -> Sheet:
    """Signed by fingerprint, which 吴伯 saw; Zhou enters it."""
    return Sheet("fingerprint", signed_on, "吴伯", ZHOU, (picture,))


def signs_by_hand(
    party: UUID, named: str, agreement_id: UUID = AGREEMENT, *, signed_on: date, picture: UUID = PICTURE
) -> asked.EnterSignature:
    """They have no account, and sign the words of that hash on a sheet."""
    sheet = a_sheet(signed_on, picture)
    return asked.EnterSignature(MEDIATION, agreement_id, party, named, sheet, has_account=False)


def says_yes(member: UUID, named: str, agreement_id: UUID = AGREEMENT) -> asked.AnswerDraft:
    """One of a group binds themselves to the words of that hash, and means it."""
    intent = Intent(member, named, PROVEN)
    return asked.AnswerDraft(MEDIATION, agreement_id, member, named, agrees=True, intent=intent)


def says_no(member: UUID, named: str, agreement_id: UUID = AGREEMENT) -> asked.AnswerDraft:
    return asked.AnswerDraft(MEDIATION, agreement_id, member, named, agrees=False)


def a_slot(slot_id: UUID = SLOT, *, days: int = 4, separate: bool = False) -> Slot:
    starts_at = NOON + timedelta(days=days, hours=2)
    return Slot(slot_id, starts_at, starts_at + apart.length(separate=separate, rules=RULES), ROOM, "R1")


SLOTS = (a_slot(SLOT, days=4), a_slot(OTHER_SLOT, days=5), a_slot(THIRD_SLOT, days=6))


UNOPENED = Unopened()


@dataclass(frozen=True)
class Story:
    """A mediation, what happened to it, and what time it is in the story."""

    state: Mediation = UNOPENED
    events: tuple[Event, ...] = ()
    now: datetime = NOON
    last: tuple[Event, ...] = field(default=())

    def do(self, *commands: asked.Command) -> Story:
        story = self
        for command in commands:
            events = decide(story.state, command, story.now, rules=RULES, calendar=CALENDAR)
            state = story.state
            for event in events:
                state = evolve(state, event)
            story = Story(state, (*story.events, *events), story.now, tuple(events))
        return story

    def without_account(self, *members: UUID) -> Story:
        """These could not sign in when it was opened."""
        state: Any = self.state
        if isinstance(state, Unopened):
            return self
        parties = tuple(
            replace(one, no_account=one.member_id in members or one.no_account)
            for one in state.matter.parties
        )
        return replace(self, state=replace(state, matter=replace(state.matter, parties=parties)))

    def later(self, **by: Any) -> Story:
        return replace(self, now=self.now + timedelta(**by))

    def consented(self) -> Story:
        return self.do(asked.Consent(MEDIATION, HOME), asked.Consent(MEDIATION, SHOP))

    def led(self, mediator: UUID = GU) -> Story:
        return self.consented().do(
            asked.NominateMediator(MEDIATION, mediator, frozenset()),
            asked.TakeMediation(MEDIATION, mediator, frozenset()),
        )

    def offered(self) -> Story:
        led = self.led()
        return led.do(asked.ProposeSlots(MEDIATION, led.times()))

    def times(self) -> tuple[Slot, ...]:
        """As long as this mediation needs them."""
        separate = self.state.matter.separate  # type: ignore[union-attr]
        return tuple(
            a_slot(slot.slot_id, days=4 + place, separate=separate) for place, slot in enumerate(SLOTS)
        )

    def invited(self, *agreed: UUID, **more: Any) -> Story:
        """Feng is to be there; these parties agreed to it."""
        return self.do(
            an_invitation(**more), *(asked.AgreeToGuest(MEDIATION, FENG, party) for party in agreed)
        )

    def second_mediator_asked(self) -> Story:
        """Han is to mediate beside Gu, and both parties agreed."""
        second = an_invitation(HAN, "second_mediator", held=frozenset({"mediator"}))
        return self.do(second, *(asked.AgreeToGuest(MEDIATION, HAN, party) for party in (HOME, SHOP)))

    def guest_comes(self, **more: Any) -> Story:
        return self.invited(HOME, SHOP, **more).do(asked.AnswerInvitation(MEDIATION, FENG, comes=True))

    def answered(self, said: str = "yes") -> Story:
        return self.offered().do(*(answers(party, said) for party in (HOME, SHOP)))

    def scheduled(self) -> Story:
        return self.answered().do(asked.ScheduleSession(MEDIATION, SLOT, SESSION))

    def begun(self) -> Story:
        return self.scheduled().later(days=4, hours=2)

    def missed(self) -> Story:
        """The respondent did not come."""
        return self.begun().do(asked.RecordAbsence(MEDIATION, "respondent", 20))

    def moved(self, slot_id: UUID = OTHER_SLOT) -> Story:
        """To another slot, answered by all, when it has begun."""
        starts_at = self.now + timedelta(days=5)
        slot = Slot(slot_id, starts_at, starts_at + RULES.session, ROOM, "R1")
        story = self.do(asked.ProposeSlots(MEDIATION, (slot,)))
        yes = (SlotAnswer(HOME, slot_id, "yes"), SlotAnswer(SHOP, slot_id, "yes"))
        story = story.do(*(asked.AnswerSlots(MEDIATION, one.party, None, (one,)) for one in yes))
        return story.do(asked.MoveToSlot(MEDIATION, slot_id, "另约")).later(days=5)

    def missed_twice(self) -> Story:
        return self.missed().moved().do(asked.RecordAbsence(MEDIATION, "respondent", 30))

    def held(self) -> Story:
        return self.begun().do(asked.WriteMinutes(MEDIATION, "谈了后门"))

    def drafted(self, form: Form = "written", **more: Any) -> Story:
        return self.held().do(a_draft(form=form, **more))

    def joint(self) -> Story:
        """Both parties agree to one session with the mediation beside it."""
        return self.do(
            asked.NoteBeside(MEDIATION, BESIDE),
            *(asked.AnswerJoint(MEDIATION, party, agreed=True) for party in (HOME, SHOP)),
        )

    def opened(self) -> Story:
        """Both parties wish others to be allowed to listen."""
        return self.do(*(asked.ChooseOpenness(MEDIATION, party, open=True) for party in (HOME, SHOP)))

    def restated(self) -> Story:
        """The respondent said what the complainant needs."""
        return self.do(asked.RestateInterest(MEDIATION, "respondent", "老人要午睡"))

    def hash(self) -> str:
        return content_hash(self.state.matter, self.state.content)  # type: ignore[union-attr]

    def sign(self, party: UUID) -> asked.SignAgreement:
        return signs(party, self.hash())

    def signed(self, form: Form = "written", **more: Any) -> Story:
        drafted = self.drafted(form, **more)
        return drafted.do(drafted.sign(HOME), drafted.sign(SHOP))

    def in_effect(self, **more: Any) -> Story:
        return self.signed(**more).do(a_mark(GU), a_mark(ZHOU))

    def of_a_group(self, *silent: UUID) -> Story:
        """In effect for a group: Feng said yes to it, these said nothing."""
        drafted = self.drafted(group=(FENG, *silent))
        signed = drafted.do(
            says_yes(FENG, drafted.hash()),
            drafted.sign(HOME),
            drafted.sign(SHOP),
        )
        return signed.later(days=7 if silent else 0).do(a_mark(GU), a_mark(ZHOU))

    def affirmed(self) -> Story:
        """Whoever speaks for the group says that the shop's promise was kept."""
        return self.do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME))

    def asked_court(self) -> Story:
        return self.do(*(asked.AskCourt(MEDIATION, AGREEMENT, party) for party in (HOME, SHOP)))

    def amended(self, *, marks: int = 2, **more: Any) -> Story:
        """Both promises are to give way to new ones; signed, and marked so often."""
        story, named = self.in_effect().do(an_amendment(**more)), self.amendment_hash(**more)
        story = story.do(*(signs(party, named, AMENDMENT) for party in (HOME, SHOP)))
        return story.do(*(asked.MarkAgreement(MEDIATION, AMENDMENT, one) for one in (GU, ZHOU)[:marks]))

    def amendment_hash(self, **more: Any) -> str:
        state: Any = self.in_effect().do(an_amendment(**more)).state
        return amendment_hash(state.matter, state.amendment)

    def stood_aside(self) -> Story:
        """The shop said that the mediator who was there has ties; Han is asked to record it."""
        return self.do(asked.StopForConflict(MEDIATION, SHOP, "是房东的哥哥", HAN))

    def recorded(self) -> Story:
        return self.do(a_record())

    def left(self, party: UUID, *, died: bool = False) -> Story:
        """The case tells that this party has gone."""
        return self.do(asked.NoteDeparture(MEDIATION, party, local_day(self.now), died))

    def succeeded(self, side: Side = "complainant") -> Story:
        """Somebody came after them."""
        return self.do(asked.NoteSuccessor(MEDIATION, NEXT, side))

    def performed(self) -> Story:
        return self.in_effect().do(
            asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME),
            asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP),
        )


def a_mediation(*, hidden: bool = False) -> Story:
    """Opened, nobody asked yet."""
    return Story().do(an_opening(hidden=hidden))


def an_opening(*, hidden: bool = False, parties: tuple[Party, ...] = PARTIES) -> asked.OpenMediation:
    return asked.OpenMediation(MEDIATION, CASE, ALLIANCE, "SJ-TEST-0001-A", hidden, PLACE, parties)


def an_invitation(guest: UUID = FENG, role: GuestRole = "interpreter", **more: Any) -> asked.InviteGuest:
    return asked.InviteGuest(MEDIATION, guest, role, **{"name": "冯翻译"} | more)


def answers(party: UUID, said: Any) -> asked.AnswerSlots:
    given = tuple(SlotAnswer(party, slot.slot_id, said) for slot in SLOTS)
    return asked.AnswerSlots(MEDIATION, party, None, given)


def a_draft(
    *, form: Form = "written", promises: tuple[Promise, ...] = PROMISES, **more: Any
) -> asked.DraftAgreement:
    words = {"facts": "后门夜间开着", "terms": "十点后关门"} | more
    return asked.DraftAgreement(MEDIATION, AGREEMENT, form, promises=promises, **words)


def an_amendment(
    *, replaces: tuple[UUID, ...] = (SHUT_DOOR, NO_POSTS), promises: tuple[Promise, ...] | None = None
) -> asked.ProposeAmendment:
    new = (Promise(FILTER, "respondent", "装活性炭", "照片", date(2026, 5, 20)),)
    words = "改装滤网"
    return asked.ProposeAmendment(
        MEDIATION, AMENDMENT, words, replaces, new if promises is None else promises
    )


def a_court_result(*, confirmed: bool = True) -> asked.RecordCourtResult:
    return asked.RecordCourtResult(MEDIATION, AGREEMENT, confirmed, date(2026, 3, 24), "(2026)沪01民特1号")


def a_handover() -> asked.HandOver:
    return asked.HandOver(MEDIATION, PACK, HOME, "ab" * 32, 4, ("封面", "人民调解协议书"))


OTHER_SESSION = Session(an_id(63), "OTHER", 2, NOON + timedelta(days=4), NOON + timedelta(days=5), ROOM, "R1")


def together(session: Session | None = OTHER_SESSION, **more: Any) -> asked.ScheduleTogether:
    told = {"mediator": GU, "agreed": True} | more
    return asked.ScheduleTogether(MEDIATION, SESSION, BESIDE.mediation_id, session, **told)


def a_mark(member: UUID) -> asked.MarkAgreement:
    return asked.MarkAgreement(MEDIATION, AGREEMENT, member)


def an_oral_agreement() -> Story:
    """Agreed an hour ago at the door, and entered by the captain."""
    return Story().do(an_oral_opening())


def an_oral_opening() -> asked.OpenOral:
    return asked.OpenOral(
        MEDIATION,
        CASE,
        ALLIANCE,
        "SJ-TEST-0001-A",
        PLACE,
        "sanitation",
        PARTIES,
        AGREEMENT,
        GU,
        XU,
        HOME,
        NOON - timedelta(minutes=75),
        NOON - timedelta(minutes=60),
        tuple(OralPromise(one.commitment_id, one.owner_side, one.due_on) for one in PROMISES),
    )


def a_record(*, conflicts: frozenset[Any] = frozenset(), what: str = "铁管放店里") -> asked.RecordOral:
    words = tuple(asked.Wording(one.commitment_id, what, "门口看得见") for one in PROMISES)
    return asked.RecordOral(MEDIATION, AGREEMENT, "门口让出来", words, conflicts)


def by_mouth(said: Any = "confirmed", commitment: UUID = SHUT_DOOR, **more: Any) -> asked.PassOnWord:
    told = {"told_on": TODAY, "words": None} | more
    return asked.PassOnWord(MEDIATION, commitment, XU, said, **told)
