"""Evidence is withheld until it is shown, and then shows no more than it must."""

from __future__ import annotations

from uuid import UUID, uuid4

from shared.contracts import complaints as told
from shared.contracts import mediation as m
from tests.integration.complaints.evidence.bringing import a_form, bring, content, listed
from tests.integration.complaints.town import Town, done, member_of
from tests.support import files


class TestShowing:
    async def test_of_what_is_withheld_the_other_side_learns_nothing(self, town: Town):
        case_id = await town.answered(identity="hidden")
        before = (await town.ma.get(f"/v1/cases/{case_id}/history")).json()
        view = (await town.ma.get(f"/v1/cases/{case_id}")).json()
        evidence_id = await bring(town, case_id)

        assert await listed(town.ma, case_id) == []
        assert (await content(town.ma, case_id, evidence_id)).status_code == 404
        assert (await town.ma.get(f"/v1/cases/{case_id}/history")).json() == before
        assert (await town.ma.get(f"/v1/cases/{case_id}")).json() == view
        event = (await town.told(case_id))[-1].data
        assert isinstance(event, told.EvidenceAdded)
        assert event.to == (member_of(town.zhou),)

    async def test_the_other_side_gets_the_masked_copy_without_hour_or_words(self, town: Town):
        case_id = await town.answered(identity="hidden")
        evidence_id = await bring(town, case_id, note="我家窗口", taken_at="2026-03-12T15:30:00Z")
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}/release"
        masked = files.jpeg(quality=10)
        assert (await town.lin.post(path, json={})).status_code == 403
        assert (await town.ma.post(path, files={"file": ("m.jpg", masked)})).status_code == 403
        done(await town.zhou.post(path, files={"file": ("m.jpg", masked)}))

        [seen] = await listed(town.ma, case_id)
        hidden = ("added_at", "taken_at", "note", "sha256")
        assert [seen[name] for name in hidden] == [None] * 4
        assert (seen["masked"], seen["readable"], seen["shown"]) == (True, True, "released")
        theirs, own = [(await content(who, case_id, evidence_id)).content for who in (town.ma, town.lin)]
        assert theirs != own
        event = (await town.told(case_id))[-1].data
        assert isinstance(event, told.EvidenceReleased)
        assert event.to == (member_of(town.ma),)

    async def test_who_is_nothing_to_the_case_finds_nothing(self, town: Town):
        case_id, other_case = await town.answered(), await town.answered()
        evidence_id = await bring(town, case_id)
        done(await town.zhou.post(f"/v1/cases/{case_id}/evidence/{evidence_id}/release", json={}))
        for who in (town.sun, town.gu):
            assert (await content(who, case_id, evidence_id)).status_code == 404
        assert (await content(town.xu, case_id, evidence_id)).status_code == 404
        assert (await content(town.lin, other_case, evidence_id)).status_code == 404
        assert (await content(town.lin, case_id, str(uuid4()))).status_code == 404
        assert (await town.http.get(f"/v1/cases/{case_id}/evidence/{evidence_id}/content")).status_code == 401

    async def test_a_document_stays_with_the_staff(self, town: Town):
        case_id = await town.answered()
        evidence_id = await bring(town, case_id, kind="document", sent=files.PDF)
        path = f"/v1/cases/{case_id}/evidence/{evidence_id}/release"
        assert (await town.zhou.post(path, json={})).json()[
            "type"
        ] == "/problems/document_needs_a_masked_copy"
        as_document = a_form(files.PDF, "document")
        assert (await town.zhou.post(path, **as_document)).json()["errors"][0]["pointer"] == "/kind"
        done(await town.zhou.post(path, files={"file": ("page.png", files.png())}))
        answer = await content(town.ma, case_id, evidence_id)
        assert answer.headers["content-type"] == "image/jpeg"

    async def test_the_picture_that_proves_a_promise_is_seen_by_whoever_confirms_it_and_no_stranger(
        self, town: Town
    ):
        case_id, mediation_id = await town.in_mediation()
        shown, kept_back = [await bring(town, case_id, by=town.ma) for _ in range(2)]
        today = town.clock.now().date()
        one = {"commitment_id": uuid4(), "owner_id": member_of(town.ma), "due_on": today}
        in_force = {"effective_on": today, "judicial_until": today, "commitments": (m.Promise(**one),)}
        await town.mediation(m.AgreementEffective, case_id, mediation_id, agreement_id=uuid4(), **in_force)
        assert await listed(town.lin, case_id) == []

        named = {"confirm_until": today, "evidence_ids": (UUID(shown), uuid4())}
        await town.mediation(m.CommitmentProven, case_id, mediation_id, **one, **named)

        assert [piece["id"] for piece in await listed(town.lin, case_id)] == [shown]
        assert (await content(town.lin, case_id, shown)).status_code == 200
        for who, piece in ((town.lin, kept_back), (town.sun, shown)):
            assert (await content(who, case_id, piece)).status_code == 404

        theirs = await bring(town, case_id, by=town.lin)
        hers = one | {"commitment_id": uuid4(), "owner_id": member_of(town.lin)}
        named = {"confirm_until": today, "evidence_ids": (UUID(theirs), UUID(kept_back))}
        await town.mediation(m.CommitmentProven, case_id, mediation_id, **hers, **named)
        assert theirs in [piece["id"] for piece in await listed(town.ma, case_id)]
        assert (await content(town.lin, case_id, kept_back)).status_code == 404
        assert "evidence_released" not in [event.type.split(".")[3] for event in await town.told(case_id)]
