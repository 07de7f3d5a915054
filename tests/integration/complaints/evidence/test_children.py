"""What shows a child is sealed, and evidence is gone when it must be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from services.complaints import use_cases
from shared.contracts import alliance
from tests.integration.complaints.evidence.bringing import bring, content, kept, listed
from tests.integration.complaints.town import Town, done, member_of


class TestChildren:
    async def test_sealed_read_with_a_reason_and_erased_thirty_days_after_closing(
        self, town: Town, folder: Path
    ):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id, shows_minor="true")
        plain_id = await bring(town, case_id)
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}"
        for who in (town.lin, town.zhou, town.ma):
            assert (await content(who, case_id, evidence_id)).status_code == 404
        assert (await town.zhou.post(f"{path}/release", json={})).status_code == 409
        assert (await town.lin.post(f"{path}/open", json={"reason": "看看"})).status_code == 403
        assert (await town.zhou.post(f"{path}/open", json={})).status_code == 422
        done(await town.zhou.post(f"{path}/open", json={"reason": "核实安全情况"}))
        assert (await content(town.zhou, case_id, evidence_id)).status_code == 200
        assert (await content(town.lin, case_id, evidence_id)).status_code == 404
        history = (await town.zhou.get(f"/v1/cases/{case_id}/history")).text
        assert "核实安全情况" in history
        assert "核实安全情况" not in (await town.lin.get(f"/v1/cases/{case_id}/history")).text

        done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
        await town.later(days=29)
        assert (await content(town.zhou, case_id, evidence_id)).status_code == 200
        await town.later(days=1)

        assert (await content(town.zhou, case_id, evidence_id)).status_code == 404
        [erased] = [one for one in await listed(town.zhou, case_id) if one["id"] == evidence_id]
        assert erased["shown"] == "erased"
        assert erased["sha256"]
        [row] = await town.rows(
            "SELECT payload FROM journal WHERE aggregate_id = $1::uuid AND type = 'EvidenceErased'", case_id
        )
        assert erased["sha256"] in row["payload"].decode()
        assert await use_cases.sweep_once(town.http.kit, datetime.now(UTC) + timedelta(hours=2)) == 1
        assert len(kept(folder)) == 1
        assert (await content(town.lin, case_id, plain_id)).status_code == 200

    async def test_what_somebody_brought_goes_with_them(self, town: Town, folder: Path):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id, note="窗口")
        done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
        town.clock.advance(timedelta(days=60))
        lin = {"member_id": member_of(town.lin), "alliance_id": town.alliance_id}

        await town.tell(alliance.ErasureGranted(**lin, erasure_id=uuid4()))

        [erased] = [one for one in await listed(town.zhou, case_id) if one["id"] == evidence_id]
        assert (erased["shown"], erased["note"], erased["readable"]) == ("erased", None, False)
        assert await use_cases.sweep_once(town.http.kit, datetime.now(UTC) + timedelta(hours=2)) == 1
        assert kept(folder) == []

    async def test_a_coordinator_seals_what_others_overlooked(self, town: Town):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id)
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}"
        done(await town.zhou.post(f"{path}/release", json={}))
        assert (await content(town.ma, case_id, evidence_id)).status_code == 200
        done(await town.zhou.post(f"{path}/seal", json={}))
        assert (await content(town.ma, case_id, evidence_id)).status_code == 404
        assert await listed(town.ma, case_id) == []
