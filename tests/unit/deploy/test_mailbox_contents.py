from email.message import EmailMessage
from pathlib import Path

from deploy.local.mailbox.contents import whole
from deploy.local.mailbox.letters import Letters
from deploy.local.mailbox.links import linked


def an_invitation() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "商居 <office@shangju.test>"
    message["To"] = "li@example.test"
    message["Subject"] = "调解时间 · Mediation"
    message.set_content("周三上午十点 https://example.test/a?b=1&c=2。")
    message.add_alternative("<p>周三上午十点</p>", subtype="html")
    message.add_attachment("BEGIN:VCALENDAR\r\n", subtype="calendar", params={"method": "REQUEST"})
    return message


async def test_a_letter_shows_texts_headers_and_the_invitation(tmp_path: Path):
    letters = Letters(tmp_path)
    content = an_invitation().as_bytes()

    letter = await letters.put(content, sender="office@shangju.test", recipients=["li@example.test"])

    shown = whole(letter)
    assert shown["subject"] == "调解时间 · Mediation"
    assert shown["to"] == ["li@example.test"]
    assert shown["text"].startswith("周三上午十点")
    assert shown["html"].strip() == "<p>周三上午十点</p>"
    assert shown["headers"]["From"] == "商居 <office@shangju.test>"
    assert "Delivered-To" not in shown["headers"]
    [calendar] = shown["attachments"]
    assert calendar["content_type"].startswith("text/calendar")
    assert 'method="REQUEST"' in calendar["content_type"]
    assert calendar["text"].startswith("BEGIN:VCALENDAR")


async def test_letters_are_newest_first_and_may_be_asked_for_by_recipient_or_after_one(tmp_path: Path):
    letters = Letters(tmp_path)
    old = await letters.put(b"\r\nold", sender="a@x.test", recipients=["li@x.test"])
    other = await letters.put(b"\r\nother", sender="a@x.test", recipients=["wang@x.test"])
    new = await letters.put(b"\r\nnew", sender="a@x.test", recipients=["Li@X.test", "wang@x.test"])

    assert list(letters.newest_first()) == [new, other, old]
    assert list(letters.newest_first(to="li@x.test")) == [new, old]
    assert list(letters.newest_first(to="wang@x.test", after=other.id)) == [new]


async def test_letters_survive_a_restart(tmp_path: Path):
    letter = await Letters(tmp_path).put(b"\r\nhello", sender="a@x.test", recipients=["b@x.test", "c@x.test"])

    assert Letters(tmp_path).get(letter.id) == letter


def test_addresses_in_a_text_become_links_and_markup_stays_text():
    text = "<b>看</b> https://example.test/a?b=1&c=2。"

    assert linked(text) == (
        "&lt;b&gt;看&lt;/b&gt; "
        '<a href="https://example.test/a?b=1&amp;c=2">https://example.test/a?b=1&amp;c=2</a>。'
    )
