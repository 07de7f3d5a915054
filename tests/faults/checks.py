"""The invariants of docs and design, held against databases, topics and the mailbox alone.

What people were answered is the one thing known from outside: the ledger. A check counts what it looked at, so that
one that saw nothing is seen to have seen nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import asyncpg
from aiokafka import ConsumerRecord

from cli import bus
from cli.demo.telling import world_of
from cli.inside import subscriptions_of
from cli.mailbox import Mail
from cli.running import BUS_SERVICES, Running
from cli.verify.command import findings_of
from shared.contracts import topics
from shared.contracts.mediation import AgreementEffective
from tests.faults.traffic import Ledger

CONSUMERS = {"complaints": "complaints", "mediation": "mediation", "notifications": "notifications"}
SETTLE_SECONDS = 150


@dataclass
class Check:
    """One invariant: how much was looked at, and what broke it."""

    name: str
    counted: int = 0
    breaks: list[str] = field(default_factory=list)

    def require(self, holds: object, what: str) -> None:
        self.counted += 1
        if not holds:
            self.breaks.append(what)


@dataclass(frozen=True)
class Seen:
    """Everything the checks are made of."""

    databases: Mapping[str, asyncpg.Connection]
    records: Mapping[str, Sequence[ConsumerRecord]]
    where: Running

    async def mails(self) -> Sequence[Mail]:
        """What the mailbox holds by now."""
        async with world_of(self.where) as world:
            return await world.mailbox.mails()


async def check_all(where: Running, ledger: Ledger, ambiguous: Iterable[str]) -> list[Check]:
    """Once everything has arrived that will."""
    whole = await _arrived(where)
    async with _seen(where) as seen:
        return [
            await filings_exist_once(seen, ledger),
            await evidence_is_whole(seen, ledger),
            *whole,
            await only_strangers_are_set_aside(seen),
            await effects_keep_the_order(seen),
            await notices_are_accounted_for(seen, frozenset(ambiguous)),
            await timers_fired_once_and_not_early(seen),
            await nobody_is_booked_twice(seen),
            await commitments_are_kept(seen),
        ]


async def _arrived(where: Running) -> list[Check]:
    """Journal chains; journal = outbox = topic = inbox: as `shangju verify` finds them, and nothing on its way."""
    findings = await findings_of(where)
    for _ in range(SETTLE_SECONDS // 3):
        if not any(one.waiting for one in findings):
            break
        await asyncio.sleep(3)
        findings = await findings_of(where)
    strangers = await _strangers(where)
    chains, flow = Check("2 journals are whole"), Check("3 journal = outbox = topic = inbox")
    for one in findings:
        check = chains if one.check in {"journal chains", "signed checkpoints"} else flow
        check.counted += one.counted
        check.breaks += [
            f"{one.service}, {one.check}: {line}"
            for line in one.breaks
            if line.split(":")[0] not in strangers
        ]
        check.breaks += [f"{one.service}, {one.check}: {one.waiting} never arrived"] * (one.waiting > 0)
    return [chains, flow]


async def _strangers(where: Running) -> set[str]:
    """Ids of records that a stranger put on our topics."""
    found = set()
    for topic in topics.TOPICS:
        async for record in bus.records(where.broker, [topic.name]):
            if _is_strange(record):
                found.add(dict(record.headers).get("ce_id", b"").decode("ascii", "replace"))
    return found


def _is_strange(record: ConsumerRecord) -> bool:
    return record.key == b"stranger"


@asynccontextmanager
async def _seen(where: Running) -> AsyncIterator[Seen]:
    databases = {name: await asyncpg.connect(where.database_url(name)) for name in BUS_SERVICES}
    try:
        records = {
            topic.name: [one async for one in bus.records(where.broker, [topic.name])]
            for topic in topics.TOPICS
        }
        yield Seen(databases, records, where)
    finally:
        for database in databases.values():
            await database.close()


async def filings_exist_once(seen: Seen, ledger: Ledger) -> Check:
    """1. Every filing answered 201 exists, once per key; and nothing was filed that nobody was answered."""
    check = Check("1 filings answered exist, once per key")
    database = seen.databases["complaints"]
    saved = await database.fetch(
        "SELECT key, body FROM idempotency WHERE route = 'POST /v1/cases' AND status = 201"
    )
    cases = {str(row["id"]) for row in await database.fetch("SELECT id FROM cases")}
    begun = {
        str(row["aggregate_id"])
        for row in await database.fetch("SELECT aggregate_id FROM journal WHERE version = 1")
    }
    kept = {row["key"]: json.loads(row["body"])["id"] for row in saved}  # for a week by the clock
    for key, case in ledger.filed.items():
        check.require(kept.get(key, case) == case, f"{key}: another answer is saved than was given")
        check.require(case in cases and case in begun, f"{key}: case {case} is gone")
    unheard = cases - set(ledger.filed.values())
    check.require(not unheard, f"{len(unheard)} cases that nobody was answered: filed twice under one key")
    check.require(len(set(ledger.filed.values())) == len(ledger.filed), "one case under two keys")
    return check


async def evidence_is_whole(seen: Seen, ledger: Ledger) -> Check:
    """1. What was answered 201 lies before its case, byte for byte; and no case knows of half a file."""
    check = Check("1 evidence answered is whole")
    rows = await seen.databases["complaints"].fetch(
        """
        SELECT cases.id AS case_id, exhibit ->> 'evidence_id' AS evidence_id, kept.value AS kept
        FROM cases
        CROSS JOIN LATERAL jsonb_array_elements(state #> '{file,exhibits}') AS exhibit
        CROSS JOIN LATERAL jsonb_each(exhibit) AS kept
        WHERE kept.value ? 'object_key'
        """
    )
    folder = Path(seen.where["EVIDENCE_FOLDER"])
    for row in rows:
        kept = json.loads(row["kept"])
        path = folder / kept["object_key"]
        content = path.read_bytes() if path.exists() else b""
        whole = (len(content), hashlib.sha256(content).hexdigest()) == (kept["size"], kept["sha256"])
        check.require(whole, f"{row['evidence_id']}: {len(content)} bytes are kept of {kept['size']}")
    known = {row["evidence_id"]: str(row["case_id"]) for row in rows}
    for evidence, case in ledger.brought.items():
        check.require(known.get(evidence) == case, f"evidence {evidence} is gone from case {case}")
    answers = ledger.put_off.keys() - {"unavailable"}
    check.require(not answers, f"who brought evidence was answered {sorted(answers)}")
    return check


async def only_strangers_are_set_aside(seen: Seen) -> Check:
    """3. No outage makes a dead letter of an event of ours; and of a stranger's each reader made one."""
    check = Check("3 only a stranger's records are set aside")
    for name, database in seen.databases.items():
        for row in await database.fetch("SELECT key, reason, error, topic FROM dead_letters"):
            check.require(
                row["key"] == b"stranger", f"{name}: {row['reason']} {row['error']} of {row['topic']}"
            )
    return check


async def effects_keep_the_order(seen: Seen) -> Check:
    """5. A case's events are on the topic in the order of the outbox, and had their effects in that order."""
    check = Check("5 effects keep the order of a case")
    for name, database in seen.databases.items():
        rows = await database.fetch("SELECT topic, aggregateid, id, payload FROM outbox ORDER BY position")
        wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows:
            wanted[row["topic"], _thread(str(row["aggregateid"]), row["payload"])].append(str(row["id"]))
        for topic, records in seen.records.items():
            for thread, ids in _first_of_each(records, _thread).items():
                if (topic, thread) in wanted:
                    check.require(
                        ids == wanted[topic, thread], f"{name}: {thread} is on {topic} in another order"
                    )
    for service in CONSUMERS:
        for subscription in await subscriptions_of(service, seen.where):
            handled = await seen.databases[service].fetch(
                "SELECT event_id, handled_at FROM inbox WHERE consumer = $1", subscription.group
            )
            at = {str(row["event_id"]): row["handled_at"] for row in handled}
            for topic in subscription.topics:
                for key, ids in _first_of_each(seen.records[topic], lambda key, _: key).items():
                    moments = [at[one] for one in ids if one in at]
                    check.require(
                        moments == sorted(moments), f"{service}: {key} had its effects in another order"
                    )
    return check


def _thread(key: str, value: bytes | None) -> str:
    """What has an order: a case; of notices each its own, for nothing locks a case for all of them."""
    about = json.loads(value) if value else {}
    return str(about.get("notice_id", key))


def _first_of_each(
    records: Sequence[ConsumerRecord], thread: Callable[[str, bytes | None], str]
) -> dict[str, list[str]]:
    """By thread, the ids in the order in which each came first; a second coming is harmless."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for record in sorted(records, key=lambda one: (one.partition, one.offset)):
        if not _is_strange(record) and record.key is not None:
            found[thread(record.key.decode(), record.value)].setdefault(
                dict(record.headers)["ce_id"].decode()
            )
    return {key: list(ids) for key, ids in found.items()}


async def notices_are_accounted_for(seen: Seen, ambiguous: frozenset[str]) -> Check:
    """4. No mail twice, none lost in silence; what nobody can know is known to be unknown."""
    check = Check("4 notices at most once, never silently dropped")
    rows = await _settled_mails(seen.databases["notifications"])
    sent = Counter(mail.notice_id for mail in await seen.mails() if mail.notice_id)
    for row in rows:
        notice, state = str(row["notice_id"]), row["state"]
        check.require(sent[notice] <= 1, f"notice {notice} was mailed {sent[notice]} times")
        check.require(
            state != "accepted" or sent[notice] == 1, f"notice {notice} is accepted and was never mailed"
        )
        check.require(
            sent[notice] == 0 or state in {"accepted", "unknown"},
            f"notice {notice} was mailed and is {state}",
        )
        check.require(state not in {"sending", "failed"}, f"notice {notice} is left {state}")
        check.require(
            notice not in ambiguous or state == "unknown", f"notice {notice} is ambiguous and called {state}"
        )
    known = {str(row["notice_id"]) for row in rows}
    for notice in sent.keys() - known:
        check.require(False, f"a mail about {notice}, which is no notice")
    return check


async def _settled_mails(database: asyncpg.Connection) -> list[asyncpg.Record]:
    """As soon as nothing is in anybody's hands: a killed worker's claims end with their lease."""
    for _ in range(SETTLE_SECONDS):
        busy = await database.fetchval(
            """
            SELECT count(*) FROM deliveries
            WHERE channel = 'mail' AND (state = 'sending' OR state = 'pending' AND due_at <= clock_timestamp())
            """
        )
        if not busy:
            break
        await asyncio.sleep(1)
    return await database.fetch("SELECT notice_id, state FROM deliveries WHERE channel = 'mail'")


async def timers_fired_once_and_not_early(seen: Seen) -> Check:
    """6. What is due has fired, none before its time, and its effect is in the journal once."""
    check = Check("6 timers are neither lost nor early nor doubled")
    just_now = seen.where.development_clock.now() - timedelta(seconds=30)
    for name, database in seen.databases.items():
        for row in await database.fetch("SELECT dedupe_key, kind, due_at, fired_at FROM timers"):
            late = row["fired_at"] is None and row["due_at"] < just_now
            check.require(not late, f"{name}: {row['kind']} is due and has not fired")
            early = row["fired_at"] is not None and row["fired_at"] < row["due_at"]
            check.require(not early, f"{name}: {row['kind']} fired before it was due")
        doubled = await database.fetch(
            """
            SELECT aggregate_id, type FROM journal
            WHERE actor_id IS NULL AND payload IS NOT NULL AND type = ANY ($1)
            GROUP BY aggregate_id, type, payload HAVING count(*) > 1
            """,
            ["CommitmentFellDue", "ClockMissed", "SurveyRequested"],
        )
        check.require(not doubled, f"{name}: {[(row['type'], row['aggregate_id']) for row in doubled]} twice")
    return check


async def nobody_is_booked_twice(seen: Seen) -> Check:
    """8. No mediator sits where their kin or neighbours do; nobody and no room is in two places at once."""
    check = Check("8 nobody in conflict of interest, nobody booked twice")
    database = seen.databases["mediation"]
    check.counted += await database.fetchval("SELECT count(*) FROM bookings")
    for row in await database.fetch(
        """
        SELECT one.resource FROM bookings AS one JOIN bookings AS other
            ON one.resource = other.resource AND one.mediation_id < other.mediation_id AND one.during && other.during
        """
    ):
        check.breaks.append(f"{row['resource']} is booked twice")
    for row in await database.fetch(
        """
        SELECT mediation.id FROM mediations AS mediation
        WHERE mediation.mediator_id = ANY (mediation.party_ids)
           OR EXISTS (SELECT FROM known_kin WHERE member_id = mediation.mediator_id AND relative_id = ANY (party_ids))
           OR EXISTS (
               SELECT FROM known_occupancies AS own JOIN known_occupancies AS theirs USING (building_id)
               WHERE own.member_id = mediation.mediator_id AND theirs.member_id = ANY (mediation.party_ids)
                 AND own.until_day IS NULL AND theirs.until_day IS NULL
           )
        """
    ):
        check.breaks.append(f"the mediator of {row['id']} is in conflict of interest")
    return check


async def commitments_are_kept(seen: Seen) -> Check:
    """9. What was promised on the topic is in its mediation's state, whatever became of it."""
    check = Check("9 no commitment disappears")
    states = {
        str(row["id"]): (set(map(str, row["commitment_ids"])), row["state"])
        for row in await seen.databases["mediation"].fetch("SELECT id, commitment_ids, state FROM mediations")
    }
    for record in seen.records[topics.MEDIATION]:
        if dict(record.headers).get("ce_type") == AgreementEffective.TYPE.encode() and record.value:
            told = AgreementEffective.model_validate_json(record.value)
            ids, state = states[str(told.mediation_id)]
            for promise in told.commitments:
                kept = str(promise.commitment_id) in ids and str(promise.commitment_id) in state
                check.require(kept, f"commitment {promise.commitment_id} is gone")
    return check
