"""Robots: signed as each platform demands, judged by the code in the body, and silent about everybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import get_args
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from services.notifications import policy
from services.notifications.commands import No, NotYet, NoWord, Yes
from services.notifications.robots.messages import Word, text_of, word_of
from services.notifications.robots.platforms import (
    GONE,
    PLATFORMS,
    Line,
    dingtalk_signature,
    feishu_signature,
    judge,
    request,
)
from services.notifications.robots.sealing import seal, unseal
from services.notifications.robots.sending import judgement
from services.notifications.robots.storage import MOST_WORDS
from services.notifications.rules import LINES, Audience
from services.notifications.texting.provider import encoded
from services.notifications.webhooks.guard import Reply
from shared.contracts import alliance
from shared.contracts import complaints as c
from shared.errors import NotAllowed
from shared.texts import LANGUAGES
from tests.support.tokens import an_actor
from tests.unit.notifications.news import an_event

SECRET = "SEC0123456789abcdef"
MOMENT = datetime.fromtimestamp(1767225600.123, UTC)
URLS = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/k",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=k",
}


def test_dingtalk_is_signed_as_apprise_signs():
    """Its `NotifyDingTalk.get_signature` says so for this secret at this moment (apprise 2.3.0)."""
    signature = dingtalk_signature("1767225600123", SECRET)
    assert encoded(signature) == "hMcDGhJiDtObVyiB%2BeN64T57tbf88fhdBUXWQ1wX%2B3U%3D"


def test_feishu_is_signed_as_go_lark_signs():
    """Its `GenSign` is held against this in its own tests (github.com/go-lark/lark)."""
    assert feishu_signature("1661860880", "xxx") == "QnWVTSBe6FmQDE0bG6X0mURbI+DnvVyu1h+j5dHOjrU="


def test_the_two_signatures_are_not_each_others():
    assert feishu_signature("1767225600", SECRET) != dingtalk_signature("1767225600", SECRET)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_is_asked_in_its_own_way(platform):
    asked = request(Line(platform, URLS[platform], SECRET), "有新的待办", MOMENT)
    body, query = json.loads(asked.content), parse_qs(urlsplit(asked.url).query)
    said = body["content"] if platform == "feishu" else body["text"]
    assert "有新的待办" in said.values()
    signed = {
        "wecom": (None, None),
        "feishu": (body.get("timestamp"), body.get("sign")),
        "dingtalk": (query.get("timestamp", [None])[0], query.get("sign", [None])[0]),
    }[platform]
    assert (
        signed
        == {
            "wecom": (None, None),
            "feishu": ("1767225600", feishu_signature("1767225600", SECRET)),
            "dingtalk": ("1767225600123", dingtalk_signature("1767225600123", SECRET)),
        }[platform]
    )


@pytest.mark.parametrize(
    ("platform", "answer", "means"),
    [
        ("wecom", {"errcode": 0, "errmsg": "ok"}, Yes()),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, NotYet("robot_45009")),
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, No(GONE)),
        ("feishu", {"code": 0, "msg": "success"}, Yes()),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, NotYet("robot_19021")),
        ("feishu", {"code": 19001, "msg": "incoming webhook access token invalid"}, No(GONE)),
        ("dingtalk", {"errcode": 0, "errmsg": "ok"}, Yes()),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, NotYet("robot_130101")),
        ("dingtalk", {"errcode": 300005, "errmsg": "token is not exist"}, No(GONE)),
    ],
)
def test_a_code_in_the_body_is_what_counts(platform, answer, means):
    assert judge(platform, answer) == means


@pytest.mark.parametrize(
    ("status", "body", "means"),
    [
        (429, b"", NotYet("robot_http_429")),
        (302, b"", NotYet("robot_http_302")),
        (500, b'{"errcode": 0}', NoWord("robot_http_500")),
        (200, b"<html>", NoWord("robot_unreadable")),
        (200, b'{"errcode": null}', NoWord("robot_unreadable")),
        (404, b"nothing", NotYet("robot_http_404")),
    ],
)
def test_without_one_the_status_says_whether_it_may_have_been_said(status, body, means):
    assert judgement("wecom", Reply(status, None, body)) == means


def test_the_group_hears_of_what_the_coordinators_are_told_and_of_nothing_else():
    told = {line.event for line in LINES if line.audience is Audience.COORDINATORS}
    assert word_of(an_event(c.MessageSent, to=())) is None
    filed = an_event(c.CaseFiled, identity="hidden", emergency=True)
    assert c.CaseFiled in told
    assert word_of(filed) == Word(filed.case_id, filed.reference, filed.stage, urgent=True)
    assert word_of(an_event(c.CaseFiled, identity="hidden")).urgent is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_says_number_stage_and_link_and_fits(language):
    words = [
        Word(uuid4(), f"SJ-7K3M-9QX4-{number}", "deliberate", urgent=True) for number in range(MOST_WORDS)
    ]
    text = text_of(words, language, public_url="https://shangju.example.org")
    assert len(text.encode()) <= 2048
    assert text.count("https://shangju.example.org/cases/") == MOST_WORDS
    twice = text_of([words[0], words[0]], language, public_url="https://shangju.example.org")
    assert twice.count(words[0].reference) == 1


def test_what_opens_a_group_is_sealed_for_its_robot_alone():
    one, other, line = uuid4(), uuid4(), Line("dingtalk", URLS["dingtalk"], SECRET)
    sealed = seal("key", one, line)
    assert b"access_token" not in sealed
    assert unseal("key", one, "dingtalk", sealed) == line
    for key, robot in (("key", other), ("another", one)):
        with pytest.raises(InvalidTag):
            unseal(key, robot, "dingtalk", sealed)


@pytest.mark.parametrize("role", get_args(alliance.Role))
def test_coordinators_and_operators_administer_them(role):
    actor = an_actor(role, member_id=uuid4())
    if role in ("coordinator", "operator"):
        assert policy.require_robots(actor) == (actor.alliance_id, actor.member_id)
    else:
        with pytest.raises(NotAllowed):
            policy.require_robots(actor)
