"""The mail that carries a notice: text and HTML in the recipient's language, an invitation where there is one.

The same notice makes the same mail each time, Message-ID and date included, so that a mail server that sees
a second one may know it. The subject is the same for all: it shows on locked screens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from services.notifications import wording
from services.notifications.notice import Notice, Session
from services.notifications.storage import Addressed
from services.notifications.wishes import optional_group
from services.notifications.wording import TEXTS
from shared.calendar.ics import Method, invitation
from shared.clock import SHANGHAI

_TEMPLATES = Environment(
    loader=PackageLoader("services.notifications"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
)

INVITATIONS: Mapping[str, Method] = {
    "session_scheduled": "REQUEST",
    "session_moved": "REQUEST",
    "session_cancelled": "CANCEL",
    "guest_session": "REQUEST",
    "guest_moved": "REQUEST",
    "guest_cancelled": "CANCEL",
    "guest_released": "CANCEL",
}
"""Which kinds carry a calendar entry where a time is fixed, and what calendars are to do with it (RFC 5546)."""


@dataclass(frozen=True)
class Office:
    """From where the mails come and whereto their links lead."""

    mail_from: str
    public_url: str
    link_secret: str


def compose(addressed: Addressed, *, office: Office, traceparent: str | None) -> EmailMessage:
    """The mail for one recipient: one notice, or what was gathered of a day."""
    if addressed.more:
        return _summary(addressed, office, traceparent)
    notice, language = addressed.notice, addressed.language
    subject = TEXTS("mail_subject", language, reference=notice.reference)
    mail = _headed(addressed, office, traceparent, subject)
    mail["X-Shangju-Case"] = str(notice.case_id)
    mail["X-Shangju-Notice"] = str(notice.id)
    if optional_group(notice.kind):
        mail["List-Unsubscribe"] = (
            f"<{office.public_url}/api/notifications/v1/unsubscribe/{_token(notice, office)}>"
        )
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _write(mail, addressed, office)
    method = INVITATIONS.get(notice.kind)
    if method and notice.facts.uid is not None:
        _invite(mail, addressed, office, method)
    mail["Content-Language"] = language
    return mail


def _headed(addressed: Addressed, office: Office, traceparent: str | None, subject: str) -> EmailMessage:
    notice, language = addressed.notice, addressed.language
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(TEXTS("mail_sender", language), addr_spec=office.mail_from)
    mail["To"] = Address(addr_spec=addressed.address)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(notice.created_at.astimezone(SHANGHAI))
    mail["Message-ID"] = f"<{notice.id}@{office.mail_from.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if traceparent:
        mail["traceparent"] = traceparent
    return mail


def _summary(addressed: Addressed, office: Office, traceparent: str | None) -> EmailMessage:
    """Each notice with its own link; none of them is required, nor carries a calendar entry."""
    language, notices = addressed.language, (addressed.notice, *addressed.more)
    title = TEXTS("mail_summary", language, count=len(notices))
    mail = _headed(addressed, office, traceparent, title)
    said = _frame(addressed, office) | {
        "title": title,
        "notices": [_said(notice, addressed, office) for notice in notices],
    }
    mail.set_content(_TEMPLATES.get_template("summary.txt").render(said))
    mail.add_alternative(_TEMPLATES.get_template("summary.html").render(said), subtype="html")
    mail["Content-Language"] = language
    return mail


def _write(mail: EmailMessage, addressed: Addressed, office: Office) -> None:
    said = {
        **_frame(addressed, office),
        **_said(addressed.notice, addressed, office),
        "open": TEXTS("mail_open", addressed.language),
        **_less_of_it(addressed, office),
    }
    mail.set_content(_TEMPLATES.get_template("mail.txt").render(said))
    mail.add_alternative(_TEMPLATES.get_template("mail.html").render(said), subtype="html")


def _frame(addressed: Addressed, office: Office) -> dict[str, Any]:
    """What stands around the notices of any mail."""
    language = addressed.language
    return {
        "language": language,
        "large_type": addressed.large_type,
        "greeting": TEXTS("mail_greeting", language, name=addressed.name),
        "automatic": TEXTS("mail_automatic", language),
        "sender": TEXTS("mail_sender", language),
        "settings": TEXTS("mail_settings", language),
        "settings_link": f"{office.public_url}/preferences",
    }


def _said(notice: Notice, addressed: Addressed, office: Office) -> dict[str, str]:
    """One notice in words."""
    language = addressed.language
    return {
        "title": wording.title(notice, language),
        "body": wording.body(notice, language),
        "reference": TEXTS("mail_reference", language, reference=notice.reference),
        "link": wording.link(notice, public_url=office.public_url, link_secret=office.link_secret),
    }


def _less_of_it(addressed: Addressed, office: Office) -> dict[str, str]:
    """How to have no more mails of this kind, or why they come whatever is chosen."""
    notice, language = addressed.notice, addressed.language
    if optional_group(notice.kind) is None:
        return {"stop": TEXTS("mail_required", language), "stop_link": ""}
    return {
        "stop": TEXTS("mail_unsubscribe", language),
        "stop_link": f"{office.public_url}/unsubscribe/{_token(notice, office)}",
    }


def _token(notice: Notice, office: Office) -> str:
    return wording.unsubscribe_token(notice, link_secret=office.link_secret)


def _invite(mail: EmailMessage, addressed: Addressed, office: Office, method: Method) -> None:
    """As the part that mail programs act on, and as a file for those that don't know it."""
    calendar = _calendar(addressed, Session.model_validate(addressed.notice.facts), office, method)
    mail.add_alternative(calendar, subtype="calendar", params={"method": method})
    mail.add_attachment(calendar, subtype="calendar", params={"method": method}, filename="shangju.ics")


def _calendar(addressed: Addressed, session: Session, office: Office, method: Method) -> str:
    notice = addressed.notice
    return invitation(
        session.uid,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=session.door,
        summary=TEXTS("calendar_summary", addressed.language, reference=notice.reference),
        method=method,
        stamp=notice.created_at,
        attendee_email=addressed.address,
        organizer=office.mail_from,
    ).decode()
