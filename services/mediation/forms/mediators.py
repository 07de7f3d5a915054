"""Who is asked to lead and what they declare, and what a mediator says of themselves."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from services.mediation.decisions.profile import Profile, Topic, Training
from services.mediation.forms.fields import FormModel, Languages, MaybeWords
from services.mediation.state import Relation


class NominateForm(FormModel):
    mediator_id: UUID | None = None


class TakeForm(FormModel):
    """`relation`: what the mediator is to any of the parties."""

    relation: Relation = "none"


class StopForm(FormModel):
    """`note` is for the committee alone."""

    note: MaybeWords = ""


TrainingCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class TrainingForm(FormModel):
    code: TrainingCode
    on: date


Known = Annotated[list[UUID], Field(max_length=200)]


class ProfileForm(FormModel):
    """What a mediator says of themselves; without `limit` the alliance's rule counts."""

    languages: Languages = Field(default=[])
    topics: Annotated[list[Topic], Field(max_length=4)] = Field(default=[])
    training: Annotated[list[TrainingForm], Field(max_length=50)] = Field(default=[])
    limit: Annotated[int, Field(ge=0, le=50)] | None = None
    members: Known = Field(default=[])
    places: Known = Field(default=[])

    def profile(self) -> Profile:
        return Profile(
            languages=tuple(self.languages),
            topics=tuple(self.topics),
            training=tuple(Training(one.code, one.on) for one in self.training),
            limit=self.limit,
            members=tuple(self.members),
            places=tuple(self.places),
        )

    @classmethod
    def of(cls, profile: Profile) -> ProfileForm:
        return cls(
            languages=list(profile.languages),
            topics=list(profile.topics),
            training=[TrainingForm(code=one.code, on=one.on) for one in profile.training],
            limit=profile.limit,
            members=list(profile.members),
            places=list(profile.places),
        )
