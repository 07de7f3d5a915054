"""Scenario 08: a child under 14 is party to nothing before a guardian consents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.contracts import complaints
from tests.integration.complaints.town import Town, done, member_of

CONSENT = {"relation": "parent", "proof": "known_in_person", "purpose": "处理松动招牌"}


async def noticed(town: Town) -> dict[str, Any]:
    return await town.file(affected_under_14=True)


async def consent(town: Town, receipt: dict[str, Any], **more: Any):
    form = {**CONSENT, "guardian_id": str(member_of(town.sun)), **more}
    return await town.zhou.post(f"/v1/cases/{receipt['id']}/guardian-consent", json=form)


async def test_a_childs_matter_is_kept_for_coordinators_and_is_no_case(town: Town):
    # when
    receipt = await noticed(town)
    # then
    assert (receipt["stage"], receipt["status"]) == ("hear", "minor")
    waiting = done(await town.zhou.get("/v1/minor-notices"))["items"]
    assert [one["reference"] for one in waiting] == [receipt["reference"]]
    for reader in (town.lin, town.ma, town.gu):
        done(await reader.get("/v1/minor-notices"), 403)
    for reader in (town.lin, town.zhou):
        assert done(await reader.get("/v1/cases"))["items"] == []
        done(await reader.get(f"/v1/cases/{receipt['id']}"), 404)
    (told,) = [one.data for one in await town.told(receipt["id"])]
    assert isinstance(told, complaints.MinorNoticed)
    assert told.parties == ()


async def test_nothing_kept_of_it_says_who_filed(town: Town):
    receipt = await noticed(town)
    rows = await town.rows(
        """
        SELECT to_jsonb(minor_notices)::text AS row FROM minor_notices WHERE id = $1
        UNION ALL SELECT to_jsonb(journal)::text || convert_from(payload, 'UTF8') FROM journal
        WHERE aggregate_id = $1
        """,
        UUID(receipt["id"]),
    )
    assert len(rows) == 2
    assert not [row for row in rows if str(member_of(town.lin)) in row["row"]]


async def test_an_own_earlier_case_named_with_it_is_not_kept_and_holds_up_no_guardian(town: Town):
    # given
    earlier = await town.file()
    receipt = await town.file(affected_under_14=True, continues=earlier["reference"])
    # then
    [kept] = await town.rows(
        "SELECT to_jsonb(minor_notices)::text AS row FROM minor_notices WHERE id = $1", UUID(receipt["id"])
    )
    assert earlier["reference"] not in kept["row"]
    assert done(await consent(town, receipt))["reference"] == receipt["reference"]


async def test_with_a_guardians_consent_it_is_their_hidden_case(town: Town):
    # given
    receipt = await noticed(town)
    # when
    case = done(await consent(town, receipt))
    # then
    assert case["reference"] == receipt["reference"]
    assert case["id"] != receipt["id"]
    seen = done(await town.sun.get(f"/v1/cases/{case['id']}"))
    assert (seen["role_in_case"], seen["identity"]) == ("complainant", "hidden")
    assert done(await town.zhou.get("/v1/minor-notices"))["items"] == []
    # and it is once
    assert (await consent(town, receipt)).status_code == 404


async def test_only_a_coordinator_records_the_consent_of_somebody_known(town: Town):
    receipt = await noticed(town)
    address = f"/v1/cases/{receipt['id']}/guardian-consent"
    form = {**CONSENT, "guardian_id": str(member_of(town.sun))}
    done(await town.lin.post(address, json=form), 403)
    unknown = done(await consent(town, receipt, guardian_id=receipt["id"]), 422)
    assert unknown["errors"][0]["pointer"] == "/guardian_id"


async def test_that_it_is_about_a_child_goes_with_the_case_to_those_who_deliberate(town: Town):
    # given
    case_id = done(await consent(town, await noticed(town)))["id"]
    # when
    summary = {"shared_summary": "招牌固定件松动"}
    done(await town.zhou.post(f"/v1/cases/{case_id}/accept", json=summary))
    done(await town.ma.post(f"/v1/cases/{case_id}/answer", json={"kind": "agree", "text": "好"}))
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "mediation"}))
    # then
    told = [one.data for one in await town.told(case_id)]
    assert [one.minor for one in told if isinstance(one, complaints.CaseRouted)] == [True]
