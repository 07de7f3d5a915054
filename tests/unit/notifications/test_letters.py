"""What people read: complete in both languages, with days as people write them, and of nobody else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.message import EmailMessage
from string import Formatter
from uuid import UUID

import pytest
from icalendar import Calendar

from services.notifications import wording
from services.notifications.audiences import Roster, recipients
from services.notifications.letters import INVITATIONS, Office, compose
from services.notifications.notice import Facts, Notice, facts_for
from services.notifications.rules import DATES, KINDS
from services.notifications.storage import Addressed
from shared.access.links import subject_of
from shared.contracts import complaints as c
from shared.contracts import mediation as m
from shared.texts import LANGUAGES, catalogue

from .news import APART, GU, LIN, MA, PARTIES, SUN, THURSDAY, ZHOU, an_event, every_event

NOTICE_ID = UUID("01900000-0000-7000-8000-00000000000a")
FILED = datetime(2026, 3, 3, 15, 52, tzinfo=UTC)
OFFICE = Office("no-reply@shangju.example", "https://shangju.example", "a secret")
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
ROSTER = Roster((ZHOU,), frozenset({MA}))


def a_notice(event, kind: str, side="staff") -> Notice:
    facts = Facts.model_validate_json(facts_for(side, event).model_dump_json(exclude_none=True))
    return Notice(NOTICE_ID, kind, event.case_id, event.reference, facts, FILED, None, TRACE)


def a_mail(event, kind: str, language="zh-CN", side="staff", **changes) -> EmailMessage:
    addressed = Addressed(
        a_notice(event, kind, side),
        **{"name": "林佩珍", "address": "lin@shanbei.example"} | changes,
        language=language,
    )
    return compose(addressed, office=OFFICE, traceparent=TRACE)


def text(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def html(mail: EmailMessage) -> str:
    return mail.get_body(("html",)).get_content()


EVENT_OF = {who.kind: event for event in every_event() for who in recipients(event, ROSTER)}
"""For each kind of notice an event that is told by it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words_and_no_words_lie_about(language):
    expected = {f"{part}_{kind}" for kind in KINDS for part in ("title", "body")}
    expected |= {f"dates_{kind}" for kind in KINDS if DATES[kind]}
    found = catalogue("services.notifications", language)
    assert {code for code in found if code.startswith(("title_", "body_", "dates_"))} == expected
    assert all(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if DATES[kind]])
def test_a_sentence_names_just_the_dates_of_the_table(kind, language):
    sentence = catalogue("services.notifications", language)[f"dates_{kind}"]
    assert {name for _, name, _, _ in Formatter().parse(sentence) if name} == set(DATES[kind])


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_bodies_hold_nothing_to_be_filled_in(language):
    found = catalogue("services.notifications", language)
    for kind in KINDS:
        assert "{" not in found[f"title_{kind}"] + found[f"body_{kind}"]


def test_days_are_written_as_people_write_them():
    assert wording.say_day(THURSDAY, "zh-CN", FILED) == "3月5日 周四"
    assert wording.say_day(THURSDAY, "en", FILED) == "Thu 5 March"
    assert wording.say_day(date(2027, 1, 4), "zh-CN", FILED) == "2027年1月4日 周一"
    assert wording.say_day(date(2027, 1, 4), "en", FILED) == "Mon 4 January 2027"


def test_the_body_names_the_day_that_matters():
    notice = a_notice(an_event(c.NoticeServed, answer_until=THURSDAY), "answer_awaited")
    assert wording.body(notice, "zh-CN").endswith("最晚在3月5日 周四答复。")
    assert wording.body(notice, "en").endswith(" Please answer by Thu 5 March.")


def test_a_day_the_event_does_not_name_is_not_spoken_of():
    notice = a_notice(an_event(c.CaseFiled, due=None), "case_received")
    assert wording.body(notice, "zh-CN") == "这件事已经登记。联络员会先看一遍，再告诉您是否受理。"


