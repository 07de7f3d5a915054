"""Being signed in is not signing: whoever binds themselves gave the one-time code mailed for just these words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.access.actor import Intent
from shared.errors import Invalid


def good(intent: Intent | None) -> Intent:
    """What was read of a proof that was sent along.

    Asked for in the transaction: a repeated request is answered as before, when its proof may be over. Raises Invalid.
    """
    if intent is None:
        raise Invalid("/proof", "proof_not_good")
    return intent


def own(intent: Intent, member_id: UUID | None) -> Intent:
    """Everybody signs for themselves. Raises Invalid for another's proof."""
    if intent.member_id != member_id:
        raise Invalid("/proof", "proof_of_another")
    return intent


def proven(intent: Intent | None, content_hash: str) -> datetime:
    """When they proved that they mean the content of that hash. Raises Invalid for no proof, or one of other words."""
    if intent is None:
        raise Invalid("/proof", "field_missing")
    if intent.content_hash != content_hash:
        raise Invalid("/proof", "proof_of_other_words")
    return intent.proven_at
