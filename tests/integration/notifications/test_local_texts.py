"""The texts of a local system are on its mailbox page, sent as they would be to a real provider."""

from __future__ import annotations

import httpx
import pytest

from deploy.local.mailbox import Mailbox
from services.notifications.commands import NotYet, Yes
from services.notifications.settings import TEMPLATES
from services.notifications.texting.aliyun import Aliyun
from services.notifications.texting.gateway import TextGateway
from services.notifications.texting.provider import Text


async def send(mailbox: Mailbox, phone: str, template: str):
    provider = Aliyun("local", "local", "商居联盟", f"{mailbox.url}/texts")
    text = Text(phone, template, "SJ-7K3M-9QX4-C", "a notice")
    return await TextGateway(provider, answer_seconds=5).send(text)


@pytest.mark.parametrize(("number", "template"), list(enumerate(TEMPLATES)))
async def test_a_text_is_shown_with_the_number_of_the_matter_and_nothing_else(
    mailbox: Mailbox, number: int, template: str
):
    phone = f"1390000000{number}"
    assert await send(mailbox, phone, template) == Yes()

    async with httpx.AsyncClient(base_url=mailbox.url) as http:
        [shown] = (await http.get("/api/messages", params={"to": phone})).json()
        page = (await http.get("/", params={"to": phone})).text
    assert "SJ-7K3M-9QX4-C" in shown["text"]
    assert shown["headers"]["X-Shangju-Notice"] == "a notice"
    assert phone in page


async def test_a_template_nobody_approved_is_refused(mailbox: Mailbox):
    assert await send(mailbox, "13900000009", "SMS_1") == NotYet("sms_isv.INVALID_PARAMETERS")
