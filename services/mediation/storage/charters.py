"""What each alliance set for itself, by the revision this process read last."""

from __future__ import annotations

from services.mediation.rules import table
from shared.charter.storage import Charters

CHARTERS = Charters(table())
