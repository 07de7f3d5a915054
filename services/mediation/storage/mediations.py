"""The mediations themselves: locked, saved with journal, outbox and timers, and found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from services.mediation.events import Event
from services.mediation.state import (
    Guest,
    Matter,
    Mediation,
    Opened,
    Party,
    amendment_ids_of,
    commitments_of,
    content_of,
    fellows_of,
    guests_of,
    is_with_court,
    mediator_of,
    proposed_of,
    status,
)
from services.mediation.storage.reach import WITHIN_REACH, reach_of
from shared.access.actor import Actor
from shared.errors import NotFound
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection

EVENTS: Codec[Event] = Codec(Event)
_STATES: Codec[Mediation] = Codec(Mediation)

_INSERT = """
    INSERT INTO mediations (id, alliance_id, case_id, reference, version, head, status, state_type, state,
                            party_ids, mediator_id, proposed_id, agreement_id, commitment_ids, amendment_ids,
                            with_court, guest_ids, captain_id, fellow_ids, release_ids)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
"""

_UPDATE = """
    UPDATE mediations
    SET version = $5, head = $6, status = $7, state_type = $8, state = $9, party_ids = $10,
        mediator_id = $11, proposed_id = $12, agreement_id = $13, commitment_ids = $14, amendment_ids = $15,
        with_court = $16, guest_ids = $17, captain_id = $18, fellow_ids = $19, release_ids = $20
    WHERE (id, alliance_id, case_id, reference) = ($1, $2, $3, $4)
"""

_LISTED = """
    AND ($3::uuid IS NULL OR case_id = $3)
    AND ($4::uuid IS NULL OR id < $4)
    AND (NOT $6 OR status NOT IN ('ended', 'performed'))
    ORDER BY id DESC
    LIMIT $5
