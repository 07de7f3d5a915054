"""The pages, one module for each area."""

from fastapi import APIRouter

from services.portal.door import PageRoute
from services.portal.pages import cases, common, filing, inbox, mediations, problems, sign_in, steps, survey

router = APIRouter(route_class=PageRoute, include_in_schema=False)
for area in (sign_in, filing, cases, mediations, steps, inbox, survey, problems, common):
    router.include_router(area.router)
