"""What a complainant is told before sending, and what keeps a hidden one hidden when the case is accepted."""

from __future__ import annotations

from tests.integration.complaints.town import Town, done


async def test_everybody_may_read_who_would_see_what(town: Town):
    choices = done(await town.http.get("/v1/identity-choices"))["choices"]
    assert [choice["code"] for choice in choices] == ["named", "hidden", "anonymous"]
    readers = {
        (choice["code"], reader["role"]["code"]): reader for choice in choices for reader in choice["readers"]
    }
    assert readers["named", "respondent"]["name"] == "shown"
    assert readers["hidden", "respondent"]["name"] == "never"
    assert readers["hidden", "coordinator"]["name"] == "with_reason"
    assert "words" in [field["code"] for field in readers["hidden", "respondent"]["does_not_see"]]
    assert "exact_times" in [field["code"] for field in readers["hidden", "respondent"]["does_not_see"]]


async def test_words_that_betray_are_named_and_stay_only_after_a_look(town: Town):
    # given
    hidden = await town.file(identity="hidden", description="我一个老太婆住三楼,低音炮咚咚咚的,床都在抖。")
    accept = f"/v1/cases/{hidden['id']}/accept"
    # when
    refused = done(await town.zhou.post(accept, json={"shared_summary": "三楼老太婆反映夜间低频音乐"}), 422)
    # then
    assert refused["errors"][0]["pointer"] == "/shared_summary"
    assert refused["errors"][0]["code"] == "betraying_words"
    assert refused["words"] == ["三楼", "老太婆"]
    # and said otherwise it goes through; so does what was looked at
    done(await town.zhou.post(accept, json={"shared_summary": "夜间低频音乐影响周边住户"}))
    other = await town.file(identity="hidden")
    checked = {"shared_summary": "三楼附近夜间低频音乐", "words_checked": True}
    done(await town.zhou.post(f"/v1/cases/{other['id']}/accept", json=checked))


async def test_of_somebody_who_gave_their_name_nothing_can_be_betrayed(town: Town):
    case_id = (await town.file())["id"]
    done(await town.zhou.post(f"/v1/cases/{case_id}/accept", json={"shared_summary": "三楼反映夜间音乐"}))
