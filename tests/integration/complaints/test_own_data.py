"""A copy of one's own part of every matter: all of it, and nothing of anybody else's."""

from __future__ import annotations

from tests.integration.complaints.town import A_NOISY_BAR, Town, done

ANSWER = "十点以后关后门。"


async def test_everybody_gets_their_own_words_and_nobody_elses(town: Town):
    case_id = await town.answered(identity="hidden")
    sent = {"to": "coordinator", "text": "别让他知道是我"}
    done(await town.lin.post(f"/v1/cases/{case_id}/messages", json=sent), 200)

    lin, ma = await town.lin.get("/v1/me/data"), await town.ma.get("/v1/me/data")

    [own] = done(lin)["matters"]
    assert (own["role_in_case"], own["identity"]) == ("complainant", "hidden")
    assert [step["said"] for step in own["steps"] if step["said"]] == [
        {"description": A_NOISY_BAR["description"]},
        {"text": sent["text"]},
    ]
    assert ANSWER not in lin.text
    [others] = done(ma)["matters"]
    assert [step["said"] for step in others["steps"] if step["said"]] == [{"text": ANSWER}]
    assert A_NOISY_BAR["description"] not in ma.text
    assert sent["text"] not in ma.text


async def test_who_has_no_part_in_a_matter_or_may_not_know_of_it_gets_none_of_it(town: Town):
    await town.file()
    for person in (town.sun, town.ma, town.zhou):
        assert done(await person.get("/v1/me/data"))["matters"] == []


async def test_of_an_anonymous_matter_nobody_gets_a_copy(town: Town):
    await town.file(identity="anonymous")
    assert done(await town.lin.get("/v1/me/data"))["matters"] == []
