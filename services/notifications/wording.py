"""What a notice says, in its reader's language: title, body with the days to keep in mind, and where to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from string import Formatter

from babel.dates import format_date, format_time

from services.notifications.notice import Facts, Notice, Words
from services.notifications.rules import ON_THE_DESK
from shared.access.links import link_token
from shared.clock import SHANGHAI, local_day
from shared.texts import Language, Texts, catalogue

TEXTS = Texts("services.notifications")

UNSUBSCRIBE = "unsubscribe"
"""What a mail's own link proves: that its reader may have no more of its like."""

_LOCALES = {"zh-CN": "zh_CN", "en": "en"}
_DAYS = {"zh-CN": "M月d日 EEE", "en": "EEE d MMMM"}
_DAYS_OF_ANOTHER_YEAR = {"zh-CN": "y年M月d日 EEE", "en": "EEE d MMMM y"}


def standard(kind: str, language: Language) -> Words:
    """What the catalogue has for a kind, with the places still to be filled in."""
    found = catalogue("services.notifications", language)
    return Words(
        title=found[f"title_{kind}"], body=found[f"body_{kind}"], dates=found.get(f"dates_{kind}", "")
    )


def title(notice: Notice, language: Language) -> str:
    """One line: what happened, or what is asked."""
    return _words(notice, language).title


def body(notice: Notice, language: Language) -> str:
    """A few sentences; the one with the days only where the event named all of them."""
    said, words = said_facts(notice, language), _words(notice, language)
    sentences = [words.body]
    if words.dates and said.keys() >= places_in(words.dates):
        sentences.append(words.dates.format_map(said))
    return joined(sentences, language)


def joined(sentences: Iterable[str], language: Language) -> str:
    """One after the other, as the language writes them."""
    return ("" if language == "zh-CN" else " ").join(sentences)


def places_in(sentence: str) -> set[str]:
    """What is filled in where it is said."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _words(notice: Notice, language: Language) -> Words:
    return notice.own.get(language) or standard(notice.kind, language)


def link(notice: Notice, *, public_url: str, link_secret: str) -> str:
    """The page the notice is about; for a survey the recipient's personal one.

    Whoever is asked about a matter finds the question, and no case; guests and mediators asked their sessions.
    """
    if notice.facts.survey_id is not None:
        return f"{public_url}/survey/{link_token(link_secret, 'survey', notice.facts.survey_id)}"
    if notice.facts.release_id is not None:
        return f"{public_url}/release/{link_token(link_secret, 'release', notice.facts.release_id)}"
    if notice.kind == "inquiry_asked":
        return f"{public_url}/inquiries"
    if notice.kind in ON_THE_DESK:
        return f"{public_url}/mediations"
    return f"{public_url}/cases/{notice.case_id}"


def unsubscribe_token(notice: Notice, *, link_secret: str) -> str:
    """The end of a mail's link to have no more of its like."""
    return link_token(link_secret, UNSUBSCRIBE, notice.id)


def said_facts(notice: Notice, language: Language) -> Mapping[str, str]:
    """The facts the event named, each as people say it."""
    facts: Facts = notice.facts
    known = {name: value for name in Facts.model_fields if (value := getattr(facts, name)) is not None}
    if facts.room_name is not None:
        known["room"] = known.pop("room_name")
    return {name: _said(name, value, language, notice.created_at) for name, value in known.items()}


def _said(name: str, value: object, language: Language, written_at: datetime) -> str:
    match value:
        case datetime() if name == "ends_at":
            return say_time(value, language)
        case datetime():
            return f"{say_day(local_day(value), language, written_at)} {say_time(value, language)}"
        case date():
            return say_day(value, language, written_at)
        case _ if name == "stage":
            return TEXTS(f"word_{value}", language)
    return str(value)


def say_day(day: date, language: Language, written_at: datetime) -> str:
    """3月5日 周四 / Thu 5 March, with the year where it is not the one we are in."""
    patterns = _DAYS if day.year == local_day(written_at).year else _DAYS_OF_ANOTHER_YEAR
    return format_date(day, patterns[language], locale=_LOCALES[language])


def say_time(moment: datetime, language: Language) -> str:
    """14:00, in Shanghai."""
    return format_time(moment, "HH:mm", tzinfo=SHANGHAI, locale=_LOCALES[language])
