from __future__ import annotations

import gzip

from fastapi import Request, Response

from services.portal.packing import packed

PAGE = "<p>商居</p>" * 200


def asked(encodings: str) -> Request:
    return Request({"type": "http", "headers": [(b"accept-encoding", encodings.encode())]})


def test_given_a_browser_that_unpacks_when_answered_then_the_page_is_smaller_and_the_same() -> None:
    answer = packed(asked("gzip, br"), Response(PAGE, media_type="text/html"))

    assert gzip.decompress(answer.body).decode() == PAGE
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["content-encoding"] == "gzip"


def test_given_a_browser_that_does_not_when_answered_then_it_gets_it_as_it_is() -> None:
    answer = packed(asked(""), Response(PAGE, media_type="text/html"))

    assert bytes(answer.body).decode() == PAGE
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


def test_given_a_picture_or_a_word_when_answered_then_it_stays_as_it_is() -> None:
    for response in (Response(PAGE, media_type="image/jpeg"), Response("ok", media_type="text/html")):
        assert "content-encoding" not in packed(asked("gzip"), response).headers
