"""Who keeps the register, and what the alliance says of itself."""

from __future__ import annotations

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, MA
from tests.support.tokens import ALLIANCE


@pytest.mark.parametrize(
    "path",
    [
        "/alliance/categories",
        "/alliance",
        "/alliance/places",
        "/alliance/places/import",
        f"/alliance/places/{BAR}",
        "/alliance/members",
        f"/alliance/members/{MA}",
        "/alliance/rules",
        "/alliance/calendar",
        "/alliance/wordings",
        "/alliance/wordings/case_answered/en",
    ],
)
async def test_nobody_else_keeps_the_register(portal: Portal, path: str) -> None:
    await portal.sign_in("resident")
    shown = await portal.browser.open(path)
    assert shown.status == 404
    assert path not in {found.get("href") for _, found in shown.tags}


async def test_the_alliance_is_renamed_and_says_how_it_is_reached(portal: Portal) -> None:
    await portal.sign_in("operator")
    kept = {"id": str(ALLIANCE), "name": "山北", "contact": None, "blocks": []}
    portal.services.says(f"GET /alliance/v1/alliances/{ALLIANCE}", kept)
    renamed = f"PUT /alliance/v1/alliances/{ALLIANCE}"
    wrong = [{"pointer": "/contact", "code": "too_long", "detail": "At most 120 characters."}]
    portal.services.refuses(renamed, 422, "invalid", "Please look again.", errors=wrong)
    shown = await portal.browser.open("/alliance")

    told = {"name": "山北商居联盟", "contact": "居委会一楼"}
    again = await portal.browser.send(shown, "/alliance/rename", **told)
    assert "How it is reached – At most 120 characters." in again.text
    assert again.form("/alliance/rename").fields["name"] == [told["name"]]
    portal.services.is_away("alliance")
    again = await portal.browser.send(again, "/alliance/rename", **told | {"contact": ""})
    fields = again.form("/alliance/rename").fields
    assert (again.status, fields["name"], fields["contact"]) == (503, [told["name"]], [""])
    portal.services.says(renamed, kept | told)
    done = await portal.browser.send(again, "/alliance/rename", **told)

    assert done.goes_to == "/alliance"
    assert portal.services.times(renamed)[-1].json == told
