"""Being signed in is not signing: whoever binds themselves gave the one-time code mailed to them for just these words.

The mediator's signature and the committee's seal (art. 29) are made in office and need none; what is said by mouth is
entered by whoever heard it, and says so.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.access import intents
from shared.access.actor import Intent


def proven(intent: Intent | None, *, by: UUID, content_hash: str) -> datetime:
    """When they proved it. Raises Invalid for nobody's proof, another's, or one of other words."""
    return intents.proven(intent and intents.own(intent, by), content_hash)
