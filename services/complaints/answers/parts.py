"""What else a case's page is put together of."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.similar import OtherMatter
from services.complaints.terms import Role, Stage, Status


class RefiledView(BaseModel):
    """A matter that was withdrawn and comes back: days from filing to filing, and since the withdrawal."""

    days: int
    days_since_withdrawal: int


class PoliceReportView(BaseModel):
    """What the police were told of, when, and under which number of theirs."""

    at: datetime
    what: str
    reference: str | None


class PoliceView(BaseModel):
    """What was reported; and the words in the matter that could be about violence or a crime."""

    reports: list[PoliceReportView]
    words: list[str]


class SeenOnSite(BaseModel):
    """What somebody found on the spot, and who was there."""

    at: datetime
    by: Role
    present: str
    found: str
    done: str


class ResultView(BaseModel):
    """What came of it, in words for everybody concerned."""

    on: date
    text: str


class MediationView(BaseModel):
    """How far the mediation is; the mediation service has the rest."""

    id: UUID
    status: str


class Route(BaseModel):
    """A way that stays open whatever happens here (People's Mediation Law art. 3)."""

    code: str
    text: str


class RelatedCase(BaseModel):
    """Where another case stands that this one belongs to; `id` where the reader may open it."""

    reference: str
    stage: Stage
    status: Status
    id: UUID | None = None
    due: date | None = None


class JoinedCase(RelatedCase):
    """A case handled with a lead, as the coordinator sees it."""

    other_matters: list[OtherMatter]
