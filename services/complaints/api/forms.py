"""What callers may send, and nothing else: every text has a length, and no field is passed over in silence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
)

from services.complaints.categories import catalogue
from services.complaints.terms import (
    AnswerKind,
    Audience,
    Channel,
    ConsentHow,
    DeclineReason,
    HelpRelation,
    Identity,
    Paper,
    Path,
    ReferralPart,
    ReferralResult,
    Tier,
    WithdrawReason,
)


def _without_nul(text: str) -> str:
    """PostgreSQL cannot keep it, and no keyboard sends it."""
    if "\0" in text:
        raise ValueError("nul")
    return text


def _known_authority(code: str) -> str:
    if code not in catalogue().authorities:
        raise ValueError("unknown authority")
    return code


def _at_most(length: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=length)


_Plain = AfterValidator(_without_nul)
Code = Annotated[str, _at_most(64), _Plain]
Note = Annotated[str, _at_most(500), _Plain]
Summary = Annotated[str, _at_most(1000), _Plain]
Text = Annotated[str, _at_most(4000), _Plain]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=20), _Plain]
"""As somebody reads it off a paper."""
Authority = Annotated[Code, AfterValidator(_known_authority)]


class Form(BaseModel):
    """Fields we do not know are refused: a misspelt one would be lost otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True)


SourceKey = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,128}$")]


class ConsentForm(Form):
    """How and when somebody agreed that another complains for them."""

    how: ConsentHow
    at: AwareDatetime


class FilingForm(Form):
    """A complaint. A place by its id, or in words where it stands in no register.

    `details` answers the subcategory's questions, each by its code.
    `source_key` is for coordinators who take over a ledger: the same key is the same case for ever.
    """

    category: Code
    subcategory: Code
    place_id: UUID | None = None
    place_text: Note | None = None
    respondent_id: UUID | None = None
    description: Text
    occurred_at: AwareDatetime | None = None
    happening_now: StrictBool = False
    identity: Identity = "named"
    on_behalf_of: UUID | None = None
    relation: HelpRelation | None = None
    consent: ConsentForm | None = None
    channel: Channel = "web"
    source_key: SourceKey | None = None
    affected_under_14: StrictBool = False
    continues: Code | None = None
    """The reference of the own earlier case that comes back."""
    carry_over: StrictBool = False
    """Lay the own words and evidence of that case before this one too; without it nothing is taken over."""
    linked_to: Code | None = None
    """The reference of a case the caller is a party of: this one stands beside it, on clocks of its own."""
    respondent_fact: Note | None = None
    """What was seen that shows who it was; without it nobody is named where the doer is seldom seen."""
    joins: UUID | None = None
    """A case that `similar` suggested: this one is handled with it (me too)."""

    @property
    def may_come_from_a_stranger(self) -> bool:
        """Whether nobody needs to be known for it: it names no member, and keeps none."""
        names_somebody = (
            self.respondent_id
            or self.on_behalf_of
            or self.source_key
            or self.continues
            or self.linked_to
            or self.joins
        )
        return self.identity == "anonymous" and not names_somebody

    details: Annotated[dict[Code, Any], Field(max_length=60)] = Field(default_factory=dict)


class CategoryForm(Form):
    """What it is about, by its subcategory's code; the category is that one's."""

    subcategory: Code


class AcceptForm(Form):
    """`shared_summary` is what the other side will read instead of the complainant's own words.

    `words_checked`: the words named as betraying a concealed complainant, or as accusing somebody whom nobody saw,
    were looked at and stay. `respondent_fact`: what was established of the respondent named in such a matter.
    """

    shared_summary: Summary
    respondent_id: UUID | None = None
    tier: Tier = "ordinary"
    words_checked: StrictBool = False
    respondent_fact: Note | None = None


class HealthSharingForm(Form):
    shared: StrictBool


class HealthConsentForm(HealthSharingForm):
    """What the one whose health it is said themselves, how and when."""

    how: ConsentHow
    told_on: date


class DeclineForm(Form):
    reason: DeclineReason
    next_address: Authority
    note: Note | None = None


class JoinForm(Form):
    lead_case_id: UUID


class GatherForm(Form):
    """The references of what is to be handled with the case; none where they have joined it by themselves."""

    references: Annotated[tuple[Code, ...], Field(max_length=100)] = ()


class LeadsForm(Form):
    """Up to two of the group's members, by the ids that the case's page gives them."""

    members: Annotated[tuple[UUID, ...], Field(max_length=10)]


class AcceptLeadForm(Form):
    """What the others may know of whoever is to speak for them."""

    words: Note


class VolunteerForm(Form):
    """Whether one would speak at the session, if one is drawn."""

    willing: bool


class PostForm(Form):
    text: Summary


class ReleasePostForm(Form):
    """The words as they were written, or with parts taken out; as they stand where it is absent."""

    text: Summary | None = None


class SplitForm(Form):
    """The second matter of a filing; its category is the subcategory's."""

    subcategory: Code
    description: Text


class ClaimForm(Form):
    """A matter of the respondent's own (反诉); the place is the case's where none is named."""

    category: Code
    subcategory: Code
    description: Text
    place_id: UUID | None = None
    place_text: Note | None = None
    occurred_at: AwareDatetime | None = None
    respondent_fact: Note | None = None
    details: Annotated[dict[Code, Any], Field(max_length=60)] = Field(default_factory=dict)


class AnswerForm(Form):
    """`claim`, with `counter_claim`, becomes a case of its own."""

    kind: AnswerKind
    text: Text
    claim: ClaimForm | None = None


class MessageForm(Form):
    text: Text
    to: Audience


class RouteForm(Form):
    path: Path


class ReferForm(Form):
    """`documents` names what goes along, `officer_id` who is to have it where that is known.

    `papers` is what the officer reads here: the complaint's words as they stand, the records of visits on the spot;
    `evidence_ids` what they may look at as long as it lies with them.
    """

    authority: Authority
    note: Note
    part: ReferralPart = "all"
    documents: Annotated[tuple[Note, ...], Field(max_length=20)] = ()
    officer_id: UUID | None = None
    papers: Annotated[tuple[Paper, ...], Field(max_length=2)] = ()
    evidence_ids: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()


class ReceiptForm(Form):
    """Which referral, where several are out."""

    referral_id: UUID | None = None


class ReturnForm(Form):
    """`note` is for the committee, `public_note` for everybody concerned."""

    result: ReferralResult
    note: Note
    public_note: Note | None = None
    referral_id: UUID | None = None
    document_no: Code | None = None


class WithdrawForm(Form):
    """Nothing must be said; `pressured` the coordinator alone reads."""

    reason: WithdrawReason | None = None
    pressured: StrictBool | None = None
    note: Note | None = None


class ReasonForm(Form):
    reason: Note


class SurveyForm(Form):
    solved: StrictBool
    score: Annotated[int, Field(strict=True, ge=1, le=5)]
    comment: Summary | None = None
    share_comment: StrictBool = False


class ServeForm(Form):
    how: Literal["visit", "paper"]


class EmptyForm(Form):
    """Nothing to say but the step itself."""
