"""Members: what each may read and change, field by field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.alliance.commands import NewOccupancy, RegisterPlace
from services.alliance.use_cases.register import handle
from shared.access.actor import SYSTEM
from shared.clock import local_day
from shared.persistence.database import Database
from tests.integration.alliance.conftest import NOON, Register
from tests.support.http import Client, SetClock
from tests.support.tokens import ALLIANCE, an_actor

TODAY = local_day(NOON)
COORDINATOR = an_actor("coordinator")
NOBODY = uuid4()


@pytest.fixture
async def town(database: Database) -> dict[str, UUID]:
    """A block with one building, one unit and one shop."""
    ids = {kind: uuid4() for kind in ("block", "building", "unit", "shop")}
    commands = (
        RegisterPlace(ids["block"], ALLIANCE, "block", "118弄"),
        RegisterPlace(ids["building"], ALLIANCE, "building", "118弄6号", ids["block"]),
        RegisterPlace(ids["unit"], ALLIANCE, "unit", "118弄6号301", ids["building"]),
        RegisterPlace(ids["shop"], ALLIANCE, "shop", "山北路116号 夜猫小酒馆", ids["building"], "bar"),
    )
    async with database.transaction() as tx:
        for command in commands:
            await handle(tx, command, SYSTEM, NOON)
    return ids


def lives(town: dict[str, UUID]) -> NewOccupancy:
    return NewOccupancy(uuid4(), town["unit"], "lives", TODAY)


def form(**more: Any) -> dict[str, Any]:
    contact = {"display_name": "马腾", "email": f"{uuid4().hex[:12]}@shanbei.example"}
    return {**contact, "language": "zh-CN", "grants": [{"role": "merchant"}], **more}


async def test_a_coordinator_registers_a_merchant(client: Client, town: dict[str, UUID]) -> None:
    new = form(
        email=" MA@Shanbei-116.example ",
        phone="+86 138-0000-0116",
        occupancies=[{"place_id": str(town["shop"]), "kind": "trades", "from_day": "2026-01-01"}],
    )
    answer = await client.as_(COORDINATOR).post("/v1/members", json=new)

    assert answer.status_code == 201
    member = answer.json()
    [occupancy] = member["occupancies"]
    assert member == {
        "id": member["id"],
        "alliance_id": str(ALLIANCE),
        "display_name": "马腾",
        "email": "ma@shanbei-116.example",
        "phone": "13800000116",
        "language": "zh-CN",
        "grants": [{"role": "merchant", "place_id": None}],
        "occupancies": [
            {
                "id": occupancy["id"],
                "place_id": str(town["shop"]),
                "place_name": "山北路116号 夜猫小酒馆",
                "building_id": str(town["building"]),
                "kind": "trades",
                "trade": "bar",
                "from_day": "2026-01-01",
                "until_day": None,
            }
        ],
        "kin": [],
    }
    ma = client.as_(an_actor("merchant", member_id=UUID(member["id"])))
    assert (await ma.get(f"/v1/members/{member['id']}")).json() == member


async def test_me_is_what_the_portal_needs(client: Client, register: Register, town: dict[str, UUID]) -> None:
    lin = await register(occupancies=(lives(town),))
    answer = await client.as_(lin.actor).get("/v1/me")
    assert answer.status_code == 200
    me = answer.json()
    assert me.keys() == {"id", "alliance_id", "display_name", "language", "grants", "occupancies"}
    assert (me["id"], me["display_name"]) == (str(lin.id), "林佩珍")
    assert me["occupancies"][0].keys() >= {
        "id", "place_id", "place_name", "building_id", "kind", "trade", "from_day"
    }  # fmt: skip


async def test_a_token_of_nobody_is_not_signed_in(client: Client) -> None:
    assert (await client.as_(an_actor()).get("/v1/me")).status_code == 401


async def test_who_has_moved_out_does_not_live_there_any_more(
    client: Client, register: Register, town: dict[str, UUID], clock: SetClock
) -> None:
    lin = await register(occupancies=(lives(town),))
    herself = client.as_(lin.actor)
    [home] = (await herself.get("/v1/me")).json()["occupancies"]

    answer = await herself.post(f"/v1/occupancies/{home['id']}/end", json={})

    assert answer.status_code == 200
    assert [one["until_day"] for one in answer.json()["occupancies"]] == [TODAY.isoformat()]
    clock.advance(timedelta(days=1))
    assert (await herself.get("/v1/me")).json()["occupancies"] == []


async def test_mediators_are_known_by_name_alone(client: Client, register: Register) -> None:
    shen = await register("mediator", "resident", name="沈怡")
    names = (await client.as_(an_actor("merchant")).get("/v1/members", params={"role": "mediator"})).json()
    assert {"id": str(shen.id), "display_name": "沈怡"} in names["items"]
    assert all(item.keys() == {"id", "display_name"} for item in names["items"])


async def test_staff_list_members_by_role_place_and_name(
    client: Client, register: Register, town: dict[str, UUID]
) -> None:
    lin = await register(name="林佩珍一", occupancies=(lives(town),))
    staff = client.as_(COORDINATOR)

    at_place = (await staff.get("/v1/members", params={"place_id": str(town["unit"])})).json()["items"]
    by_name = (await staff.get("/v1/members", params={"q": "佩珍一"})).json()["items"]
    by_role = (await staff.get("/v1/members", params={"role": "court_liaison", "q": "佩珍一"})).json()[
        "items"
    ]

    assert [one["id"] for one in at_place] == [str(lin.id)]
    assert by_name == at_place
    assert by_role == []
    assert at_place[0].keys() == {"id", "display_name", "language", "grants", "occupancies"}


async def test_the_list_is_paged_without_gap_or_repetition(client: Client, register: Register) -> None:
    wanted = {str((await register(name="翻页人")).id) for _ in range(5)}
    staff, seen, cursor = client.as_(COORDINATOR), [], ""
    while cursor is not None:
        query = {"q": "翻页人", "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await staff.get("/v1/members", params=query)).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == 5
    assert set(seen) == wanted


async def test_others_lists_are_staffs_alone(client: Client) -> None:
    for role in ("resident", "merchant", "mediator", "building_captain", "court_liaison"):
        for query in ({}, {"role": "resident"}, {"role": "coordinator"}):
            answer = await client.as_(an_actor(role)).get("/v1/members", params=query)
            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not_allowed")


async def test_somebody_else_is_like_nobody(client: Client, register: Register) -> None:
    """Same status, same bytes, by reading and by every command."""
    lin = await register("mediator")
    outsider, abroad = an_actor("resident"), an_actor("operator", alliance_id=uuid4())
    commands: dict[str, dict[str, Any]] = {
        "occupancies": {"place_id": str(NOBODY), "kind": "lives"},
        "kin": {"relative_id": str(NOBODY)},
        "grants": {"role": "volunteer"},
        "grants/withdraw": {"role": "volunteer"},
        "contact": {"display_name": "x", "language": "en"},
    }
    for actor in (outsider, abroad):
        caller = client.as_(actor)
        expected = await caller.get(f"/v1/members/{NOBODY}")
        assert (expected.status_code, expected.json()["type"]) == (404, "/problems/not_found")
        assert (await caller.get(f"/v1/members/{lin.id}")).content == expected.content
        for command, body in commands.items():
            for member_id in (lin.id, NOBODY):
                answer = await caller.post(f"/v1/members/{member_id}/{command}", json=body)
                assert (answer.status_code, answer.content) == (404, expected.content)


async def test_somebody_elses_occupancy_is_like_none(
    client: Client, register: Register, town: dict[str, UUID]
) -> None:
    stay = lives(town)
    await register(occupancies=(stay,))
    answers = [
        await client.as_(an_actor()).post(f"/v1/occupancies/{id_}/end", json={})
        for id_ in (stay.occupancy_id, NOBODY)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


async def test_about_oneself_not_everything_is_ones_own_to_write(client: Client, register: Register) -> None:
    lin = await register()
    herself = client.as_(lin.actor)
    for path, body in (
        ("grants", {"role": "coordinator"}),
        ("grants/withdraw", {"role": "resident"}),
        ("occupancies", {"place_id": str(NOBODY), "kind": "lives"}),
        ("contact", {"display_name": "x", "language": "en"}),
    ):
        answer = await herself.post(f"/v1/members/{lin.id}/{path}", json=body)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not_allowed")


async def test_kin_is_declared_by_oneself_and_once(client: Client, register: Register) -> None:
    lin, aunt = await register(), await register("mediator")
    herself = client.as_(lin.actor)
    for _ in range(2):
        answer = await herself.post(f"/v1/members/{lin.id}/kin", json={"relative_id": str(aunt.id)})
        assert (answer.status_code, answer.json()["kin"]) == (200, [str(aunt.id)])


async def test_roles_are_granted_and_withdrawn(
    client: Client, register: Register, town: dict[str, UUID]
) -> None:
    xu = await register()
    staff = client.as_(COORDINATOR)
    captain = {"role": "building_captain", "place_id": str(town["building"])}
    resident = {"role": "resident", "place_id": None}

    granted = await staff.post(f"/v1/members/{xu.id}/grants", json=captain)
    withdrawn = await staff.post(f"/v1/members/{xu.id}/grants/withdraw", json=captain)

    assert granted.json()["grants"] == [resident, captain]
    assert withdrawn.json()["grants"] == [resident]


async def test_a_coordinator_makes_no_staff_and_does_not_touch_them(
    client: Client, register: Register
) -> None:
    lin, colleague = await register(), await register("coordinator")
    attempts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("/v1/members", form(grants=[{"role": "operator"}])),
        (f"/v1/members/{lin.id}/grants", {"role": "coordinator"}),
        (f"/v1/members/{colleague.id}/grants/withdraw", {"role": "coordinator"}),
        (
            f"/v1/members/{colleague.id}/contact",
            {"display_name": "x", "email": "me@x.example", "language": "en"},
        ),
    )
    for path, body in attempts:
        refused = await client.as_(COORDINATOR).post(path, json=body)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not_allowed")
    for path, body in attempts:
        allowed = await client.as_(an_actor("operator")).post(path, json=body)
        assert allowed.is_success


async def test_a_contact_belongs_to_one_member(client: Client, register: Register) -> None:
    lin, sun = await register(), await register(phone="13800000301")
    staff = client.as_(COORDINATOR)
    new = await staff.post("/v1/members", json=form(email=lin.contact.upper()))
    changed = await staff.post(
        f"/v1/members/{lin.id}/contact",
        json={"display_name": "林佩珍", "phone": "138 0000 0301", "language": "zh-CN"},
    )
    for answer, pointer in ((new, "/email"), (changed, "/phone")):
        assert answer.status_code == 422
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [
            (pointer, "contact_taken")
        ]
    assert (await staff.get(f"/v1/members/{lin.id}")).json()["email"] == lin.contact
    assert sun.id


async def test_an_occupancy_runs_from_today_unless_another_day_is_named(
    client: Client, register: Register, town: dict[str, UUID]
) -> None:
    lin = await register()
    answer = await client.as_(COORDINATOR).post(
        f"/v1/members/{lin.id}/occupancies", json={"place_id": str(town["unit"]), "kind": "lives"}
    )
    assert [one["from_day"] for one in answer.json()["occupancies"]] == [TODAY.isoformat()]


async def test_an_occupancy_cannot_end_twice_on_different_days(
    client: Client, register: Register, town: dict[str, UUID]
) -> None:
    stay = lives(town)
    await register(occupancies=(stay,))
    staff = client.as_(COORDINATOR)
    path = f"/v1/occupancies/{stay.occupancy_id}/end"
    early = await staff.post(path, json={"until_day": "2026-01-01"})
    first = await staff.post(path, json={"until_day": "2026-04-01"})
    other = await staff.post(path, json={"until_day": "2026-05-01"}, headers={"Accept-Language": "en"})

    assert early.json()["errors"][0]["code"] == "ends_before_start"
    assert first.status_code == 200
    assert (other.status_code, other.json()["type"]) == (409, "/problems/already_ended")
    assert other.json()["detail"] == "This occupancy has ended on 2026-04-01."


@pytest.mark.parametrize(
    ("more", "pointer", "code"),
    [
        ({"display_name": None}, "/display_name", "field_wrong"),
        ({"display_name": "名" * 41}, "/display_name", "field_too_long"),
        ({"display_name": "a\nb"}, "/display_name", "field_wrong"),
        ({"email": "13800000000"}, "/email", "field_wrong"),
        ({"email": "not mail"}, "/email", "field_wrong"),
        ({"phone": "021-62345678"}, "/phone", "field_wrong"),
        ({"language": "fr"}, "/language", "field_wrong"),
        ({"grants": []}, "/grants", "field_wrong"),
        ({"grants": [{"role": "king"}]}, "/grants/0/role", "field_wrong"),
        ({"grants": [{"role": "building_captain"}]}, "/grants/0/place_id", "scope_needed"),
        (
            {"grants": [{"role": "building_captain", "place_id": str(NOBODY)}]},
            "/grants/0/place_id",
            "unknown_place",
        ),
        ({"occupancies": [{"kind": "lives"}]}, "/occupancies/0/place_id", "field_missing"),
        (
            {"occupancies": [{"place_id": str(NOBODY), "kind": "lives"}]},
            "/occupancies/0/place_id",
            "unknown_place",
        ),
        (
            {"occupancies": [{"place_id": str(NOBODY), "kind": "lives", "from_day": "1066-10-14"}]},
            "/occupancies/0/from_day",
            "field_wrong",
        ),
        ({"password": "x"}, "/password", "field_unknown"),
    ],
)
async def test_a_bad_registration_is_answered_with_its_field(
    client: Client, more: dict[str, Any], pointer: str, code: str
) -> None:
    answer = await client.as_(COORDINATOR).post("/v1/members", json=form(**more))
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


async def test_a_relative_must_be_a_member(client: Client, register: Register) -> None:
    lin = await register()
    for relative, code in ((NOBODY, "unknown_member"), (lin.id, "not_kin_of_oneself")):
        answer = await client.as_(lin.actor).post(
            f"/v1/members/{lin.id}/kin", json={"relative_id": str(relative)}
        )
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("/relative_id", code)]


async def test_the_same_registration_sent_twice_is_done_once(client: Client) -> None:
    new, staff = form(), client.as_(COORDINATOR)
    first = await staff.post("/v1/members", json=new, key="member-once")
    again = await staff.post("/v1/members", json=new, key="member-once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content


async def test_a_copy_of_ones_own_data_is_whole_and_of_nobody_else(
    client: Client, register: Register
) -> None:
    lin, sun = await register(name="林佩珍"), await register(name="孙立人")

    held = (await client.as_(lin.actor).get("/v1/me/data")).json()

    assert (held["member"]["display_name"], held["member"]["email"]) == ("林佩珍", lin.contact)
    assert held["sessions"] == held["invitations"] == []
    assert str(sun.id) not in str(held)
    assert (await client.get("/v1/me/data")).status_code == 401


async def test_whose_number_it_is_learns_everybody_of_the_alliance_it_was_given_to_and_nothing_else(
    client: Client, town: dict[str, UUID]
) -> None:
    known = (await client.as_(COORDINATOR).post("/v1/members", json=form())).json()["id"]
    number = known.rpartition("-")[2]
    path = f"/v1/members/numbers/{number}"

    assert (await client.as_(an_actor("resident")).get(path)).json() == {"id": known}

    elsewhere = an_actor("coordinator", alliance_id=uuid4())
    never_given = "0" * 12 if number != "0" * 12 else "1" * 12
    answers = [
        await client.as_(elsewhere).get(path),
        await client.as_(an_actor("resident")).get(f"/v1/members/numbers/{never_given}"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert (await client.http.get(path)).status_code == 401
