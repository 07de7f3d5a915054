"""From the first complaint to the closed case, with the mediation and the notices played by hand."""

from __future__ import annotations

from datetime import date
from functools import reduce
from uuid import UUID, uuid4

from services.complaints import storage
from services.complaints.decisions import UNFILED, evolve
from shared.access.actor import SYSTEM
from shared.access.links import link_token
from shared.contracts import mediation as m
from shared.contracts import notifications as n
from shared.ids import is_reference
from shared.persistence import journal
from tests.integration.complaints.town import Town, done, member_of

MAIN_PATH = [
    "case_filed",
    "case_accepted",
    "notice_served",
    "case_answered",
    "case_routed",
    "mediation_opened",
    "consent_completed",
    "mediator_took",
    "session_scheduled",
    "session_held",
    "agreement_drafted",
    "agreement_signed",
    "agreement_took_effect",
    "commitment_proven",
    "supervision_began",
    "commitment_confirmed",
    "commitment_due",
    "commitment_confirmed",
    "commitments_performed",
    "survey_requested",
    "survey_requested",
    "survey_answered",
    "survey_answered",
    "case_closed",
]


async def go_the_main_path(town: Town) -> str:
    """Everything up to the two surveys; every assertion is what the person sees at that moment."""
    receipt = await town.file()
    case_id = receipt["id"]
    assert is_reference(receipt["reference"])
    assert (receipt["stage"], receipt["status"]) == ("hear", "filed")
    assert receipt["clock"] == {"name": "triage", "until": "2026-03-16"}

    await town.later(hours=10)
    receipt = done(
        await town.zhou.post(f"/v1/cases/{case_id}/accept", json={"shared_summary": "夜间低频音乐"})
    )
    assert receipt["clock"] == {"name": "mediation", "until": "2026-04-13"}

    await notice_is_read(town, case_id)
    shown = done(await town.ma.get(f"/v1/cases/{case_id}"))
    assert (shown["status"], shown["due"]) == ("served", "2026-03-20")

    receipt = done(
        await town.ma.post(f"/v1/cases/{case_id}/answer", json={"kind": "propose", "text": "十点关门"})
    )
    assert (receipt["stage"], receipt["status"]) == ("deliberate", "answered")
    receipt = done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "mediation"}))
    assert (receipt["stage"], receipt["status"]) == ("deliberate", "in_mediation")
    await mediation_runs(town, case_id, uuid4())
    return case_id


async def notice_is_read(town: Town, case_id: str) -> None:
    await town.tell(
        n.NoticeRead(
            case_id=UUID(case_id),
            alliance_id=town.alliance_id,
            notice_id=uuid4(),
            recipient_id=member_of(town.ma),
            kind="case_accepted",
        )
    )


async def mediation_runs(town: Town, case_id: str, mediation_id: UUID) -> None:
    async def told(kind: type[m.MediationEvent], **more: object) -> str:
        await town.mediation(kind, case_id, mediation_id, **more)
        return done(await town.lin.get(f"/v1/cases/{case_id}"))["stage"]

    session = {
        "session_id": uuid4(),
        "uid": "S-1",
        "sequence": 0,
        "starts_at": town.clock.now(),
        "ends_at": town.clock.now(),
        "room": "R1",
    }
    bar, later = date(2026, 3, 25), date(2026, 4, 21)
    promises = (
        m.Promise(commitment_id=uuid4(), owner_id=member_of(town.ma), due_on=bar),
        m.Promise(commitment_id=uuid4(), owner_id=member_of(town.ma), due_on=later),
    )
    one = {"commitment_id": uuid4(), "owner_id": member_of(town.ma), "due_on": bar}
    agreement = {"agreement_id": uuid4()}
    assert await told(m.MediationOpened, consent_until=bar) == "deliberate"
    assert await told(m.ConsentCompleted) == "deliberate"
    assert await told(m.MediatorTook, mediator_id=member_of(town.gu)) == "deliberate"
    assert await told(m.SessionScheduled, **session) == "deliberate"
    assert await told(m.SessionHeld, session_id=uuid4()) == "deliberate"
    assert await told(m.AgreementDrafted, **agreement, form="written") == "decide"
    assert await told(m.AgreementSigned, **agreement, side="respondent") == "decide"
    in_force = {
        "effective_on": date(2026, 3, 24),
        "judicial_until": date(2026, 4, 23),
        "commitments": promises,
    }
    assert await told(m.AgreementEffective, **agreement, **in_force) == "act"
    assert await told(m.CommitmentProven, **one, confirm_until=bar) == "supervise"
    assert await told(m.CommitmentConfirmed, **one, open_count=1) == "supervise"
    assert await told(m.CommitmentDue, **one, proven=False) == "supervise"
    assert await told(m.CommitmentConfirmed, **one, open_count=0) == "supervise"
    assert await told(m.CommitmentsPerformed, **agreement) == "review"


