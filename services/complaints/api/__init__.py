"""The HTTP door: forms to commands, answers to JSON. No rules here."""

from fastapi import APIRouter

from services.complaints.api import filing, reads, surveys, writes

router = APIRouter()
for part in (filing, writes, reads, surveys):
    router.include_router(part.router)

__all__ = ["router"]
