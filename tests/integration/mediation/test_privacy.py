"""What is sealed or hidden stays so, by every door, event, journal row and saved answer."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from shared.access.actor import Actor
from shared.clock import SHANGHAI
from shared.contracts import alliance
from shared.persistence import journal
from tests.integration.mediation.neighbourhood import Case, Neighbourhood

CANARY = "caucus-canary-她怕门口再被倒垃圾"


async def everything_seen(case: Case, actor: Actor) -> str:
    """All that this person can read of the service, as one text."""
    hill = case.hill
    paths = [
        "/v1/mediations",
        f"/v1/mediations?case_id={case.case_id}",
        f"/v1/mediations/{case.id}",
        f"/v1/mediations/{case.id}/calendar.ics",
        f"/v1/mediations/{case.id}/caucus-notes",
        "/v1/mediators",
        f"/v1/mediators?mediation_id={case.id}",
        "/v1/rooms",
    ]
    return "\n".join([(await hill.get(actor, path)).text for path in paths])


async def every_row_but_the_notes(hill: Neighbourhood) -> str:
    """The whole database as text, the sealed table left out."""
    tables = await hill.rows(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = 'public' AND table_name <> 'caucus_notes'"
    )
    dumps = []
    for table in tables:
        rows = await hill.rows(f"SELECT * FROM {table['table_name']}")
        dumps += [_text(value) for row in rows for value in row.values()]
    return "\n".join(dumps)


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


async def test_a_caucus_note_is_read_by_its_mediator_and_nobody_else(hill: Neighbourhood):
    case = await hill.opened()
    await case.drafted()
    answer = await case.ask(hill.gu, "caucus-notes", {"side": "complainant", "text": CANARY})
    assert answer.status_code == 200
    assert CANARY not in answer.text

    own = await hill.get(hill.gu, f"/v1/mediations/{case.id}/caucus-notes")
    assert [note["text"] for note in own.json()["items"]] == [CANARY]
    for other in (hill.lin, hill.ma, hill.zhou, hill.han, hill.shen):
        assert CANARY not in await everything_seen(case, other)
        assert (await hill.get(other, f"/v1/mediations/{case.id}/caucus-notes")).status_code == 404
    assert CANARY not in json.dumps(await case.told(), ensure_ascii=False)
    assert CANARY not in await every_row_but_the_notes(hill)
    journal = await hill.rows(
        "SELECT payload FROM journal WHERE aggregate_id = $1 AND type = 'CaucusNoteWritten'", case.id
    )
    assert [list(json.loads(row["payload"])) for row in journal] == [["note_id"]]


async def test_a_mediator_who_stepped_back_reads_nothing_and_their_follower_not_their_notes(
    hill: Neighbourhood,
):
    case = await hill.opened()
    await case.led()
    await case.do(hill.gu, "caucus-notes", {"side": "respondent", "text": CANARY})
    await case.do(hill.gu, "pass-on")
    assert (await hill.get(hill.gu, f"/v1/mediations/{case.id}")).status_code == 404
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.han.member_id)})
    await case.do(hill.han, "take")
    for reader in (hill.gu, hill.han):
        assert CANARY not in await everything_seen(case, reader)


async def test_who_refused_is_known_to_the_committee_and_never_told(hill: Neighbourhood):
    neighbour = hill.somebody("resident")
    sides = [(hill.lin, "complainant"), (neighbour, "complainant"), (hill.ma, "respondent")]
    parties = [{"member_id": actor.member_id, "side": side} for actor, side in sides]
    case = await hill.opened(parties=parties)
    await case.do(neighbour, "consent")
    await case.do(hill.ma, "refuse")

    view = await case.view(hill.zhou)
    assert (view["status"], view["outcome"], view["refused_by"]) == (
        "ended",
        "refused",
        str(hill.ma.member_id),
    )
    for party in (hill.lin, neighbour):
        seen = await case.view(party)
        assert seen["refused_by"] is None
        others = [one for one in seen["parties"] if one["member_id"] != str(party.member_id)]
        assert {one["consented"] for one in others} == {None}
    [refused] = [one for one in await case.told() if one["type"] == "mediation_refused"]
    assert set(refused["data"]) == {"mediation_id", "case_id", "alliance_id", "reference", "parties"}


async def test_a_hidden_complainant_has_a_label_and_no_id_for_the_other_side(hill: Neighbourhood):
    case = await hill.opened(identity="hidden")
    await case.in_effect()
    await case.on_commitment(hill.lin, 1, "proof", {"text": "没有再发"})
    hidden = str(hill.lin.member_id)

    seen = await everything_seen(case, hill.ma)
    assert hidden not in seen
    assert hidden.replace("-", "") not in seen.lower()
    view = await case.view(hill.ma)
    assert [(one["label"], one["member_id"]) for one in view["parties"]] == [
        ("住户甲", None),
        ("商户甲", str(hill.ma.member_id)),
    ]
    assert view["agreement"]["commitments"][1]["owner_id"] is None
    assert [one["label"] for one in view["agreement"]["signatures"]] == ["住户甲", "商户甲", None, None]
    assert view["session"]["separate"]
    assert str(hill.ma.member_id) not in await everything_seen(case, hill.lin)
    for official in (hill.gu, hill.zhou):
        assert hidden in await everything_seen(case, official)


async def test_sides_that_must_not_meet_are_each_told_their_own_time_alone(hill: Neighbourhood):
    case = await (await hill.opened(identity="hidden")).scheduled()
    slots = (await case.view(hill.gu))["slots"]
    await case.do(hill.gu, "reschedule", {"slot_id": slots[1]["slot_id"], "reason": "病了"})
    for ended in (False, True):
        if ended:
            await case.do(hill.lin, "refuse")
        whole = (await case.view(hill.zhou))["session"]
        parts = {part.pop("side"): part for part in whole["parts"]}
        assert parts["respondent"]["ends_at"] < parts["complainant"]["starts_at"]
        for party, own, other in (
            (hill.ma, "respondent", "complainant"),
            (hill.lin, "complainant", "respondent"),
        ):
            seen = await everything_seen(case, party)
            assert _times_in(seen) & _written(parts[own])
            assert not _times_in(seen) & _written(parts[other])
            session = (await case.view(party))["session"]
            assert {name: session[name] for name in ("starts_at", "ends_at")} == parts[own]
            assert session["parts"] == []
    told = [one["data"] for one in await case.told() if one["type"].startswith("session_")]
    assert [[part["side"] for part in one["parts"]] for one in told] == [["respondent", "complainant"]] * 3
    assert (told[-1]["starts_at"], told[-1]["ends_at"]) == (whole["starts_at"], whole["ends_at"])


def _times_in(text: str) -> set[str]:
    """Days with times as JSON, calendar files and sentences write them, in any zone, all written alike."""
    found = re.findall(r"(\d{4})-?(\d{2})-?(\d{2})[T ](\d{2}):?(\d{2})", text)
    return {"".join(digits) for digits in found}


def _written(part: dict[str, str]) -> set[str]:
    moments = [datetime.fromisoformat(part[end]) for end in ("starts_at", "ends_at")]
    return {f"{moment.astimezone(zone):%Y%m%d%H%M}" for moment in moments for zone in (UTC, SHANGHAI)}


async def test_talks_that_were_asked_for_apart_are_apart_too(hill: Neighbourhood):
    case = await hill.opened()
    await case.do(hill.lin, "consent", {"separate": True})
    await case.do(hill.ma, "consent")
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    await case.do(hill.gu, "take")
    await case.do(hill.gu, "slots")
    firsts = [(await case.view(party))["slots"][0] for party in (hill.ma, hill.lin)]
    assert firsts[0]["slot_id"] == firsts[1]["slot_id"]
    assert firsts[0]["ends_at"] < firsts[1]["starts_at"]


async def test_answers_to_writes_name_no_hidden_party(hill: Neighbourhood):
    case = await hill.opened(identity="hidden")
    await case.drafted()
    receipts = [
        await case.ask(hill.ma, "refuse", {"why": "?"}),
        await case.on_agreement(hill.ma, "sign", hill.meant(hill.ma, "0" * 64)),
        await case.on_agreement(hill.ma, "mark"),
        await case.ask(hill.ma, "refuse"),
    ]
    assert [receipt.status_code for receipt in receipts] == [422, 422, 403, 200]
    assert not any(str(hill.lin.member_id) in receipt.text for receipt in receipts)


async def test_nobody_finds_out_where_a_hidden_party_lives_by_naming_mediators(hill: Neighbourhood):
    """A refusal for conflict of interest would be an oracle: so the answer is the same for every name."""
    case = await hill.opened(identity="hidden")
    await case.consented()
    answers = [
        await case.ask(hill.ma, "nominate", {"mediator_id": str(one.member_id)})
        for one in (hill.shen, hill.gu, hill.somebody("mediator"))
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(409, answers[0].text)}
    listed = await hill.get(hill.ma, f"/v1/mediators?mediation_id={case.id}")
    assert listed.status_code == 409
    assert (await case.ask(hill.ma, "nominate")).status_code == 200


async def test_wishes_and_windows_are_for_whoever_plans_with_them(hill: Neighbourhood):
    case = await hill.opened()
    window = {"starts_at": "2026-03-24T05:00:00Z", "ends_at": "2026-03-24T09:00:00Z"}
    await case.do(hill.lin, "consent", {"separate": True, "available": [window]})
    await case.do(hill.ma, "consent")
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    await case.do(hill.gu, "take")

    def of_lin(view: dict[str, Any]) -> tuple[Any, Any]:
        return view["parties"][0]["separate"], view["parties"][0]["available"]

    assert of_lin(await case.view(hill.gu)) == (True, [window])
    assert of_lin(await case.view(hill.lin)) == (True, [window])
    assert of_lin(await case.view(hill.zhou)) == (True, None)
    assert of_lin(await case.view(hill.ma)) == (None, None)


async def test_a_copy_of_ones_own_data_holds_ones_own_mediations_as_one_always_sees_them(
    hill: Neighbourhood,
):
    case = await hill.opened(identity="hidden")
    await case.drafted()
    await case.do(hill.gu, "caucus-notes", {"side": "complainant", "text": CANARY})

    for party in (hill.lin, hill.ma):
        copy = await hill.get(party, "/v1/me/data")
        [shown] = copy.json()["mediations"]
        assert shown == (await hill.get(party, f"/v1/mediations/{case.id}")).json()
        assert CANARY not in copy.text
    assert (await hill.get(hill.gu, "/v1/me/data")).json()["mediations"] == []
    assert (await hill.get(hill.zhou, "/v1/me/data")).json() == {
        "mediations": [],
        "profile": None,
        "hours": None,
    }


async def test_a_file_is_kept_for_its_time_and_then_emptied_of_everybodys_words(hill: Neighbourhood):
    case = await hill.opened()
    await case.drafted()
    await case.do(hill.gu, "caucus-notes", {"side": "complainant", "text": CANARY})
    lin = {"member_id": hill.lin.member_id, "alliance_id": hill.alliance_id, "erasure_id": uuid4()}

    async def said() -> dict[str, Any]:
        rows = await hill.rows(
            "SELECT payload FROM outbox WHERE aggregateid = $1 ORDER BY position", lin["member_id"]
        )
        told: dict[str, Any] = json.loads(rows[-1]["payload"])
        return told

    await hill.tell(alliance.ErasureAsked(**lin))
    assert [one["ground"] for one in (await said())["obligations"]] == ["open_mediation"]
    await case.do(hill.lin, "refuse")
    await hill.tell(alliance.ErasureAsked(**lin))
    assert (await said())["obligations"] == []

    await hill.tell(alliance.ErasureGranted(**lin))

    [kept] = [one for one in (await said())["kept"] if one["what"] == "mediation_file"]
    ended = hill.clock.now().astimezone(SHANGHAI).date()
    assert kept["ground"] == "mediation_archive"
    assert kept["until"] == ended.replace(year=ended.year + 3).isoformat()
    assert (await hill.rows("SELECT FROM known_members WHERE member_id = $1", lin["member_id"])) == []
    terms = case.draft()["terms"]
    state = "SELECT state FROM mediations WHERE id = $1"
    assert CANARY in str(await hill.rows("SELECT words FROM caucus_notes WHERE mediation_id = $1", case.id))

    hill.clock.advance(timedelta(days=3 * 366 + 2))
    await hill.fire_timers()

    assert [one["what"] for one in (await said())["kept"]] == ["history_without_name"]
    assert terms not in str(await hill.rows(state, case.id))
    assert await hill.rows("SELECT FROM caucus_notes WHERE mediation_id = $1", case.id) == []
    rows = await hill.rows("SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", case.id)
    [at] = await hill.rows("SELECT version, head FROM mediations WHERE id = $1", case.id)
    entries = [journal.from_row(row) for row in rows]
    assert {one.payload for one in entries} == {None}
    assert journal.verify(entries, expected_version=at["version"], expected_head=at["head"]) is None
    assert (await hill.get(hill.ma, f"/v1/mediations/{case.id}")).status_code == 200
