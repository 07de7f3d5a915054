"""The words of the complaints service are kept a while, and apart for each alliance."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from services.portal import categories


class Asked:
    """A page of somebody of an alliance, whose service calls its one category by `name`."""

    def __init__(self, alliance: str | None, name: str, *, url: str) -> None:
        self.settings = SimpleNamespace(complaints_url=url)
        self.language = "en"
        self.session = SimpleNamespace(tokens=alliance and SimpleNamespace(alliance=alliance))
        self.name = name
        self.times = 0

    async def get_if_there(self, *_: Any) -> Any:
        self.times += 1
        return {"categories": [{"code": "noise", "label": self.name, "subcategories": []}]}


async def test_each_alliance_reads_its_own_words_and_asks_for_them_once():
    url = f"http://complaints-{uuid4()}.test"
    ours, theirs, nobody = (
        Asked(alliance, name, url=url)
        for alliance, name in (("a", "Ours"), ("b", "Theirs"), (None, "Shipped"))
    )
    for _ in range(2):
        for page in (ours, theirs, nobody):
            labels = await categories.labels(page)  # type: ignore[arg-type]
            assert labels.category("noise") == page.name
    assert [page.times for page in (ours, theirs, nobody)] == [1, 1, 1]
