"""Papers at the HTTP door: printed, asked of the court by all, handed to its station as they were looked at."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

from services.mediation.storage.erasing import empty_file
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


async def missed(hill: Neighbourhood) -> Case:
    """An agreement whose first commitment was not kept."""
    case = await (await hill.opened()).in_effect()
    hill.clock.advance(timedelta(days=5))
    return case


async def test_the_agreement_is_printed_for_those_who_have_a_part_in_it(hill: Neighbourhood):
    case = await (await hill.opened()).drafted()
    path = f"/v1/agreements/{(await case.view(hill.lin))['agreement']['id']}/document.pdf"
    for reader in (hill.lin, hill.ma, hill.gu, hill.zhou):
        answer = await hill.get(reader, path)
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["cache-control"] == "private, no-store"
    for stranger in (hill.shen, hill.somebody("court_liaison")):
        assert (await hill.get(stranger, path)).status_code == 404


async def test_the_request_to_the_court_is_a_paper_once_everybody_asked(hill: Neighbourhood):
    case = await (await hill.opened()).in_effect()
    liaison = hill.somebody("court_liaison")
    agreement = f"/v1/agreements/{(await case.view(hill.lin))['agreement']['id']}"
    assert (await case.on_agreement(hill.lin, "confirm-in-court")).status_code == 200
    alone = await hill.get(hill.lin, f"{agreement}/court-package.pdf")
    assert (alone.status_code, alone.json()["type"].rsplit("/", 1)[-1]) == (409, "request_incomplete")
    assert (await hill.get(liaison, f"/v1/mediations/{case.id}")).status_code == 404
    # when
    assert (await case.on_agreement(hill.ma, "confirm-in-court")).status_code == 200
    # then
    for reader in (hill.lin, hill.zhou, liaison):
        assert (await hill.get(reader, f"{agreement}/court-package.pdf")).content.startswith(b"%PDF")
    assert (await hill.get(liaison, f"{agreement}/court-package.json")).json()["kind"] == "court_request"
    result = {
        "confirmed": True,
        "decided_on": hill.clock.now().date().isoformat(),
        "document_no": "(2026)沪01民特1号",
    }
    assert (await hill.post(hill.lin, f"{agreement}/court-result", result)).status_code == 403
    assert (await hill.post(liaison, f"{agreement}/court-result", result)).status_code == 200
    assert (await case.view(hill.ma))["agreement"]["court"]["result"]["confirmed"] is True
    assert (await case.types_told()).count("court_requested") == 1


async def test_the_day_passes_and_nobody_is_blamed(hill: Neighbourhood):
    case = await (await hill.opened()).in_effect()
    await case.on_agreement(hill.lin, "confirm-in-court")
    hill.clock.advance(timedelta(days=40))
    court = (await case.view(hill.ma))["agreement"]["court"]
    assert (court["lapsed"], court["complete"]) == (True, False)


async def test_the_pack_goes_when_the_file_is_emptied(hill: Neighbourhood):
    case = await missed(hill)
    preview = (await hill.get(hill.lin, f"/v1/mediations/{case.id}/handover")).json()
    await case.do(hill.lin, "handover", {"sha256": preview["sha256"]})
    packs = "SELECT pdf FROM handovers WHERE mediation_id = $1"
    assert len(await hill.rows(packs, case.id)) == 1

    async with hill.client.kit.database.transaction() as tx:
        assert await empty_file(tx, UUID(str(case.id)))

    assert await hill.rows(packs, case.id) == []
    shown = await hill.get(hill.lin, f"/v1/mediations/{case.id}")
    assert shown.status_code == 200, shown.text


async def test_what_was_not_kept_is_handed_over_as_it_was_looked_at(hill: Neighbourhood):
    # given
    case = await missed(hill)
    liaison = hill.somebody("court_liaison")
    await case.ask(hill.gu, "caucus-notes", {"side": "complainant", "text": "怕报复"})
    preview = (await hill.get(hill.lin, f"/v1/mediations/{case.id}/handover")).json()
    assert "不能直接申请强制执行" in preview["limits"]
    assert (await hill.get(liaison, "/v1/handovers")).json()["items"] == []
    assert (await hill.get(hill.ma, "/v1/handovers")).status_code == 403
    # when something changed since it was looked at
    assert (await case.on_commitment(hill.ma, 0, "proof", {"text": "修好了"})).status_code == 200
    stale = await case.ask(hill.lin, "handover", {"sha256": preview["sha256"]})
    assert (stale.status_code, stale.json()["errors"][0]["code"]) == (422, "content_changed")
    preview = (await hill.get(hill.lin, f"/v1/mediations/{case.id}/handover")).json()
    await case.do(hill.lin, "handover", {"sha256": preview["sha256"]})
    # then both sides see the list, and the station reads the very bytes
    for reader in (hill.lin, hill.ma):
        sent = (await case.view(reader))["handover"]
        assert (sent["sha256"], sent["contents"]) == (preview["sha256"], preview["contents"])
    [listed] = (await hill.get(liaison, "/v1/handovers")).json()["items"]
    pack = await hill.get(liaison, f"/v1/handovers/{listed['id']}/pack.pdf")
    assert hashlib.sha256(pack.content).hexdigest() == preview["sha256"]
    written = (await hill.get(liaison, f"/v1/handovers/{listed['id']}/pack.json")).text
    assert "怕报复" not in written
    assert "双方谈了后门" not in written
    # and nobody else does
    for stranger in (hill.shen, hill.somebody("agency_officer")):
        assert (await hill.get(stranger, f"/v1/handovers/{listed['id']}/pack.pdf")).status_code == 404
    assert (await hill.get(hill.lin, f"/v1/handovers/{uuid4()}/pack.pdf")).status_code == 404
    [told] = [one["data"] for one in await case.told() if one["type"] == "handed_to_court"]
    assert told["sha256"] == preview["sha256"]


async def test_nothing_is_handed_over_that_may_still_be_kept(hill: Neighbourhood):
    case = await (await hill.opened()).in_effect()
    assert (await hill.get(hill.lin, f"/v1/mediations/{case.id}/handover")).status_code == 409
    assert "handover" not in (await case.view(hill.lin))["possible"]
