"""The codes of the complaints service in its own words, kept a while so that it is not asked for each page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from services.portal.answers import Category, Choices, Subcategory
from services.portal.gateway import Problem
from services.portal.page import Page
from shared.texts import Language

KEPT_SECONDS = 60.0
IDENTITIES = ("named", "hidden", "anonymous")


@dataclass(frozen=True)
class Labels:
    """What the complaints service calls things; where it could not be asked, codes stand for themselves."""

    choices: Choices = field(default_factory=lambda: Choices(categories=()))

    def category(self, code: str) -> str:
        """The category in words."""
        return next((one.label for one in self.choices.categories if one.code == code), _plain(code))

    def sub(self, code: str) -> str:
        """The subcategory in words."""
        every = (sub for one in self.choices.categories for sub in one.subcategories)
        return next((sub.label for sub in every if sub.code == code), _plain(code))

    def authority(self, code: str) -> str:
        """The authority in words."""
        return next((one.label for one in self.choices.authorities if one.code == code), _plain(code))

    def find(self, code: str) -> Category | None:
        """The category with its subcategories."""
        return next((one for one in self.choices.categories if one.code == code), None)

    def find_sub(self, category: str, code: str) -> Subcategory | None:
        """One subcategory of that category, with its questions."""
        found = self.find(category)
        return found.sub(code) if found else None


_kept: dict[tuple[str, Language, str | None], tuple[float, Labels]] = {}
"""By complaints service, language and alliance: each may have its own."""


async def labels(page: Page) -> Labels:
    """The words, as far as they can be had."""
    tokens = page.session.tokens
    place = (page.settings.complaints_url, page.language, tokens.alliance if tokens else None)
    kept_until, kept = _kept.get(place, (0.0, Labels()))
    if time.monotonic() < kept_until:
        return kept
    try:
        answer = await page.get_if_there("complaints", "/v1/categories")
    except Problem:
        return kept
    if answer is None:
        return kept
    fresh = Labels(Choices.model_validate(answer))
    _kept[place] = (time.monotonic() + KEPT_SECONDS, fresh)
    return fresh


def _plain(code: str) -> str:
    return code.replace("_", " ")
