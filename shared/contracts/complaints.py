"""What complaints tells of a case: opaque ids, categories, stages, dates; no words of a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import erasure, topics
from shared.contracts.envelope import Code, Contract, Label

Stage = Literal["hear", "deliberate", "decide", "act", "supervise", "review", "closed"]
Side = Literal["complainant", "respondent"]


class Party(BaseModel):
    """Somebody concerned, and on which side."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    member_id: UUID
    side: Side


class CaseEvent(Contract, abstract=True):
    """About one case, with where it stands after the event and the day of the next word."""

    TOPIC: ClassVar[str] = topics.COMPLAINTS
    KEY: ClassVar[str] = "case_id"

    case_id: UUID
    alliance_id: UUID
    reference: Label
    category: Code
    subcategory: Code
    stage: Stage
    status: Code
    due: date | None = None
    parties: tuple[Party, ...] = ()


class CaseFiled(CaseEvent):
    """A complaint was received and numbered."""

    identity: Literal["named", "hidden", "anonymous"]
    place_id: UUID | None = None
    block_id: UUID | None = None
    building_id: UUID | None = None
    emergency: bool = False
    happening_now: bool = False
    channel: Code = "web"
    conflict_id: UUID | None = None
    """The first case of the same conflict, where this one was filed beside or after it."""
    spoken: bool = False
    """Told, answered and agreed by word of mouth before it was entered: OralAgreementStated says the rest."""


class MinorNoticed(CaseEvent):
    """A filing about a child under 14 waits for a guardian; `case_id` is the notice, which is no case."""

    emergency: bool = False


class InquiryAsked(CaseEvent):
    """People around a matter are asked the same question; `case_id` is the inquiry, which is no case of theirs."""

    to: tuple[UUID, ...]


class InquiryAnswered(CaseEvent):
    """Somebody who was asked has answered in private: what, and who, nobody is told here."""


class InquiryOver(CaseEvent):
    """Nobody is waited for any more who was asked: the matter has ended. `case_id` is the inquiry, as it was told."""


class EmergencyConfirmed(CaseEvent):
    """A human has seen the emergency and has it in hand."""


class EmergencyUnanswered(CaseEvent):
    """Minutes have passed and no human has confirmed the emergency: whoever is on duty is called again."""

    step: Literal["reminder", "overdue"]
    building_id: UUID | None = None


class EmergencyLifted(CaseEvent):
    """The danger is over, or there was none; the case goes its ordinary way."""


class CaseAccepted(CaseEvent):
    """The case was taken on (受理); the respondent is to be served with the notice."""

    mediation_until: date


class CategoryCorrected(CaseEvent):
    """What it is about was put right before it was taken on; `before` is the subcategory it was filed under."""

    before: Code
    emergency: bool
    """By what it is now, somebody may be in danger."""


class CaseDeclined(CaseEvent):
    """Not taken on, with reason and the next address."""

    reason: Code
    next_address: Code


class CaseJoined(CaseEvent):
    """Handled with a lead case from now on (并案); it keeps its own reference."""

    lead_case_id: UUID


class CaseGivenBack(CaseEvent):
    """Its complainant did not agree to what was agreed for the group: their own matter goes on, by the same month."""

    mediation_until: date


class CaseSeparated(CaseEvent):
    """Handled on its own again, after it was joined to a lead case; it waits for the coordinator."""


class LeadsNamed(CaseEvent):
    """`to` speak for those who complain together; where nobody was named, for each speaks nobody but they."""

    to: tuple[UUID, ...]


class LeadStoodDown(CaseEvent):
    """Somebody who spoke for those who complain together took their own complaint out, and is no party any more."""

    left_id: UUID


class SpeakersDrawn(CaseEvent):
    """By lot, of those who complain together: the first `seats` of them in this `order` speak at the session."""

    order: tuple[UUID, ...]
    seats: int


class GroupNews(CaseEvent):
    """A day's news of a group case, told once to each in `to`; `until` is the day by which their word is asked."""

    until: date | None = None
    to: tuple[UUID, ...]


class NoticeServed(CaseEvent):
    """The notice reached the respondent (送达); the answer clock runs to `answer_until`."""

    answer_until: date


class CaseAnswered(CaseEvent):
    """The respondent answered, or stayed silent until the deadline."""

    kind: Literal["agree", "propose", "dispute", "counter_claim", "add_party", "silent"]


class PartyAdded(CaseEvent):
    """Somebody else is a party from now on; `to` is them. `succeeds`: in the place of one who left."""

    side: Literal["complainant", "respondent"]
    to: tuple[UUID, ...] = ()
    succeeds: bool = False


class PartyLeft(CaseEvent):
    """A party's occupancy (占用期) has ended, or they died; `to` are those asked what is to become of the matter."""

    side: Literal["complainant", "respondent"]
    left_id: UUID
    why: Literal["moved", "died"]
    to: tuple[UUID, ...] = ()


