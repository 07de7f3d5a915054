"""Every error leaves as RFC 9457 problem+json: stable `type`, the caller's language, the field at fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import httpx
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.access.tokens import BadToken
from shared.errors import Invalid, NotAllowed, NotFound, NotNow, Refused
from shared.persistence.database import UNAVAILABLE
from shared.persistence.idempotency import KeyInFlight, KeyReused
from shared.texts import Texts, negotiate

log = structlog.get_logger()

_STATUSES: dict[type[Refused], int] = {
    NotFound: 404,
    NotAllowed: 403,
    NotNow: 409,
    Invalid: 422,
    KeyInFlight: 409,
    KeyReused: 422,
}
_FIELD_CODES = {
    "missing": "field_missing",
    "string_too_long": "field_too_long",
    "string_too_short": "field_too_short",
    "extra_forbidden": "field_unknown",
}


class TooManyRequests(Refused):
    """A limit was reached; nothing that was accepted is touched by it."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("too_many_requests", retry_after=retry_after_seconds)


class NotSignedIn(Refused):
    """No valid token came with the request."""

    def __init__(self) -> None:
        super().__init__("not_signed_in")


class BadKey(Refused):
    """A write came without a usable Idempotency-Key."""

    def __init__(self) -> None:
        super().__init__("key_missing")


class Unavailable(Refused):
    """Something we depend on is away; the caller may try again."""

    def __init__(self) -> None:
        super().__init__("unavailable")


_STATUSES |= {TooManyRequests: 429, NotSignedIn: 401, BadKey: 400, Unavailable: 503}


class Problems:
    """Turns what went wrong into answers, with the sentences of one service."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def install(self, app: FastAPI) -> None:
        """From here on no error of this app leaves in another form."""
        app.exception_handler(Refused)(self._refused)
        app.exception_handler(RequestValidationError)(self._invalid)
        app.exception_handler(HTTPException)(self._http)
        app.exception_handler(BadToken)(self._not_signed_in)
        for kind in (*UNAVAILABLE, httpx.HTTPError):
            app.exception_handler(kind)(self._unavailable)
        app.exception_handler(Exception)(self._internal)

    async def _refused(self, request: Request, error: Refused) -> JSONResponse:
        status = next((_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES), 409)
        more: dict[str, Any] = {
            name: value for name, value in error.data.items() if isinstance(value, str | int | list)
        }
        if isinstance(error, Invalid):
            detail = self._sentence(request, error.code, error.data)
            more["errors"] = [{"pointer": error.field, "code": error.code, "detail": detail}]
        return self.answer(request, status, error.code, data=error.data, more=more)

    async def _invalid(self, request: Request, error: RequestValidationError) -> JSONResponse:
        found = error.errors()
        if any(one["type"] == "json_invalid" for one in found):
            return self.answer(request, 400, "malformed_json")
        return self.answer(
            request, 422, "invalid_request", more={"errors": [self._field(request, one) for one in found]}
        )

    def _field(self, request: Request, error: Mapping[str, Any]) -> dict[str, str]:
        code = _FIELD_CODES.get(error["type"], "field_wrong")
        return {
            "pointer": _pointer(error["loc"]),
            "code": code,
            "detail": self._sentence(request, code, error.get("ctx", {})),
        }

    async def _http(self, request: Request, error: HTTPException) -> JSONResponse:
        codes = {404: "not_a_route", 405: "method_not_allowed", 413: "too_large", 400: "malformed_json"}
        answer = self.answer(request, error.status_code, codes.get(error.status_code, "invalid_request"))
        answer.headers.update(error.headers or {})
        return answer

    async def _not_signed_in(self, request: Request, _: Exception) -> JSONResponse:
        return self.answer(request, 401, "not_signed_in")

    async def _unavailable(self, request: Request, error: Exception) -> JSONResponse:
        log.warning("dependency_unavailable", error=type(error).__name__)
        return self.answer(request, 503, "unavailable")

    async def _internal(self, request: Request, error: Exception) -> JSONResponse:
        log.error("unexpected_error", error=type(error).__name__, exc_info=error)
        return self.answer(request, 500, "internal_error")

    def answer(
        self,
        request: Request,
        status: int,
        code: str,
        *,
        data: Mapping[str, Any] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> JSONResponse:
        """The problem document for `code`."""
        body = dict(more or {}) | {
            "type": f"/problems/{code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": self._sentence(request, code, data or {}),
        }
        return JSONResponse(
            body, status, headers=_headers(status, data or {}), media_type="application/problem+json"
        )

    def _sentence(self, request: Request, code: str, data: Mapping[str, Any]) -> str:
        language = negotiate(request.headers.get("accept-language"))
        named = {name: self._word(value, language) for name, value in data.items()}
        return self._texts(code, language, **named)

    def _word(self, value: Any, language: Any) -> Any:
        """Codes inside a sentence are said in words where the catalogue has some."""
        if not isinstance(value, str):
            return value
        try:
            return self._texts(f"word_{value}", language)
        except KeyError:
            return value


def _headers(status: int, data: Mapping[str, Any]) -> dict[str, str]:
    match status:
        case 401:
            return {"WWW-Authenticate": "Bearer"}
        case 429:
            return {"Retry-After": str(data["retry_after"])}
        case 503:
            return {"Retry-After": "5"}
    return {}


def _pointer(location: Sequence[str | int]) -> str:
    """The JSON pointer of a body field, or `header`, `query` and `path` names as they are."""
    source, *path = location
    return "/" + "/".join(map(str, path)) if source == "body" else "/".join(map(str, location))
