"""Takes texts as Alibaba Cloud's short message service does, and keeps them beside the mails.

Nothing is verified here: whoever reaches this machine's own door may text into it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.message import EmailMessage

from deploy.local.mailbox.letters import Letter, Letters

TEMPLATES = {
    "news.zh-CN": "【商居联盟】您有一条办理进展 {reference}，请登录商居联盟查看。",
    "news.en": "[Shangju] There is news on your matter {reference}; please sign in to read it.",
    "emergency.zh-CN": (
        "【商居联盟】紧急事项 {reference} 有新进展，请马上登录查看；有人身危险的，先打119、110或120。"
    ),
    "emergency.en": (
        "[Shangju] Urgent: {reference}. Please sign in at once; in danger call 119, 110 or 120 first."
    ),
}
"""The templates this provider has approved, by their codes."""


async def take(letters: Letters, asked: Mapping[str, str]) -> Letter:
    """Keeps the text as a letter to its number. Raises LookupError, ValueError for what is no such text."""
    words = TEMPLATES[asked["TemplateCode"]].format_map(json.loads(asked["TemplateParam"]))
    phone = asked["PhoneNumbers"]
    message = EmailMessage()
    message["From"] = asked["SignName"]
    message["To"] = phone
    message["Subject"] = f"短信 · Text {phone}"
    message["X-Shangju-Notice"] = asked["OutId"]
    message.set_content(words)
    return await letters.put(message.as_bytes(), sender="texts", recipients=[phone])
