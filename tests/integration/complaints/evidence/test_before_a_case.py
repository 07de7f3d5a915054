"""A file looked at before there is a case comes back clean, and nothing of it is kept."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from services.complaints.api import cleaning
from services.complaints.api.hourly import Hourly
from tests.integration.complaints.evidence.bringing import MIB, a_form, kept
from tests.integration.complaints.town import Town, done
from tests.support import files


class TestBeforeThereIsACase:
    PATH = "/v1/evidence/cleaned"

    async def test_a_file_comes_back_as_it_would_lie_before_one_and_nothing_is_kept(
        self, town: Town, folder: Path
    ):
        photo = await town.lin.post(self.PATH, **a_form())
        sound = await town.lin.post(self.PATH, **a_form(files.wav(), "audio"))

        assert (photo.headers["content-type"], sound.headers["content-type"]) == ("image/jpeg", "audio/wav")
        assert "no-store" in photo.headers["cache-control"]
        with Image.open(io.BytesIO(photo.content)) as picture:
            assert not picture.getexif()
        assert files.PLACE.encode() not in photo.content
        assert kept(folder) == []

    async def test_what_would_not_be_taken_is_refused_and_so_are_films_and_strangers(self, town: Town):
        refused = done(await town.lin.post(self.PATH, **a_form(files.SVG)), 422)
        assert [one["code"] for one in refused["errors"]] == ["file_type_unknown"]
        film = done(await town.lin.post(self.PATH, **a_form(files.mp4(), "video")), 422)
        assert [one["pointer"] for one in film["errors"]] == ["/kind"]
        large = await town.lin.post(self.PATH, **a_form(files.jpeg() + bytes(20 * MIB)))
        assert large.status_code == 413
        done(await town.http.post(self.PATH, **a_form()), 401)

    async def test_who_had_many_looked_at_waits_for_the_next_hour_and_nobody_else_does(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(cleaning, "CLEANED", Hourly(1))
        assert (await town.lin.post(self.PATH, **a_form())).status_code == 200

        again = await town.lin.post(self.PATH, **a_form())

        assert done(again, 429)["type"].endswith("too_many_requests")
        assert 0 < int(again.headers["retry-after"]) <= 3600
        assert (await town.sun.post(self.PATH, **a_form())).status_code == 200
        town.clock.advance(timedelta(hours=1))
        assert (await town.lin.post(self.PATH, **a_form())).status_code == 200
