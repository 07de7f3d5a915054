from __future__ import annotations

import pytest

from tests.integration.portal.conftest import Portal


async def type_of_a_page(portal: Portal) -> str | None:
    shown = await portal.browser.open("/who-sees-what")
    return next(attributes.get("data-type") for tag, attributes in shown.tags if tag == "html")


async def test_when_large_type_is_chosen_then_the_page_comes_back_in_it_until_the_usual_is(
    portal: Portal,
) -> None:
    answer = await portal.browser.open("/type/22?back=/file%3Fcategory=noise")

    assert answer.goes_to == "/file?category=noise"
    assert await type_of_a_page(portal) == "22"

    await portal.browser.open("/type/usual")
    assert await type_of_a_page(portal) is None


@pytest.mark.parametrize("size", ["12", "large", "18%22"])
async def test_when_a_size_is_none_of_ours_then_there_is_no_such_page(portal: Portal, size: str) -> None:
    assert (await portal.browser.open(f"/type/{size}")).status == 404


async def test_when_sent_elsewhere_then_it_leads_home(portal: Portal) -> None:
    assert (await portal.browser.open("/type/18?back=https://elsewhere.example/")).goes_to == "/"


async def test_in_large_type_what_is_wrong_is_said_in_plain_words(portal: Portal) -> None:
    await portal.browser.open("/type/18")
    page = await portal.browser.open("/file?category=noise&safe=yes")

    answer = await portal.browser.send(page, "/file", description="")

    assert answer.status == 422
    assert "Please look at the red words." in answer.text