async def test_the_whole_case_and_its_history_in_order(town: Town):
    case_id = await go_the_main_path(town)
    shown = done(await town.lin.get(f"/v1/cases/{case_id}"))
    [survey] = shown["surveys"]
    assert survey["closes_on"] == "2026-03-20"

    answer = {"solved": True, "score": 4, "comment": "现在能睡了", "share_comment": True}
    receipt = done(await town.lin.post(f"/v1/cases/{case_id}/survey", json=answer))
    assert receipt["stage"] == "review"
    [requested] = [
        event.data
        for event in await town.told(case_id)
        if event.type.endswith("survey_requested.v1") and event.data.member_id == member_of(town.ma)
    ]
    link = link_token("tests-link-secret", "survey", requested.survey_id)
    assert done(await town.http.get(f"/v1/surveys/{link}"))["open"]
    assert done(await town.zhou.get(f"/v1/cases/{case_id}"))["how_it_went"] == [], "somebody is waited for"
    theirs = {"solved": True, "score": 3, "comment": "音箱挪了"}
    receipt = done(await town.http.post(f"/v1/surveys/{link}", json=theirs, key=None))
    assert (receipt["stage"], receipt["status"]) == ("closed", "solved")
    assert receipt["clock"] == {"name": "reopen", "until": "2026-04-03"}
    seen = {who: done(await who.get(f"/v1/cases/{case_id}")) for who in (town.zhou, town.lin, town.ma)}
    said = [(one["side"], one["score"], one["comment"]) for one in seen[town.zhou]["how_it_went"]]
    assert said == [("complainant", 4, "现在能睡了"), ("respondent", 3, None)]
    assert seen[town.lin]["how_it_went"] == seen[town.ma]["how_it_went"] == []
    assert {one["ended_in"] for one in seen.values()} == {"review"}

    history = done(await town.zhou.get(f"/v1/cases/{case_id}/history"))["items"]
    assert [step["version"] for step in history] == list(range(1, len(history) + 1))
    moved = [step for step in history if step["type"] != "clock_warned"]
    assert [step["type"] for step in moved] == MAIN_PATH
    assert [step["actor_role"] for step in moved[:5]] == [
        "complainant",
        "coordinator",
        "system",
        "respondent",
        "coordinator",
    ]


async def test_state_and_journal_agree_and_the_chain_verifies(town: Town):
    case_id = await go_the_main_path(town)
    async with town.http.kit.database.reading() as connection:
        steps = await storage.steps_of(connection, UUID(case_id))
        stored = await storage.read_case(connection, UUID(case_id), by=SYSTEM)
    assert reduce(evolve, [step.event for step in steps], UNFILED) == stored.case
    entries = await town.rows("SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", UUID(case_id))
    [row] = await town.rows("SELECT version, head FROM cases WHERE id = $1", UUID(case_id))
    broken = journal.verify(
        map(journal.from_row, entries), expected_version=row["version"], expected_head=row["head"]
    )
    assert broken is None
