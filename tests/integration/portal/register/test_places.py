"""The files of places: what is there, who is there, and what is changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.portal.conftest import Portal
from tests.integration.portal.register.entries import A_BAR, A_BLOCK, asked
from tests.integration.portal.town import BAR, BLOCK, BUILDING


class TestPlaces:
    async def test_a_file_shows_what_it_is_what_is_beside_it_and_who_is_there(self, office: Portal) -> None:
        shown = await office.browser.open(f"/alliance/places/{BAR}")
        for words in ("夜猫小酒馆", "马腾", "118弄3号", "above it", "since"):
            assert words in shown.text, words
        await office.browser.open(f"/alliance/places/{BAR}?on=2025-01-01")
        assert asked(office, f"GET /alliance/v1/places/{BAR}/occupants") == {"on": ["2025-01-01"]}

    @pytest.mark.parametrize(
        ("act", "typed", "path", "sent"),
        [
            (
                "change",
                {"name": "山北路116号 面馆", "trade": "noodles"},
                f"/v1/places/{BAR}/change",
                {"name": "山北路116号 面馆", "trade": "noodles"},
            ),
            (
                "adjacent",
                {"other": str(BUILDING), "lies": "behind", "distance_m": "4"},
                f"/v1/places/{BAR}/adjacent",
                {"place_id": str(BUILDING), "kind": "behind", "distance_m": 4.0},
            ),
        ],
    )
    async def test_what_is_changed_is_one_command(
        self, office: Portal, act: str, typed: dict[str, str], path: str, sent: dict[str, Any]
    ) -> None:
        office.services.says(f"POST /alliance{path}", A_BAR)
        shown = await office.browser.open(f"/alliance/places/{BAR}")
        done = await office.browser.send(shown, f"/alliance/places/{BAR}/{act}", **typed)
        assert done.goes_to == f"/alliance/places/{BAR}"
        assert office.services.times(f"POST /alliance{path}")[0].json == sent
        assert "Kept." in (await office.browser.follow(done)).text

    async def test_the_administrator_sees_that_a_noise_class_is_missing_but_does_not_enter_it(
        self, office: Portal
    ) -> None:
        shown = await office.browser.open(f"/alliance/places/{BLOCK}")
        assert "Not confirmed" in shown.text
        assert f"/alliance/places/{BLOCK}/zone" not in shown.text

    async def test_the_noise_class_of_a_block_is_entered_by_the_coordinator_and_shown(
        self, portal: Portal
    ) -> None:
        page, address = f"/alliance/places/{BLOCK}", f"/complaints/v1/blocks/{BLOCK}/zone-class"
        known = {"block_id": str(BLOCK), "zone_class": "2", "source": "区划图 2024"}
        portal.services.says(f"GET /alliance/v1/places/{BLOCK}", A_BLOCK)
        portal.services.says(f"GET /alliance/v1/places/{BLOCK}/occupants", {"on": "2026-03-12", "items": []})
        portal.services.says(f"PUT {address}", known)
        await portal.sign_in("coordinator")

        shown = await portal.browser.open(page)
        empty = await portal.browser.send(shown, f"{page}/zone", zone_class="2", source="")
        assert empty.status == 422
        done = await portal.browser.send(shown, f"{page}/zone", zone_class="2", source="区划图 2024")

        [put] = portal.services.times(f"PUT {address}")
        assert put.json == {"zone_class": "2", "source": "区划图 2024"}
        portal.services.says(f"GET {address}", known)
        kept = await portal.browser.follow(done)
        assert "Kept." in kept.text
        assert "Read from: 区划图 2024" in kept.text

    async def test_only_a_block_has_a_noise_class(self, office: Portal) -> None:
        shown = await office.browser.open(f"/alliance/places/{BUILDING}")
        assert "Noise class" not in shown.text

    async def test_a_flat_is_added_to_its_building(self, office: Portal) -> None:
        office.services.says("POST /alliance/v1/places", A_BAR, 201)
        shown = await office.browser.open(f"/alliance/places/{BUILDING}")
        action = f"/alliance/places/{BUILDING}/add"
        await office.browser.send(shown, action, kind="unit", name="118弄3号701")
        sent = {"kind": "unit", "name": "118弄3号701", "parent_id": str(BUILDING)}
        assert office.services.times("POST /alliance/v1/places")[0].json == sent

    async def test_what_the_register_refuses_is_said_in_the_form_that_was_sent(self, office: Portal) -> None:
        errors = [{"pointer": "/name", "detail": "Too long."}]
        path = f"POST /alliance/v1/places/{BAR}/change"
        office.services.refuses(path, 422, "invalid_request", "Look at the fields.", errors=errors)
        shown = await office.browser.open(f"/alliance/places/{BAR}")
        again = await office.browser.send(shown, f"/alliance/places/{BAR}/change", name="长" * 80)
        assert again.status == 422
        assert "Too long." in again.text

    async def test_places_are_found_by_words_and_kind(self, office: Portal) -> None:
        shown = await office.browser.open("/alliance/places?q=116&kind=shop")
        assert "夜猫小酒馆" in shown.text
        assert asked(office, "GET /alliance/v1/places") == {"q": ["116"], "kind": ["shop"]}