"""

_OF_ALLIANCE = f"""
    SELECT state_type, state FROM mediations
    WHERE alliance_id = $1
      AND (NOT coalesce(state #> '{{matter,represented}}' ? ($2::uuid)::text, false)
           OR party_ids @> ARRAY[$2::uuid] OR mediator_id = $2 OR proposed_id = $2
           OR captain_id = $2 OR guest_ids @> ARRAY[$2::uuid] OR fellow_ids @> ARRAY[$2::uuid])
      {_LISTED}
"""  # noqa: S608

_OF_PERSON = f"""
    SELECT state_type, state
    FROM mediations
    JOIN (SELECT DISTINCT mediation_id FROM mediation_links
          WHERE link_id = $2 AND alliance_id = $1
            AND what IN ('party', 'guest', 'fellow', 'mediator', 'proposed', 'captain')
          ORDER BY mediation_id DESC) AS own ON own.mediation_id = id
    WHERE alliance_id = $1
      {_LISTED}
"""  # noqa: S608
"""A statement of its own: what is a person's is walked in the order of the list, however much it is."""


async def lock_mediation(tx: Connection, mediation_id: UUID, *, by: Actor) -> saving.Aggregate[Opened]:
    """The mediation within the reach of `by`, until the transaction ends nobody else's. Raises NotFound."""
    row = await tx.fetchrow(
        f"""
        SELECT alliance_id, state_type, state, version, head FROM mediations
        WHERE id = $1 AND {WITHIN_REACH}
        FOR UPDATE
        """,  # noqa: S608
        mediation_id,
        *reach_of(by, as_guest=True),
    )
    if row is None:
        raise NotFound
    state = _opened(row["state_type"], row["state"])
    return saving.Aggregate(mediation_id, row["alliance_id"], state, row["version"], row["head"])


async def read_mediation(connection: Connection, mediation_id: UUID) -> Opened:
    """The mediation as it stands, whoever asks: for who holds a personal link. Raises NotFound."""
    row = await connection.fetchrow("SELECT state_type, state FROM mediations WHERE id = $1", mediation_id)
    if row is None:
        raise NotFound
    return _opened(row["state_type"], row["state"])


async def save_mediation(tx: Connection, change: saving.Change[Opened]) -> None:
    """State, journal, outbox and timers in one statement."""
    is_new = change.before.version == 0
    await saving.save(tx, change, _INSERT if is_new else _UPDATE, *_columns(change.after))


def _columns(after: saving.Aggregate[Opened]) -> tuple[object, ...]:
    state = after.state
    state_type, json = _STATES.dump(state)
    return (
        after.id,
        after.alliance_id,
        state.matter.case_id,
        state.matter.reference,
        after.version,
        after.head,
        status(state),
        state_type,
        json.decode(),
        [party.member_id for party in state.matter.parties],
        mediator_of(state),
        proposed_of(state),
        _agreement_id(state),
        [commitment.promise.commitment_id for commitment in commitments_of(state)],
        amendment_ids_of(state),
        is_with_court(state),
        [*_ids(guests_of(state)), *_ids(state.matter.successors)],
        state.matter.oral and state.matter.oral.captain_id,
        [fellow.member_id for fellow in fellows_of(state)],
        [release.release_id for commitment in commitments_of(state) for release in commitment.releases],
    )


def _ids(people: Iterable[Guest | Party]) -> Iterator[UUID]:
    return (one.member_id for one in people)


def _agreement_id(state: Opened) -> UUID | None:
    """Of what was agreed on the spot there is one before there are words."""
    content, oral = content_of(state), state.matter.oral
    return content.agreement_id if content else oral.agreement_id if oral else None


async def open_mediation_of(tx: Connection, case_id: UUID) -> UUID | None:
    """The one mediation of the case that is not over."""
    found: UUID | None = await tx.fetchval(
        "SELECT id FROM mediations WHERE case_id = $1 AND status NOT IN ('ended', 'performed', 'deserted')",
        case_id,
    )
    return found


async def hold(tx: Connection, mediation_ids: Sequence[UUID]) -> None:
    """Holds several at once, always in the same order, so that no two callers wait for each other."""
    await tx.execute(
        "SELECT FROM mediations WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", mediation_ids
    )


async def of_conflict(tx: Connection, conflict_id: UUID, alliance_id: UUID) -> list[Opened]:
    """The mediations of a conflict whose session was not held, held until the transaction ends."""
    rows = await tx.fetch(
        """
        SELECT state_type, state FROM mediations
        WHERE conflict_id = $1 AND alliance_id = $2
          AND status IN ('awaiting_consent', 'choosing_mediator', 'scheduling', 'scheduled')
        ORDER BY id
        FOR UPDATE
        """,
        conflict_id,
        alliance_id,
    )
    return [_opened(row["state_type"], row["state"]) for row in rows]


async def scheduled_in(connection: Connection, alliance_id: UUID) -> list[Opened]:
    """The mediations of an alliance that have a session before them."""
    rows = await connection.fetch(
        "SELECT state_type, state FROM mediations WHERE alliance_id = $1 AND status = 'scheduled'",
        alliance_id,
    )
    return [_opened(row["state_type"], row["state"]) for row in rows]


async def held_with(tx: Connection, mediation_id: UUID) -> list[UUID]:
    """The mediations whose session is held in this one's."""
    rows = await tx.fetch(
        """
        SELECT id FROM mediations
        WHERE held_with = $1 AND status = 'scheduled'
        ORDER BY id
        """,
        mediation_id,
    )
    return [row["id"] for row in rows]


async def stood_with(
    connection: Connection, matter: Matter, member_ids: Sequence[UUID]
) -> dict[UUID, frozenset[UUID]]:
    """With which parties of this matter each of these was a party of another one, on whichever side."""
    rows = await connection.fetch(
        """
        SELECT one.link_id AS member_id, array_agg(DISTINCT other.link_id) AS others
        FROM mediation_links AS one JOIN mediation_links AS other USING (mediation_id, alliance_id, what)
        WHERE alliance_id = $1 AND mediation_id <> $2 AND what = 'party'
          AND one.link_id = ANY ($3) AND other.link_id = ANY ($4) AND one.link_id <> other.link_id
        GROUP BY one.link_id
        """,
        matter.alliance_id,
        matter.mediation_id,
        member_ids,
        [party.member_id for party in matter.parties],
    )
    found = {row["member_id"]: frozenset(row["others"]) for row in rows}
    return {member_id: found.get(member_id, frozenset()) for member_id in member_ids}


async def unfinished_of(tx: Connection, case_id: UUID) -> list[UUID]:
    """Every mediation of the case that is not over, those that stand on paper alone among them."""
    rows = await tx.fetch(
        "SELECT id FROM mediations WHERE case_id = $1 AND status NOT IN ('ended', 'performed') ORDER BY id",
        case_id,
    )
    return [row["id"] for row in rows]


async def deserted_of(tx: Connection, case_id: UUID) -> list[UUID]:
    """The mediations of the case whose agreement stands on paper alone."""
    rows = await tx.fetch(
        "SELECT id FROM mediations WHERE case_id = $1 AND status = 'deserted' ORDER BY id", case_id
    )
    return [row["id"] for row in rows]


async def mediation_of_release(connection: Connection, release_id: UUID) -> UUID:
    """Where somebody is asked to release a promise. Raises NotFound."""
    return _found(
        await connection.fetchval(
            "SELECT mediation_id FROM mediation_links WHERE link_id = $1 AND what = 'release'", release_id
        )
    )


async def mediation_of_agreement(tx: Connection, by: Actor, *, agreement_id: UUID) -> UUID:
    """Where an agreement belongs. Raises NotFound; so it does when a newer draft took its place."""
    return _found(
        await tx.fetchval(
            f"""
            SELECT id FROM mediations
            WHERE id IN (SELECT mediation_id FROM mediation_links
                         WHERE link_id = $1 AND what IN ('agreement', 'amendment'))
              AND {WITHIN_REACH}
            """,  # noqa: S608
            agreement_id,
            *reach_of(by, as_guest=True),
        )
    )


async def mediation_of_commitment(tx: Connection, by: Actor, *, commitment_id: UUID) -> UUID:
    """Where a commitment belongs. Raises NotFound."""
    return _found(
        await tx.fetchval(
            f"""
            SELECT id FROM mediations
            WHERE id IN (SELECT mediation_id FROM mediation_links WHERE link_id = $1 AND what = 'commitment')
              AND {WITHIN_REACH}
            """,  # noqa: S608
            commitment_id,
            *reach_of(by, as_guest=True),
        )
    )


def _found(mediation_id: UUID | None) -> UUID:
    if mediation_id is None:
        raise NotFound
    return mediation_id


async def mediation_seen_by(
    connection: Connection, actor: Actor, mediation_id: UUID, *, as_guest: bool = False
) -> Opened:
    """The mediation, for somebody who has a part in it. Raises NotFound for everybody else.

    Guests, those for whom others speak, and who came after a party that left, are among them only where `as_guest`
    is asked for: most of what can be read is not for them.
    """
    row = await connection.fetchrow(
        f"SELECT state_type, state FROM mediations WHERE id = $1 AND {WITHIN_REACH}",  # noqa: S608
        mediation_id,
        *reach_of(actor, as_guest=as_guest),
    )
    if row is None:
        raise NotFound
    return _opened(row["state_type"], row["state"])


async def mediations_of(
    connection: Connection,
    actor: Actor,
    *,
    case_id: UUID | None,
    mine: bool,
    before: UUID | None,
    limit: int,
    unfinished: bool = False,
) -> list[Opened]:
    """The actor's mediations, newest first; for a coordinator all of the alliance unless `mine`.

    Save where others act for them: that matter is their own.
    """
    rows = await connection.fetch(
        _OF_ALLIANCE if actor.has("coordinator") and not mine else _OF_PERSON,
        actor.alliance_id,
        actor.member_id,
        case_id,
        before,
        limit,
        unfinished,
    )
    return [_opened(row["state_type"], row["state"]) for row in rows]


async def mediations_about(connection: Connection, alliance_id: UUID, member_id: UUID) -> list[Opened]:
    """Every mediation a person is a party of, was asked to, or is spoken for in, the oldest first."""
    rows = await connection.fetch(
        """
        SELECT state_type, state FROM mediations
        WHERE alliance_id = $1
          AND id IN (SELECT mediation_id FROM mediation_links
                     WHERE link_id = $2 AND what IN ('party', 'guest', 'fellow'))
        ORDER BY id
        """,
        alliance_id,
        member_id,
    )
    return [_opened(row["state_type"], row["state"]) for row in rows]


async def mediations_booked_for(connection: Connection, mediator_id: UUID, since: datetime) -> list[Opened]:
    """Those with a session that the mediator leads or comes to, and that ends after `since`, the earliest first."""
    rows = await connection.fetch(
        """
        SELECT state_type, state FROM mediations JOIN bookings ON mediation_id = id AND resource = $1
        WHERE id IN (SELECT mediation_id FROM mediation_links
                     WHERE link_id = $1 AND what IN ('mediator', 'guest'))
          AND upper(during) > $2
        ORDER BY lower(during)
        """,
        mediator_id,
        since,
    )
    return [_opened(row["state_type"], row["state"]) for row in rows]


def _opened(state_type: str, json: str) -> Opened:
    state: Opened = _STATES.load(state_type, json)  # type: ignore[assignment]
    return state
