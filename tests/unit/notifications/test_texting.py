"""Requests to providers of texts are signed as their documents show, and their answers read as they mean them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from services.notifications.commands import No, NotYet, NoWord, Yes
from services.notifications.retrying import LONGEST_WAIT, wait_of
from services.notifications.texting import aliyun, tencent
from services.notifications.texting.aliyun import Aliyun
from services.notifications.texting.provider import Text, reason_of
from services.notifications.texting.tencent import Tencent

NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)
TEXT = Text("13800138000", "SMS_1", "SJ-7K3M-9QX4-C", "the delivery")
ALIYUN = Aliyun("id", "secret", "商居联盟")
TENCENT = Tencent("id", "secret", "1400006666", "商居联盟")


class TestAliyun:
    def test_signs_the_example_of_its_document_alike(self):
        request = aliyun.signed(
            "https://ecs.cn-shanghai.aliyuncs.com/",
            {
                "RegionId": "cn-shanghai",
                "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
            },
            action="RunInstances",
            version="2014-05-26",
            now=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
            nonce="3156853299f313e23d1673dc12e1703d",
            key_id="YourAccessKeyId",
            key_secret="YourAccessKeySecret",
        )
        assert request.headers["authorization"] == (
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
            "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
            "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
        )

    def test_asks_for_one_text_with_the_reference_alone(self):
        request = ALIYUN.request(TEXT, now=NOON, nonce="n")
        asked = dict(parse_qsl(urlsplit(request.url).query))
        assert asked["PhoneNumbers"] == "13800138000"
        assert asked["SignName"] == "商居联盟"
        assert json.loads(asked["TemplateParam"]) == {"reference": "SJ-7K3M-9QX4-C"}
        assert "+" not in request.url

    @pytest.mark.parametrize(
        ("code", "answer"),
        [
            ("OK", Yes()),
            ("isv.BUSINESS_LIMIT_CONTROL", NotYet("sms_isv.BUSINESS_LIMIT_CONTROL")),
            ("isv.AMOUNT_NOT_ENOUGH", NotYet("sms_isv.AMOUNT_NOT_ENOUGH")),
            ("SignatureDoesNotMatch", NotYet("sms_SignatureDoesNotMatch")),
            ("isv.MOBILE_NUMBER_ILLEGAL", No("sms_isv.MOBILE_NUMBER_ILLEGAL")),
            ("13800138000 is bad", NotYet("sms_refused")),
        ],
    )
    def test_is_understood(self, code, answer):
        assert ALIYUN.judge({"Code": code, "Message": "13800138000"}) == answer


class TestTencent:
    def test_signs_the_example_of_its_document_alike(self):
        stars = "*" * 32
        content = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
        signature = tencent.signature_of(
            content,
            host="cvm.tencentcloudapi.com",
            service="cvm",
            action="DescribeInstances",
            moment=1551113065,
            secret_key=stars,
        )
        assert signature == "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"

    def test_names_its_credential_and_asks_for_one_text(self):
        request = TENCENT.request(TEXT, now=NOON, nonce="n")
        assert (
            "Credential=id/2026-03-12/sms/tc3_request, SignedHeaders=content-type;host;x-tc-action"
            in (request.headers["authorization"])
        )
        asked = json.loads(request.content)
        assert asked["PhoneNumberSet"] == ["+8613800138000"]
        assert asked["TemplateParamSet"] == ["SJ-7K3M-9QX4-C"]

    @pytest.mark.parametrize(
        ("response", "answer"),
        [
            ({"SendStatusSet": [{"Code": "Ok"}]}, Yes()),
            (
                {"SendStatusSet": [{"Code": "LimitExceeded.PhoneNumberDailyLimit"}]},
                NotYet("sms_LimitExceeded.PhoneNumberDailyLimit"),
            ),
            (
                {"SendStatusSet": [{"Code": "FailedOperation.PhoneNumberInBlacklist"}]},
                No("sms_FailedOperation.PhoneNumberInBlacklist"),
            ),
            (
                {"Error": {"Code": "AuthFailure.SignatureFailure"}},
                NotYet("sms_AuthFailure.SignatureFailure"),
            ),
            ({"Error": {"Code": "InternalError.Timeout"}}, NoWord("sms_InternalError.Timeout")),
        ],
    )
    def test_is_understood(self, response, answer):
        assert TENCENT.judge({"Response": response}) == answer


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        (None, None),
        ("120", timedelta(seconds=120)),
        ("999999999999", LONGEST_WAIT),
        ("Thu, 12 Mar 2026 04:05:00 GMT", timedelta(minutes=5)),
        ("Thu, 12 Mar 2026 03:00:00 GMT", timedelta()),
        ("soon", None),
        ("²", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(said, wait):
    assert wait_of(said, NOON) == wait


def test_a_reason_is_a_code_and_never_words():
    assert reason_of("isv.OUT_OF_SERVICE") == "sms_isv.OUT_OF_SERVICE"
    assert reason_of("号码 13800138000 无效") == "sms_refused"
