"""What an officer sees of a case's evidence: what was chosen, while the matter is theirs."""

from __future__ import annotations

from uuid import uuid4

from tests.integration.complaints import test_referrals as referrals
from tests.integration.complaints.evidence.bringing import bring
from tests.integration.complaints.town import Town, done, member_of


class TestOfAReferral:
    async def test_an_officer_looks_at_the_evidence_that_was_chosen_for_them_while_they_have_it(
        self, town: Town
    ):
        officer, other = await town.newcomer("agency_officer"), await town.newcomer("agency_officer")
        case_id = await town.answered()
        photo, second = await bring(town, case_id, note="从我家窗口拍的"), await bring(town, case_id)
        named = {"officer_id": str(member_of(officer)), "evidence_ids": [photo]}
        await referrals.refer(town, case_id, **named)
        await referrals.refer(town, case_id, authority="police", officer_id=str(member_of(other)))
        [item] = await referrals.listed(officer)
        [file] = item["evidence"]
        assert (file["id"], file["kind"], file["media_type"]) == (photo, "photo", "image/jpeg")
        assert "窗口" not in str(item)

        path = f"/v1/cases/{case_id}/referrals/{item['id']}/evidence"
        seen = await officer.get(f"{path}/{photo}")
        assert len(seen.content) == file["size"]
        assert (await officer.get(f"{path}/{second}")).status_code == 404
        for nobody in (other, town.lin, town.ma, town.sun):
            assert (await nobody.get(f"{path}/{photo}")).status_code == 404
        assert (await officer.get(f"/v1/cases/{case_id}/evidence/{photo}/content")).status_code == 404

        done(await town.zhou.post(f"/v1/cases/{case_id}/evidence/{photo}/seal", json={}))
        assert (await officer.get(f"{path}/{photo}")).status_code == 404
        assert (await referrals.listed(officer))[0]["evidence"] == []

    async def test_an_officer_sees_no_evidence_any_more_once_it_is_back(self, town: Town):
        officer = await town.newcomer("agency_officer")
        case_id = await town.answered()
        photo = await bring(town, case_id)
        await referrals.refer(town, case_id, evidence_ids=[photo])
        [item] = await referrals.listed(officer)
        back = {"result": "ordered", "note": "好"}
        done(await officer.post(f"/v1/cases/{case_id}/return", json=back))
        path = f"/v1/cases/{case_id}/referrals/{item['id']}/evidence/{photo}"
        assert (await officer.get(path)).status_code == 404

    async def test_an_officer_is_given_of_a_concealed_side_what_was_released_alone(self, town: Town):
        case_id = await town.answered(identity="hidden")
        photo = await bring(town, case_id)
        for asked, code in ((photo, "evidence_could_betray"), (str(uuid4()), "unknown_evidence")):
            form = {**referrals.HANDED_OVER, "evidence_ids": [asked]}
            refused = done(await town.zhou.post(f"/v1/cases/{case_id}/refer", json=form), 422)
            assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [("/evidence_ids", code)]
        done(await town.zhou.post(f"/v1/cases/{case_id}/evidence/{photo}/release", json={}))
        await referrals.refer(town, case_id, evidence_ids=[photo])
