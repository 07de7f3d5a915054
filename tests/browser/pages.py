"""Every page of the portal: its route, who looks at it, and where it stands on the system that the browser walks.

A page that stands on no line fails `tests/unit/portal/test_pages_listed.py`. What a line in braces names is in
`lived_in.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STRANGER = "stranger"

PEOPLE: Mapping[str, str] = {
    STRANGER: "",
    "resident": "lin@shanbei.example",
    "guardian": "118-5-301@shanbei.example",
    "merchant": "ma@shanbei.example",
    "captain": "xu@shanbei.example",
    "coordinator": "zhou@shanbei.example",
    "mediator": "gu@shanbei.example",
    "court_liaison": "he@shanbei.example",
    "operator": "ops@shanbei.example",
    "volunteer": "volunteer@shanbei.example",
    "agency_officer": "officer@shanbei.example",
    "representative": "deputy@shanbei.example",
}
"""Who walks, by the role that makes their pages differ, and the contact they sign in with."""


@dataclass(frozen=True)
class Listed:
    """One page for some people; `at` says where a route with places to fill, or one of several views, stands."""

    route: str
    by: tuple[str, ...]
    at: str = ""

    @property
    def address(self) -> str:
        return self.at or self.route


PAGES = (
    Listed("/", (STRANGER, "resident")),
    Listed("/who-sees-what", (STRANGER,)),
    Listed("/problems/{code}", (STRANGER,), "/problems/not_now"),
    Listed("/events", (STRANGER,)),
    Listed("/style", (STRANGER,)),
    Listed("/board", (STRANGER,)),
    Listed("/board/{id}", ("resident",), "/board/{alliance}"),
    Listed("/covenants/{id}", (STRANGER,), "/covenants/{covenant}"),
    Listed("/sign-in", (STRANGER,)),
    Listed("/sign-in/code", (STRANGER,)),
    Listed("/follow", (STRANGER,)),
    Listed("/claim", ("resident",)),
    Listed("/survey/{token}", (STRANGER,), "/survey/{survey}"),
    Listed("/unsubscribe/{token}", (STRANGER,), "/unsubscribe/{unsubscribe}"),
    Listed("/{path:path}", (STRANGER,), "/nowhere"),
    Listed("/file", (STRANGER,)),
    Listed("/file", (STRANGER,), "/file?q=充电"),
    Listed("/file", (STRANGER,), "/file?category=fire_safety"),
    Listed("/file", (STRANGER, "resident", "captain", "volunteer"), "/file?category=noise&safe=yes"),
    Listed("/plan", ("resident",)),
    Listed("/plan/{building_id}", ("resident",), "/plan/{house}"),
    Listed("/me", ("resident", "captain")),
    Listed("/me/data", ("resident",)),
    Listed("/me/data/erase", ("resident",)),
    Listed("/erased", (STRANGER,)),
    Listed("/preferences", ("resident", "coordinator")),
    Listed("/cases", ("resident", "merchant")),
    Listed("/cases/{id}", ("resident", "merchant", "coordinator", "mediator"), "/cases/{kept}"),
    Listed("/cases/{id}", ("merchant", "coordinator", "mediator"), "/cases/{open}"),
    Listed("/cases/{id}", ("merchant",), "/cases/{asked}"),
    Listed("/cases/{id}", ("merchant",), "/cases/{to_sign}"),
    Listed("/cases/{id}/sign", ("merchant",), "/cases/{to_sign}/sign"),
    Listed("/cases/{id}/on-the-spot", ("mediator",), "/cases/{to_sign}/on-the-spot"),
    Listed("/cases/{id}", ("coordinator",), "/cases/{emergency}"),
    Listed("/cases/{id}/duty", ("captain", "coordinator"), "/cases/{emergency}/duty"),
    Listed("/cases/{id}/for-child", ("guardian",), "/cases/{childs}/for-child"),
    Listed("/cases/{id}/oral-receipt", ("captain",), "/cases/{oral}/oral-receipt"),
    Listed("/cases/{id}/paper-notice", ("coordinator",), "/cases/{on_paper}/paper-notice"),
    Listed("/cases/{id}/survey-slip", ("coordinator",), "/cases/{surveyed}/survey-slip"),
    Listed("/cases/{id}/settlement", ("coordinator",), "/cases/{pledged}/settlement"),
    Listed("/cases/{id}/pledge-receipt", ("coordinator",), "/cases/{at_counter}/pledge-receipt"),
    Listed("/cases/{id}", ("coordinator",), "/cases/{surveyed}"),
    Listed("/cases/{id}", ("merchant", "coordinator"), "/cases/{pledged}"),
    Listed("/inquiries", ("resident",)),
    Listed("/inbox", ("resident", "merchant", "coordinator")),
    Listed("/inbox/{id}", ("resident",), "/inbox/{notice}"),
    Listed("/queue", ("coordinator",)),
    Listed("/queue/decide", ("coordinator",), "/queue/decide?do=decline&case={emergency}"),
    Listed("/queue/beside/{id}/{other_id}", ("coordinator",), "/queue/beside/{open}/{emergency}"),
    Listed("/overdue", ("coordinator",)),
    Listed("/health", ("coordinator", "representative")),
    Listed("/alliance", ("coordinator", "operator")),
    Listed("/alliance/places", ("coordinator",)),
    Listed("/alliance/places/import", ("coordinator",)),
    Listed("/alliance/places/{id}", ("coordinator",), "/alliance/places/{shop}"),
    Listed("/alliance/members", ("coordinator",)),
    Listed("/alliance/members/{id}", ("coordinator", "operator"), "/alliance/members/{mediator}"),
    Listed("/alliance/rules", ("coordinator",)),
    Listed("/alliance/rules/{service}/{rule_id}", ("coordinator",), "/alliance/rules/complaints/triage"),
    Listed("/alliance/calendar", ("coordinator",)),
    Listed("/alliance/covenants", ("operator",)),
    Listed("/alliance/covenants/{id}", ("operator",), "/alliance/covenants/{covenant}"),
    Listed("/alliance/erasures", ("coordinator",)),
    Listed("/alliance/phrases", ("operator",)),
    Listed("/alliance/wordings", ("operator",)),
    Listed("/alliance/wordings/{kind}/{language}", ("operator",), "/alliance/wordings/session_scheduled/en"),
    Listed("/alliance/wordings/{kind}/{language}", ("operator",), "/alliance/wordings/case_answered/zh-CN"),
    Listed("/alliance/categories", ("coordinator",)),
    Listed("/alliance/categories/{code}", ("coordinator",), "/alliance/categories/bar_music"),
    Listed(
        "/alliance/categories/{code}/questions/{question}",
        ("coordinator",),
        "/alliance/categories/bar_music/questions/new",
    ),
    Listed("/calendar", ("resident", "mediator")),
    Listed("/calendar/week", ("mediator",)),
    Listed("/household", ("resident", "merchant")),
    Listed("/referrals/returned", ("court_liaison", "agency_officer")),
    Listed("/hotspots", ("coordinator",)),
    Listed("/mediations", ("resident", "mediator", "court_liaison")),
    Listed("/mediators", ("coordinator",)),
    Listed("/mediators/me/hours", ("mediator",)),
    Listed("/mediators/{who}/profile", ("mediator",), "/mediators/me/profile"),
    Listed("/mediators/{who}/profile", ("coordinator",), "/mediators/{mediator}/profile"),
    Listed("/rooms", ("coordinator",)),
    Listed("/shops/{id}", ("merchant",), "/shops/{bar}"),
    Listed("/shops/{id}/hours", ("coordinator",), "/shops/{shop}/hours"),
    Listed("/oral", ("captain",)),
    Listed("/referrals", ("coordinator", "court_liaison", "agency_officer")),
    Listed("/visits", ("captain", "coordinator", "volunteer")),
    Listed("/children", ("coordinator",)),
    Listed("/building", ("captain",)),
    Listed("/by-hand", ("captain", "coordinator")),
    Listed("/by-hand/sheets", ("captain", "coordinator")),
    Listed("/robots", ("coordinator", "operator")),
    Listed("/webhooks", ("operator",)),
    Listed("/webhooks/{id}", ("operator",), "/webhooks/{webhook}"),
    Listed("/posters", ("coordinator",)),
    Listed("/posters/{place_id}", ("coordinator",), "/posters/{shop}"),
    Listed("/posters/{place_id}/invitation", ("operator",), "/posters/{house}/invitation"),
    Listed("/welcome/{id}", (STRANGER,), "/welcome/{alliance}?place={house}"),
)

SEEN_ON_THE_WAY: Mapping[str, str] = {
    "/cases/{id}/receipt": "test_portal_strict.py: stands only where something was just filed",
    "/join/{token}": "test_portal_strict.py: stands only where somebody was asked to a home or shop",
    "/release/{token}": "test_portal_strict.py: stands only where somebody has left with a promise open",
}
"""Pages that stand only after a step that nobody can take back, and which test looks at each."""

NO_PAGES = frozenset(
    {
        "/cases/{id}/evidence/{evidence_id}",
        "/cases/{id}/news",
        "/health/table.csv",
        "/queue/table.csv",
        "/referrals/{case_id}/{id}/evidence/{evidence_id}",
        "/calendar/{mediation_id}.ics",
        "/events/asyncapi.yaml",
        "/me/data/copy.zip",
        "/inbox/live",
        "/inbox/notices",
        "/inbox/unread",
        "/manifest/{language}.webmanifest",
        "/push-worker.js",
        "/events/schemas/{type}.json",
        "/language/{language}",
        "/papers/agreements/{id}/{name}.pdf",
        "/papers/settlements/{id}.pdf",
        "/papers/handovers/{id}/pack.{kind}",
        "/static/{name}",
        "/type/{size}",
    }
)
"""Files, and addresses that lead on to a page."""


def pages_of(who: str) -> list[Listed]:
    """What somebody walks."""
    return [page for page in PAGES if who in page.by]