def test_a_session_is_told_in_shanghai_time():
    notice = a_notice(an_event(m.SessionScheduled), "session_scheduled")
    assert "时间：3月24日 周二 14:00至15:30，地点：调解一室。" in wording.body(notice, "zh-CN")
    assert "Time: Tue 24 March 14:00 to 15:30; room: 调解一室." in wording.body(notice, "en")
    assert notice.facts.room == "ROOM-1", "which the release before reads as a mark"
    unnamed = a_notice(an_event(m.SessionScheduled, room_name=None), "session_scheduled")
    assert "地点：ROOM-1。" in wording.body(unnamed, "zh-CN")


def test_every_kind_is_tried_here():
    assert EVENT_OF.keys() == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_speaks_of_nobody(kind, language):
    event = EVENT_OF[kind]
    mail = a_mail(event, kind, language)
    whole = "\n".join([str(mail["Subject"]), *map(str, mail.values()), text(mail), html(mail)])
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            whole += part.get_content()
    for member in (LIN, SUN, MA, ZHOU, GU):
        assert str(member) not in whole
        assert member.hex not in whole
    assert set(re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", whole)) <= {
        str(event.case_id),
        str(NOTICE_ID),
    }
    assert not any(word in whole for word in ("None", "{", "<built-in"))


@pytest.mark.parametrize(
    ("language", "subject"),
    [("zh-CN", "您有一条办理进展 SJ-7K3M-9QX4-C"), ("en", "News on your matter SJ-7K3M-9QX4-C")],
)
def test_the_subject_is_the_same_whatever_happened(language, subject):
    assert {a_mail(event, kind, language)["Subject"] for kind, event in EVENT_OF.items()} == {subject}


def test_the_headers_carry_the_matter_and_its_trace():
    event = an_event(c.CaseAccepted)
    mail = a_mail(event, "case_accepted")
    assert mail["Message-ID"] == f"<{NOTICE_ID}@shangju.example>"
    assert mail["X-Shangju-Case"] == str(event.case_id)
    assert mail["X-Shangju-Notice"] == str(NOTICE_ID)
    assert mail["Content-Language"] == "zh-CN"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["traceparent"] == TRACE
    assert mail["To"] == "lin@shanbei.example"
    assert str(mail["From"]) == "商居联盟 <no-reply@shangju.example>"


def test_the_same_notice_makes_the_same_mail():
    event = an_event(c.CaseAccepted)
    once, again = (a_mail(event, "case_accepted") for _ in range(2))
    assert once.items() == again.items()
    assert (text(once), html(once)) == (text(again), html(again))


def test_a_name_is_text_and_never_markup():
    mail = a_mail(an_event(c.CaseAccepted), "case_accepted", name="<script>alert(1)</script>")
    assert "<script>" not in html(mail)
    assert "&lt;script&gt;" in html(mail)


def test_a_survey_mail_carries_the_personal_link():
    event = an_event(c.SurveyRequested)
    mail = a_mail(event, "survey_asked")
    [token] = set(re.findall(r"https://shangju\.example/survey/([\w.=-]+)", text(mail) + html(mail)))
    assert subject_of("a secret", "survey", token) == event.survey_id


