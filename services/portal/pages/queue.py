"""The coordinator's desk: what to look at first, the filters kept, what is overdue, and two matters side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import categories, places, receipts
from services.portal.answers import Alike, Case, KeptFilter, Place, Queue, QueueLine, Similar
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.members import Option
from services.portal.page import OwnPage, Page, SentForm, Trouble

router = APIRouter(route_class=PageRoute)

STAGES = ("hear", "deliberate", "decide", "act", "supervise", "review", "closed")
TIERS = ("urgent", "ordinary", "complex")
IDENTITIES = ("named", "hidden", "anonymous")
QUICK: Mapping[str, Mapping[str, str]] = {
    "open": {},
    "needs_me": {"needs_me": "true"},
    "past": {"clock": "past"},
    "near": {"clock": "near"},
    "unassigned": {"unassigned": "true"},
    "respondent_unknown": {"respondent_unknown": "true"},
}
"""What is looked for most, each by one tap."""

FILTERS = (
    "stage",
    "category",
    "subcategory",
    "place_id",
    "clock",
    "tier",
    "identity",
    "respondent_unknown",
    "unassigned",
    "needs_me",
    "order",
)
"""What the desk is looked through by; what else an address says is passed over."""

SHOWN_ON_THE_DESK = UUID(int=3)
"""What a receipt is about that is shown above the desk."""

BESIDE = ("join", "join_back", "apart")
"""What can be said of two matters: this one goes with the other, the other with this one, or they are two."""


@router.get("/queue")
async def queue(page: OwnPage) -> Response:
    """What ends next first, by whatever is looked for."""
    return await _desk(page)


@router.get("/overdue")
async def overdue(page: OwnPage, cursor: str | None = None) -> Response:
    """The matters in which somebody waits beyond the day that was named."""
    answer = Queue.model_validate(await page.get("complaints", "/v1/queue", clock="past", cursor=cursor))
    return page.html(
        "overdue.html",
        queue=answer,
        names=await _names(page, answer.items),
        labels=await categories.labels(page),
    )


@router.post("/queue/filters")
async def keep_filter(page: OwnPage, form: SentForm) -> Response:
    """What the desk is filtered by now, under a name."""
    chosen = {name: form[name] for name in FILTERS if form[name]}
    try:
        required(form, "name")
        body = {name: value == "true" or value for name, value in chosen.items()}
        address = f"/v1/queue/filters/{quote(form['name'], safe='')}"
        await page.send("complaints", address, body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem) as error:
        return await _desk(page, chosen=chosen, trouble=page.trouble(error, form[KEY_FIELD]))
    return page.go(f"/queue?{urlencode(chosen)}")


@router.post("/queue/filters/forget")
async def forget_filter(page: OwnPage, form: SentForm) -> Response:
    """One that is no longer needed."""
    address = f"/v1/queue/filters/{quote(form['name'], safe='')}/forget"
    await page.send("complaints", address, {}, key=form[KEY_FIELD])
    return page.go("/queue")


@router.get("/queue/beside/{id}/{other_id}")
async def beside(page: OwnPage, id: UUID, other_id: UUID) -> Response:
    """Two matters that look alike, in two columns."""
    return await _beside(page, id, other_id)


@router.post("/queue/beside/{id}/{other_id}")
async def decide(page: OwnPage, id: UUID, other_id: UUID, form: SentForm) -> Response:
    """Handled together, or told apart for good."""
    first, second = (other_id, id) if form["say"] == "join_back" else (id, other_id)
    word, body = ("apart", {"case_id": str(second)})
    if form["say"] != "apart":
        word, body = ("join", {"lead_case_id": str(second)})
    try:
        answer = await page.send("complaints", f"/v1/cases/{first}/{word}", body, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _beside(page, id, other_id, page.trouble(error, form[KEY_FIELD]))
    await receipts.keep(page, SHOWN_ON_THE_DESK, answer)
    return page.go("/queue")


async def _desk(
    page: Page, *, chosen: Mapping[str, str] | None = None, trouble: Trouble | None = None
) -> Response:
    asked = page.request.query_params
    chosen = chosen if chosen is not None else {name: asked[name] for name in FILTERS if asked.get(name)}
    answer, kept, buildings = await asyncio.gather(
        page.get("complaints", "/v1/queue", **chosen, cursor=asked.get("cursor")),
        page.get("complaints", "/v1/queue/filters"),
        places.buildings(page),
    )
    found, labels = Queue.model_validate(answer), await categories.labels(page)
    return page.form(
        "queue.html",
        trouble=trouble or Trouble(),
        queue=found,
        chosen=chosen,
        quick=[(name, urlencode(query), query == dict(chosen)) for name, query in QUICK.items()],
        kept=[_kept(one) for one in (KeptFilter.model_validate(item) for item in kept["items"])],
        names=await _names(page, found.items, buildings),
        labels=labels,
        fields=_fields(page, labels, buildings),
        receipt=await receipts.shown_once(page, SHOWN_ON_THE_DESK),
    )


def _fields(
    page: Page, labels: categories.Labels, buildings: list[Place]
) -> list[tuple[str, str, list[Option], str]]:
    """What is chosen in the filter: the name, the label, what there is, and what stands for nothing chosen."""
    clocks = [(code, page.say(f"queue_{code}")) for code in ("past", "near")]
    return [
        ("stage", "queue_in_stage", [(one, page.word("stage_short", one)) for one in STAGES], "all_stages"),
        (
            "category",
            "queue_in_category",
            [(one.code, one.label) for one in labels.choices.categories],
            "all_stages",
        ),
        ("place_id", "queue_in_place", [(str(one.id), one.name) for one in buildings], "all_stages"),
        ("clock", "queue_in_clock", clocks, "all_stages"),
        ("tier", "in_tier", [(one, page.word("opt_tier", one)) for one in TIERS], "all_stages"),
        (
            "identity",
            "queue_in_identity",
            [(one, page.say(f"identity_{one}")) for one in IDENTITIES],
            "all_stages",
        ),
        ("order", "queue_in_order", [("newest", page.say("queue_newest"))], "queue_next_day"),
    ]


def _kept(one: KeptFilter) -> tuple[str, str]:
    return one.name, urlencode(one.filter)


async def _names(
    page: Page, lines: tuple[QueueLine, ...], known: list[Place] | None = None
) -> dict[str, str]:
    """The places of the lines by their names; one that cannot be had is left out."""
    names = {str(one.id): one.name for one in known or ()}
    asked = {line.place_id for line in lines if line.place_id is not None and str(line.place_id) not in names}
    found = await asyncio.gather(*(places.named(page, place_id) for place_id in asked))
    return names | {str(id): name for id, name in zip(asked, found, strict=True) if name}


async def _beside(page: Page, id: UUID, other_id: UUID, trouble: Trouble | None = None) -> Response:
    first, second, alike = await asyncio.gather(
        page.get("complaints", f"/v1/cases/{id}"),
        page.get("complaints", f"/v1/cases/{other_id}"),
        page.get("complaints", f"/v1/cases/{id}/similar"),
    )
    own, other = Case.model_validate(first), Case.model_validate(second)
    likeness = next((one for one in Similar.model_validate(alike).items if one.id == other_id), None)
    columns = [(case, await places.named(page, case.place_id) or case.place_text) for case in (own, other)]
    return page.form(
        "beside.html",
        trouble=trouble or Trouble(),
        columns=columns,
        likeness=likeness,
        offered=[say for say in BESIDE if _may_be_said(say, own, other, likeness)],
        labels=await categories.labels(page),
    )


def _may_be_said(say: str, own: Case, other: Case, likeness: Alike | None) -> bool:
    """Joining where the service offers it for the one that would be joined; apart what was compared."""
    match say:
        case "join":
            return "join" in own.possible
        case "join_back":
            return "join" in other.possible
        case _:
            return likeness is not None
