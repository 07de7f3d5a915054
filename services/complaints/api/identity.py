"""Who would see what, said before anything is sent: made from the policy's tables, so that it cannot say otherwise."""

from __future__ import annotations

from typing import Literal, get_args

from fastapi import APIRouter
from pydantic import BaseModel

from services.complaints import policy
from services.complaints.answers import Choice
from services.complaints.sentences import TEXTS, word
from services.complaints.terms import Identity, Role
from shared.access.door import CurrentLanguage
from shared.texts import Language

router = APIRouter()

READERS: tuple[Role, ...] = ("respondent", "building_captain", "mediator", "coordinator")
Name = Literal["shown", "with_reason", "never"]


class Reader(BaseModel):
    """What one role sees of the case, and whether it learns the name."""

    role: Choice
    name: Name
    name_text: str
    sees: list[Choice]
    does_not_see: list[Choice]


class IdentityChoice(Choice):
    """One way to complain, with what it means."""

    text: str
    readers: list[Reader]


class IdentityChoices(BaseModel):
    choices: list[IdentityChoice]


@router.get("/v1/identity-choices")
async def show_identity_choices(language: CurrentLanguage) -> IdentityChoices:
    """Named, hidden, anonymous: who sees what. For everybody, before a complaint is sent."""
    return IdentityChoices(choices=[_choice(identity, language) for identity in get_args(Identity)])


def _choice(identity: Identity, language: Language) -> IdentityChoice:
    return IdentityChoice(
        code=identity,
        label=word(f"identity_{identity}", language),
        text=TEXTS(f"identity_{identity}", language),
        readers=[_reader(role, identity, language) for role in READERS],
    )


def _reader(role: Role, identity: Identity, language: Language) -> Reader:
    seen = policy.fields_shown(role, concealed=identity != "named")
    name = policy.name_shown(role, identity)
    return Reader(
        role=Choice(code=role, label=word(role, language)),
        name=name,
        name_text=TEXTS(f"name_{name}", language),
        sees=[_field(field, language) for field in policy.FIELDS if field in seen],
        does_not_see=[_field(field, language) for field in policy.FIELDS if field not in seen],
    )


def _field(field: policy.Field, language: Language) -> Choice:
    return Choice(code=field, label=word(f"field_{field}", language))
