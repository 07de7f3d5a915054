"""Loaded by schemathesis: each request is a write of its own, and those about a case are about one that exists.

Every other body carries, in the place of one of its texts, a character that PostgreSQL cannot keep.
"""

from __future__ import annotations

import os
from itertools import count
from typing import Any
from uuid import uuid4

import schemathesis

NUL = "a\0b"
_calls = count()


@schemathesis.hook
def before_call(_context: Any, case: schemathesis.Case, _kwargs: dict[str, Any]) -> None:
    case.headers["Idempotency-Key"] = uuid4().hex
    if case.path.startswith("/v1/cases/{"):
        known = {name for name in ("id", "case_id") if name in case.path_parameters}
        case.path_parameters |= dict.fromkeys(known, os.environ["BAD_REQUESTS_ABOUT"])
    number = next(_calls)
    if number % 2 and isinstance(case.body, dict):
        texts = [name for name, value in case.body.items() if isinstance(value, str)]
        if texts:
            case.body = case.body | {texts[number // 2 % len(texts)]: NUL}
