"""Event → what it makes of a case: each room of this folder has those of one part of its life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.complaints.decisions.state import Case
from services.complaints.events import Event

Evolutions = Mapping[type[Event], Callable[[Any, Any], Case]]
