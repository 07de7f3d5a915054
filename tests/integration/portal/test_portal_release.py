"""A promise is released by personal link, without signing in."""

from __future__ import annotations

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import REFERENCE

TOKEN = "00000000000040008000000000000017.abc"
ASKED = f"/mediation/v1/releases/{TOKEN}"
PROMISE = {"reference": REFERENCE, "what": "装净化器", "measure": "照片", "due_on": "2026-07-10"}


async def test_whoever_holds_the_link_says_yes_once(portal: Portal) -> None:
    # given
    portal.services.says(f"GET {ASKED}", PROMISE | {"released": False})
    portal.services.says(f"POST {ASKED}", PROMISE | {"released": True})
    shown = await portal.browser.open(f"/release/{TOKEN}")
    assert "装净化器" in shown.text
    # when
    done = await portal.browser.send(shown, f"/release/{TOKEN}")
    # then
    assert done.goes_to == f"/release/{TOKEN}"
    portal.services.says(f"GET {ASKED}", PROMISE | {"released": True})
    after = await portal.browser.open(f"/release/{TOKEN}")
    assert not after.has_form(f"/release/{TOKEN}")
    assert "Noted" in after.text