class LeavingSpoken(CaseEvent):
    """Somebody who left has said what they wish of the matter, or left a statement. `by`: they are asked no more."""

    wish: Literal["close", "leave_to_flat"] | None = None
    by: tuple[UUID, ...] = ()


class PartyInvited(CaseEvent):
    """Whoever came after a party that left is asked whether it concerns them; `to` is them, and they are no party."""

    side: Literal["complainant", "respondent"]
    to: tuple[UUID, ...] = ()


class InvitationAnswered(CaseEvent):
    """It concerns them, and they joined; or it does not. `by`: they are asked no more."""

    side: Literal["complainant", "respondent"]
    affected: bool
    by: tuple[UUID, ...] = ()


class PartyServed(CaseEvent):
    """The notice reached a party who was added; their own days run to `answer_until`."""

    answer_until: date
    to: tuple[UUID, ...] = ()


class PartyAnswered(CaseEvent):
    """A party who was added has answered for themselves."""

    kind: Literal["agree", "propose", "dispute", "counter_claim", "add_party"]


class MediationDeclined(CaseEvent):
    """The respondent does not want mediation; the case goes on with what lies with an authority."""


class CaseRouted(CaseEvent):
    """The coordinator chose the path on which the matter is deliberated."""

    path: Literal["direct", "mediation", "topic"]
    identity: Literal["named", "hidden", "anonymous"]
    place_id: UUID | None = None
    minor: bool = False
    """About a child under 14: closed sessions alone."""
    conflict_id: UUID | None = None
    """What the cases share that were filed beside one another: their mediations may be held in one session."""
    represented: tuple[UUID, ...] = ()
    """For whom a party acts who lives with them: no mediator may be near to these either."""


class OralPromise(BaseModel):
    """Which side said it would do something by when; what, is not told here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    commitment_id: UUID
    owner_side: Side
    due_on: date


class OralAgreementStated(CaseEvent):
    """All was agreed on the spot and is entered afterwards by `captain_id`, for `spoken_for` who has no account.

    It waits for the mediator who was there: once they have recorded its words, it is in force from `agreed_at`.
    """

    mediation_id: UUID
    agreement_id: UUID
    mediator_id: UUID
    captain_id: UUID
    spoken_for: UUID
    place_id: UUID | None = None
    talked_at: datetime
    agreed_at: datetime
    promises: tuple[OralPromise, ...]


class CaseReferred(CaseEvent):
    """Handed to an authority; the mediation clock stands still (中止计时)."""

    authority: Code
    reply_until: date
    referral_id: UUID | None = None
    part: Literal["unlawful", "all"] = "all"
    to: tuple[UUID, ...] = ()
    """The authority's officers, where they are members."""


class CaseReturned(CaseEvent):
    """Back from the authority; the clock goes on."""

    authority: Code
    result: Code
    referral_id: UUID | None = None


class ReferralReceived(CaseEvent):
    """The authority confirmed that it has it (签收)."""

    referral_id: UUID
    authority: Code


class ReferralChased(CaseEvent):
    """An authority that has not confirmed, or not answered, is asked again (催办)."""

    referral_id: UUID
    authority: Code
    reason: Literal["no_receipt", "no_reply"]
    times: int
    reply_until: date
    to: tuple[UUID, ...]


class MessageSent(CaseEvent):
    """A message waits for the sides named in `to`; its words stay in the service."""

    sender_role: Code
    to: tuple[UUID, ...]


class OccurrenceLogged(CaseEvent):
    """It happened again."""


class CaseWithdrawn(CaseEvent):
    """The complainant stopped; not the same as solved."""


class SurveyRequested(CaseEvent):
    """Everything promised is confirmed; this party is asked how it went, by a personal link."""

    survey_id: UUID
    member_id: UUID
    closes_on: date


class SurveyAwaited(CaseEvent):
    """This party has not said how it went; the survey closes soon."""

    survey_id: UUID
    member_id: UUID
    closes_on: date


class SurveyAnswered(CaseEvent):
    """One side said whether it is solved."""

    side: Side
    solved: bool


class CaseClosed(CaseEvent):
    """Result, supervision and survey are done (结案)."""

    outcome: Literal["solved", "unsolved", "declined", "withdrawn", "ended_without_agreement"]
    reopen_until: date
    hazard_removed: bool = False
    """Mediation was refused, and an authority removed the hazard: nobody's failure."""


class CaseReopened(CaseEvent):
    """Taken up again within the time for it, with a reason."""


class ClockMissed(CaseEvent):
    """A day named to the parties passed without the step it was named for."""

    clock: Code


class EvidenceAdded(CaseEvent):
    """Something was laid before the case; those named in `to` are to look at it before the other side may."""

    evidence_id: UUID
    kind: Code
    to: tuple[UUID, ...]


class SettlementToAnswer(CaseEvent):
    """One side called it settled; those named in `to`, of the other, are to read its words and agree or not."""

    to: tuple[UUID, ...]


