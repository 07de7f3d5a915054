"""What several answers are made of."""

from __future__ import annotations

from datetime import datetime
from operator import not_
from typing import Annotated

from pydantic import BaseModel, Field

OnlyIfTrue = Annotated[bool, Field(exclude_if=not_)]
"""A mark that most do not bear; where it is absent, it is not so."""


class SpanView(BaseModel):
    starts_at: datetime
    ends_at: datetime