@pytest.mark.parametrize(
    ("event", "kind", "method"),
    [
        (an_event(m.SessionScheduled, sequence=0), "session_scheduled", "REQUEST"),
        (an_event(m.SessionScheduled, sequence=1, moved=True), "session_moved", "REQUEST"),
        (an_event(m.SessionCancelled, sequence=2), "session_cancelled", "CANCEL"),
    ],
)
def test_an_invitation_is_a_part_mail_programs_act_on_and_a_file(event, kind, method):
    mail = a_mail(event, kind)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_filename() for part in parts] == [None, "shangju.ics"]
    for part in parts:
        assert part.get_param("method") == method
        calendar = Calendar.from_ical(part.get_content())
        [entry] = calendar.walk("VEVENT")
        assert (calendar["METHOD"], entry["UID"], entry["SEQUENCE"]) == (method, event.uid, event.sequence)
        assert entry["DTSTART"].dt == event.starts_at
        assert str(entry["ATTENDEE"]) == "mailto:lin@shanbei.example"
        assert entry["SUMMARY"] == "调解会面 SJ-7K3M-9QX4-C"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (an_event(m.SessionScheduled, **APART), "session_scheduled"),
        (an_event(m.SessionScheduled, moved=True, **APART), "session_moved"),
        (an_event(m.SessionCancelled, **APART), "session_cancelled"),
    ],
)
@pytest.mark.parametrize(
    ("side", "told", "untold"),
    [
        ("respondent", ["14:00", "15:00"], ["15:30", "16:30"]),
        ("complainant", ["15:30", "16:30"], ["14:00", "15:00"]),
        ("staff", ["14:00", "16:30"], ["15:00", "15:30"]),
    ],
)
def test_of_talks_held_apart_each_side_is_told_its_own_time(*, event, kind, side, told, untold, language):
    mail = a_mail(event, kind, language, side)
    calendars = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    whole = "\n".join([*map(str, mail.values()), text(mail), html(mail), *calendars])
    assert all(moment in text(mail) and moment in html(mail) for moment in told)
    assert not any(moment in whole for moment in untold)
    for calendar in calendars:
        [entry] = Calendar.from_ical(calendar).walk("VEVENT")
        assert [f"{entry[end].dt:%H:%M}" for end in ("DTSTART", "DTEND")] == told
        assert not any(moment.replace(":", "") + "00" in calendar for moment in untold)


def test_a_side_without_a_part_is_told_nothing_rather_than_all():
    event = an_event(m.SessionScheduled, **APART | {"parts": APART["parts"][:1]})
    with pytest.raises(KeyError):
        facts_for("complainant", event)


def test_only_sessions_carry_invitations():
    """Whoever is reminded of one has it in their calendar already."""
    reminders = {"session_near", "guest_near", "session_room_closed"}
    assert set(INVITATIONS) | reminders == {kind for kind in KINDS if "starts_at" in DATES[kind]}
    assert list(a_mail(an_event(c.CaseAccepted), "case_accepted").iter_attachments()) == []


def test_the_made_up_people_are_the_parties():
    assert [party.member_id for party in PARTIES] == [LIN, SUN, MA]


def unsubscribe_links(mail: EmailMessage) -> set[str]:
    return set(re.findall(r"https://shangju\.example/unsubscribe/([\w.-]+)", text(mail) + html(mail)))


def test_a_mail_that_may_be_switched_off_says_how_for_people_and_for_mail_programs():
    mail = a_mail(EVENT_OF["message_waiting"], "message_waiting", side="respondent")
    [token] = unsubscribe_links(mail)
    assert subject_of(OFFICE.link_secret, "unsubscribe", token) == NOTICE_ID
    assert mail["List-Unsubscribe"] == f"<https://shangju.example/api/notifications/v1/unsubscribe/{token}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://shangju.example/preferences" in text(mail)


def test_a_required_mail_says_that_it_cannot_be_switched_off():
    mail = a_mail(EVENT_OF["session_scheduled"], "session_scheduled")
    assert unsubscribe_links(mail) == set()
    assert mail["List-Unsubscribe"] is None
    assert catalogue("services.notifications", "zh-CN")["mail_required"] in text(mail)


@pytest.mark.parametrize("more", [(), (a_notice(EVENT_OF["message_waiting"], "message_waiting"),)])
def test_large_type_is_larger_in_all_places_also_of_a_summary(more):
    small, large = (
        [int(size) for size in re.findall(r"font-size:(\d+)px", html(mail))]
        for mail in (
            a_mail(EVENT_OF["case_accepted"], "case_accepted", large_type=chosen, more=more)
            for chosen in (False, True)
        )
    )
    assert len(small) == len(large)
    assert all(after >= before * 1.3 for before, after in zip(small, large, strict=True))
