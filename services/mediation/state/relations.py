"""What somebody who is to mediate is to the parties."""

from __future__ import annotations

from typing import Literal

Relation = Literal["none", "kin", "friend", "business", "adviser", "other"]
"""What a mediator declares to be to any of the parties before they take it (回避声明)."""
