"""Being signed in is not signing: whoever binds themselves gave the one-time code mailed to them for just these words.

The mediator's signature and the committee's seal (art. 29) are made in office and need none; what is said by mouth is
entered by whoever heard it, and says so.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.access.actor import Intent
from shared.errors import Invalid


def proven(intent: Intent | None, *, by: UUID, content_hash: str) -> datetime:
    """When they proved it. Raises Invalid for nobody's proof, another's, or one of other words."""
    if intent is None:
        raise Invalid("/proof", "field_missing")
    if intent.member_id != by:
        raise Invalid("/proof", "proof_of_another")
    if intent.content_hash != content_hash:
        raise Invalid("/proof", "proof_of_other_words")
    return intent.proven_at
