"""What the played services know: one resident, one bar, one case."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from tests.integration.portal.double import Double
from tests.support.tokens import an_actor, token_for

LIN = UUID("00000000-0000-4000-8000-000000000001")
MA = UUID("00000000-0000-4000-8000-000000000002")
BUILDING = UUID("00000000-0000-4000-8000-00000000000b")
BLOCK = UUID("00000000-0000-4000-8000-00000000000a")
BAR = UUID("00000000-0000-4000-8000-00000000000c")
CASE = UUID("00000000-0000-4000-8000-0000000000ca")
MEDIATION = UUID("00000000-0000-4000-8000-0000000000ed")
AGREEMENT = UUID("00000000-0000-4000-8000-0000000000a9")
COMMITMENT = UUID("00000000-0000-4000-8000-0000000000c0")
NOTICE = UUID("00000000-0000-4000-8000-000000000017")
REFERENCE = "SJ-7K3M-9QX4-C"

PAGE = f"/cases/{CASE}"
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
THE_MEDIATION = f"GET /mediation/v1/mediations/{MEDIATION}"


def step(name: str) -> str:
    return f"{PAGE}/steps/{name}"


def granted(*roles: str, now: datetime, lifetime_seconds: int = 600) -> dict[str, Any]:
    token = token_for(an_actor(*roles, member_id=LIN), now=now, lifetime_seconds=lifetime_seconds)
    return {
        "access_token": token,
        "refresh_token": f"refresh-{uuid4()}",
        "token_type": "Bearer",
        "expires_in": lifetime_seconds,
        "member_id": str(LIN),
    }


def a_receipt(**more: Any) -> dict[str, Any]:
    said = {
        "id": str(CASE),
        "reference": REFERENCE,
        "stage": "hear",
        "status": "filed",
        "clock": {"name": "triage", "until": "2026-03-16"},
        "due": "2026-03-16",
        "next": "The coordinator checks it by 16 March.",
        "possible": [],
        "emergency": None,
    }
    return said | more


WHO_SEES_A_HIDDEN_NAME = {
    "code": "hidden",
    "label": "Hidden from the other side",
    "readers": [
        {
            "role": {"code": "respondent", "label": "the respondent"},
            "name": "never",
            "name_text": "never learns your name",
            "sees": [{"code": "summary", "label": "the coordinator's summary"}],
            "does_not_see": [{"code": "words", "label": "your own words"}],
        }
    ],
}


def a_case(*possible: str, **more: Any) -> dict[str, Any]:
    case = {
        "id": str(CASE),
        "reference": REFERENCE,
        "role_in_case": "complainant",
        "stage": "hear",
        "status": "filed",
        "category": "noise",
        "subcategory": "bar_music",
        "place_id": str(BAR),
        "place_text": None,
        "description": "低音炮<script>alert(1)</script>",
        "shared_summary": None,
        "identity": "hidden",
        "parties": [
            {"side": "complainant", "label": "住户甲", "member_id": str(LIN)},
            {"side": "respondent", "label": "商户甲", "member_id": str(MA)},
        ],
        "clocks": [{"name": "triage", "until": "2026-03-16", "state": "running"}],
        "due": "2026-03-16",
        "answer": None,
        "filed_on": "2026-03-12",
        "filed_on_is_half_month": False,
        "next": "The coordinator checks it.",
        "possible": list(possible),
        "other_routes": [{"code": "court", "text": "The people's court"}],
        "mediation": None,
        "referred_to": None,
        "surveys": [],
        "lead": None,
    }
    return case | more


def a_mediation(*possible: str, **more: Any) -> dict[str, Any]:
    mediation = {
        "id": str(MEDIATION),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "status": "awaiting_consent",
        "parties": [{"side": "complainant", "label": "住户甲", "member_id": str(LIN), "consented": False}],
        "mediator_id": None,
        "proposed_id": None,
        "slots": [],
        "session": None,
        "minutes": [],
        "agreement": None,
        "rights": ["You may refuse or stop at any time."],
        "other_routes": ["The people's court"],
        "due": None,
        "next": "Say whether you agree to mediation.",
        "possible": list(possible),
    }
    return mediation | more


def a_settlement(**said: Any) -> dict[str, Any]:
    """What the shop wrote, for the other side to agree to."""
    words = {"by": "respondent", "said_on": "2026-03-13", "words_hash": "ab" * 32, "by_code": True, **said}
    return {"words": [words], "to_agree_to": "ab" * 32, "lacks": ["Still missing: your word."]}


def an_agreement(**more: Any) -> dict[str, Any]:
    agreement = {
        "id": str(AGREEMENT),
        "form": "written",
        "facts": "",
        "terms": "后门夜里关上",
        "content_hash": "ab" * 32,
        "warnings": [],
        "commitments": [
            {
                "id": str(COMMITMENT),
                "owner_side": "respondent",
                "what": "后门22点关",
                "measure": "门上有告示",
                "due_on": "2026-03-25",
                "status": "open",
                "overdue": False,
                "proof": None,
                "dispute": None,
            }
        ],
        "signatures": [],
        "effective_on": None,
        "court": None,
    }
    return agreement | more


def a_notice(**more: Any) -> dict[str, Any]:
    notice = {
        "id": str(NOTICE),
        "kind": "case_received",
        "case_id": str(CASE),
        "reference": REFERENCE,
        "title": "We have your matter",
        "body": "The coordinator checks it.",
        "link": f"http://127.0.0.1:8000/cases/{CASE}",
        "created_at": "2026-03-12T15:52:00Z",
        "read_at": None,
    }
    return notice | more


def describe_town(services: Double) -> None:
    services.says("POST /alliance/v1/sign-in/codes", {"expires_in_seconds": 600}, 202)
    services.says(
        "GET /alliance/v1/me", {"id": str(LIN), "display_name": "林佩珍", "grants": [], "language": "zh-CN"}
    )
    services.says("POST /alliance/v1/me/signing-codes", {"expires_in_seconds": 300}, 202)
    services.says("POST /alliance/v1/me/signing-proofs", {"proof": "meant", "expires_in_seconds": 600})
    services.says("GET /alliance/v1/me/carried-help", {"items": []})
    services.says("POST /alliance/v1/sign-out", None, 200)
    services.says("GET /alliance/v1/places", {"items": [_building(), _bar()], "next_cursor": None})
    services.says(f"GET /alliance/v1/places/{BAR}", _bar())
    services.says("GET /alliance/v1/members", {"items": [], "next_cursor": None})
    services.says("GET /complaints/v1/categories", CHOICES)
    services.says("GET /complaints/v1/identity-choices", {"choices": [WHO_SEES_A_HIDDEN_NAME]})
    services.says("POST /complaints/v1/cases", a_receipt(), 201)
    services.says("GET /complaints/v1/cases", {"items": [], "next_cursor": None})
    services.says(f"GET /complaints/v1/cases/{CASE}", a_case())
    services.says(f"GET /complaints/v1/cases/{CASE}/history", {"items": [HISTORY]})
    services.says(f"GET /complaints/v1/cases/{CASE}/messages", {"items": []})
    services.says("GET /mediation/v1/days", {"items": []})
    services.says("GET /mediation/v1/mediations", {"items": [], "next_cursor": None})
    services.says("GET /notifications/v1/push", {"key": None, "devices": []})
    services.says("GET /notifications/v1/inbox", {"items": [], "unread": 0, "next_cursor": None})
    services.says("GET /notifications/v1/preferences", PREFERENCES)


PREFERENCES = {
    "language": "zh-CN",
    "mail": True,
    "mails": {"my_turn": "at_once", "progress": "at_once", "messages": "at_once", "desk": "at_once"},
    "large_type": False,
}
HISTORY = {
    "version": 1,
    "at": "2026-03-12T15:52:00Z",
    "type": "case_filed",
    "text": "The complaint was received.",
    "actor_role": "complainant",
}
QUESTIONS = [
    {"code": "since_when", "label": "Since when", "type": "text"},
    {
        "code": "days",
        "label": "On which days",
        "type": "choice",
        "multiple": True,
        "options": [{"code": "friday", "label": "Friday"}, {"code": "saturday", "label": "Saturday"}],
    },
    {"code": "hours", "label": "Usually from when to when", "type": "time_range"},
    {"code": "reading_db", "label": "Measured level", "type": "number", "unit": "dB(A)"},
    {"code": "talked_to", "label": "Did you already talk to the other side", "type": "bool"},
]
FIRE = {
    "code": "fire_safety",
    "label": "Fire safety",
    "subcategories": [
        {"code": "gas_cylinder_indoor", "label": "Gas", "emergency": "always", "call": ["119", "110", "120"]}
    ],
}
CHOICES = {
    "categories": [
        FIRE,
        {
            "code": "noise",
            "label": "Noise",
            "subcategories": [
                {
                    "code": "bar_music",
                    "label": "Bar music, bass",
                    "questions": QUESTIONS,
                    "evidence": [{"code": "audio", "label": "Sound recording"}],
                },
                {
                    "code": "fixed_equipment",
                    "label": "Cold room, fan",
                    "emergency": "always",
                    "call": ["119"],
                },
            ],
        },
        {
            "code": "sanitation",
            "label": "Sanitation",
            "subcategories": [
                {
                    "code": "falling_objects",
                    "label": "Objects thrown from above",
                    "doer": "unknown",
                    "then": "authority",
                    "authorities": [{"code": "police", "label": "Police"}],
                },
            ],
        },
    ],
    "authorities": [{"code": "police", "label": "Police"}],
    "decline_reasons": [{"code": "outside_the_area", "label": "Outside the area"}],
    "referral_results": [{"code": "remedied", "label": "Put right"}],
}


def _building() -> dict[str, Any]:
    return {
        "id": str(BUILDING),
        "kind": "building",
        "name": "118弄3号",
        "block_id": str(BLOCK),
        "building_id": str(BUILDING),
    }


def _bar() -> dict[str, Any]:
    return {
        "id": str(BAR),
        "kind": "shop",
        "name": "山北路116号 夜猫小酒馆",
        "block_id": str(BLOCK),
        "building_id": str(BUILDING),
    }
