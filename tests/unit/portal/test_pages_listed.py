"""No page without a line in the list that the browser walks, and no line without its page."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from services.portal import pages
from tests.browser.pages import NO_PAGES, PAGES, PEOPLE, SEEN_ON_THE_WAY


def routes() -> Iterator[str]:
    for module in iter_modules(pages.__path__):
        for route in import_module(f"{pages.__name__}.{module.name}").router.routes:
            if "GET" in route.methods:
                yield route.path


def test_every_page_stands_in_the_list_that_the_browser_walks() -> None:
    listed = {page.route for page in PAGES} | SEEN_ON_THE_WAY.keys() | NO_PAGES
    assert set(routes()) - listed == set(), "a page is missing from tests/browser/pages.py"
    assert listed - set(routes()) == set(), "tests/browser/pages.py lists what is no page any more"


def test_everybody_in_the_list_is_somebody() -> None:
    assert {who for page in PAGES for who in page.by} == PEOPLE.keys()
