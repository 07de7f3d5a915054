"""The pages, one module for each area."""

from fastapi import APIRouter

from services.portal.door import PageRoute
from services.portal.pages import (
    board,
    by_hand,
    carrying,
    cases,
    common,
    deciding,
    desks,
    events,
    filing,
    inbox,
    me,
    mediations,
    mediators,
    oral,
    papers,
    preferences,
    printing,
    problems,
    queue,
    release,
    sign_in,
    steps,
    survey,
)

router = APIRouter(route_class=PageRoute, include_in_schema=False)
for area in (
    sign_in,
    board,
    filing,
    carrying,
    deciding,
    queue,
    cases,
    mediations,
    mediators,
    steps,
    desks,
    events,
    inbox,
    by_hand,
    preferences,
    survey,
    release,
    me,
    papers,
    oral,
    printing,
    problems,
    common,
):
    router.include_router(area.router)