class SettlementReached(CaseEvent):
    """Both sides signed what they settled without a mediator; what each promised is followed from now on."""


class EvidenceReleased(CaseEvent):
    """The members named in `to` may see it from here."""

    evidence_id: UUID
    kind: Code
    to: tuple[UUID, ...]


class TakedownAsked(CaseEvent):
    """Those named in `to` are to take down at once what they posted of a child."""

    to: tuple[UUID, ...]


class TakenDown(CaseEvent):
    """They say that they have."""


class ClockWarned(CaseEvent):
    """A last day comes near; `to` are those whose step it waits for."""

    clock: Code
    until: date
    to: tuple[UUID, ...]


class CaseEscalated(CaseEvent):
    """A day has passed and still nothing happened: the next one is called in (逐级提请)."""

    step: Literal["captain", "committee", "mediator", "court_station"]
    clock: Code
    to: tuple[UUID, ...]


class ExtensionAsked(CaseEvent):
    """Every party is asked for more time; the day told before holds until all have agreed."""

    until: date


class WordAwaited(CaseEvent):
    """`to` have not answered the complaint, or not said whether what was pledged is done; its last day is near."""

    word: Literal["answer", "confirmation"]
    to: tuple[UUID, ...]
    until: date


class WordSettled(CaseEvent):
    """`to` owe no more what they were asked or reminded of: they said it, or it is overtaken. What they said is not
    told.
    """

    word: Literal["answer", "confirmation", "extension", "survey"]
    to: tuple[UUID, ...]


class ExtensionAwaited(CaseEvent):
    """`to` have not said whether they agree to a longer month; one no, and silence, leaves the day as it was."""

    until: date
    to: tuple[UUID, ...]


class ExtensionDeclined(CaseEvent):
    """One party does not agree to a longer month; the day stays as it was."""


class MonthExtended(CaseEvent):
    """All parties agreed to a longer month."""

    mediation_until: date


class CaseConcluded(CaseEvent):
    """What was settled directly, as a topic or by a voluntary pledge has come to its end."""

    result: Literal["settled", "no_agreement", "adopted"]
    to_be_visited: bool = False
    """Whether its return visits come before anybody is asked how it went."""


class PledgeOffered(CaseEvent):
    """Where there is no mediation, a respondent offers to do something by themselves (自愿承诺)."""

    pledge_id: UUID
    due_on: date


class PledgeAnswered(CaseEvent):
    """The complainant wants it or does not; `to` is who offered it. It is no agreement."""

    pledge_id: UUID
    wanted: bool
    due_on: date
    to: tuple[UUID, ...]
    to_be_brought: bool = False
    """Whoever offered it has no account: somebody has to bring them word."""


class PledgeProven(CaseEvent):
    """Whoever pledged it says that it is done; the complainant confirms or disputes it by `confirm_until`."""

    pledge_id: UUID
    confirm_until: date
    settlement_of: Literal["neither", "complainant", "respondent"] = "neither"
    """Whose promise it is, of what both sides settled: the other side confirms it. Else it is a voluntary pledge."""


class PledgeConfirmed(CaseEvent):
    """The complainant says that it is done; `to` is who pledged it."""

    pledge_id: UUID
    to: tuple[UUID, ...]
    settlement_of: Literal["neither", "complainant", "respondent"] = "neither"


class PledgeDisputed(CaseEvent):
    """The complainant says that it is not done; `to` is who pledged it."""

    pledge_id: UUID
    to: tuple[UUID, ...]
    settlement_of: Literal["neither", "complainant", "respondent"] = "neither"


class PledgeMissed(CaseEvent):
    """Its day passed and nobody said that it is done: a fact, told to both; `to` is who pledged it."""

    pledge_id: UUID
    due_on: date
    to: tuple[UUID, ...]
    settlement_of: Literal["neither", "complainant", "respondent"] = "neither"


class ServiceOffered(CaseEvent):
    """Something of the service list (服务项目清单) is offered; `to` is who may take or leave it."""

    offer_id: UUID
    to: tuple[UUID, ...]


class ServiceTaken(CaseEvent):
    """What was offered is taken: somebody has to see to it. Nothing is told where it is left."""

    offer_id: UUID


class ReturnVisitDue(CaseEvent):
    """The day of a return visit (回访) has come; `to` are those who may make it."""

    visit_id: UUID
    due_on: date
    to: tuple[UUID, ...]


class ReturnVisited(CaseEvent):
    """Somebody went and looked whether it lasts."""

    visit_id: UUID
    lasting: bool


class ErasureWeighed(erasure.Weighed):
    """What stands here against a person's erasure."""

    TOPIC: ClassVar[str] = topics.COMPLAINTS


class PersonErased(erasure.Done):
    """What of a person is gone here, and what stays."""

    TOPIC: ClassVar[str] = topics.COMPLAINTS
