"""Who has a part in a mediation, asked in SQL before any of it is read: what is not one's own is looked for no longer
than what is not there, and held by nobody whose it is not. What somebody may do with it, `policy` says.
"""

from __future__ import annotations

from typing import Any

from shared.access.actor import Actor

_IN_OWN_MATTER = "coalesce(state #> '{matter,represented}' ? ($4::uuid)::text, false)"
"""Whether a party acts for $4 in this row of `mediations`: there no office of theirs counts."""

WITHIN_REACH = f"""
(
    $2
    OR alliance_id = $3
    AND (party_ids @> ARRAY[$4::uuid] OR mediator_id = $4 OR proposed_id = $4 OR captain_id = $4
         OR (($5 OR ($6 AND with_court)) AND NOT {_IN_OWN_MATTER})
         OR ($7 AND (guest_ids @> ARRAY[$4::uuid] OR fellow_ids @> ARRAY[$4::uuid])))
)
"""
"""Of a row of `mediations`; `reach_of` gives $2 and on."""


def reach_of(actor: Actor, *, as_guest: bool) -> tuple[Any, ...]:
    """What `WITHIN_REACH` must know of whoever asks.

    Guests, those for whom others speak, and who came after a party that left, are within it only `as_guest`.
    """
    return (
        actor.role == "system",
        actor.alliance_id,
        actor.member_id,
        actor.has("coordinator"),
        actor.has("court_liaison"),
        as_guest,
    )
