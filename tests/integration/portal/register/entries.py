"""What stands in the register that the tests keep: a bar, its keeper and two rules."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import BAR, BLOCK, BUILDING, MA

STAY = UUID("00000000-0000-4000-8000-00000000057a")


A_BAR = {
    "id": str(BAR),
    "kind": "shop",
    "name": "山北路116号 夜猫小酒馆",
    "block_id": str(BLOCK),
    "building_id": str(BUILDING),
    "parent_id": str(BUILDING),
    "trade": "bar",
    "adjacent": [{"place_id": str(BUILDING), "name": "118弄3号", "kind": "above", "distance_m": 0}],
}


A_BUILDING = {"id": str(BUILDING), "kind": "building", "name": "118弄3号", "building_id": str(BUILDING)}


A_BLOCK = {"id": str(BLOCK), "kind": "block", "name": "118弄", "block_id": str(BLOCK)}


HERE = {
    "member_id": str(MA),
    "display_name": "马腾",
    "kind": "trades",
    "from_day": "2024-03-01",
    "occupancy_id": str(STAY),
}


MA_TENG: dict[str, Any] = {
    "id": str(MA),
    "display_name": "马腾",
    "language": "zh-CN",
    "email": "ma@shanbei.example",
    "phone": None,
    "grants": [{"role": "merchant", "place_id": None}],
    "occupancies": [
        {
            "id": str(STAY),
            "place_id": str(BAR),
            "place_name": "山北路116号",
            "kind": "trades",
            "from_day": "2024-03-01",
        }
    ],
}


RULE = {
    "rule_id": "triage",
    "value": 2,
    "unit": "working_days",
    "source": "alliance setting",
    "effective_from": "2020-07-21",
    "certainty": "L",
    "settable": True,
}


LAW = RULE | {"rule_id": "mediation", "value": 1, "unit": "months", "certainty": "H", "settable": False}


def asked(portal: Portal, what: str) -> dict[str, list[str]]:
    return parse_qs(portal.services.times(what)[-1].query)
