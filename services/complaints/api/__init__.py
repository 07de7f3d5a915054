"""The HTTP door: forms to commands, answers to JSON. No rules here."""

from fastapi import APIRouter

from services.complaints.api import (
    board,
    categories,
    children,
    concluding,
    emergency,
    evidence,
    figures,
    filing,
    grouping,
    identity,
    inquiries,
    leaving,
    lookups,
    minors,
    oral,
    parties,
    pledging,
    queue,
    readings,
    reads,
    referrals,
    serving,
    similar,
    slips,
    surveys,
    visiting,
    working,
    writes,
)

router = APIRouter()
for part in (
    board,
    categories,
    children,
    concluding,
    emergency,
    evidence,
    figures,
    filing,
    grouping,
    identity,
    inquiries,
    lookups,
    leaving,
    minors,
    oral,
    parties,
    pledging,
    serving,
    similar,
    slips,
    writes,
    queue,
    readings,
    reads,
    referrals,
    surveys,
    visiting,
    working,
):
    router.include_router(part.router)

__all__ = ["router"]
