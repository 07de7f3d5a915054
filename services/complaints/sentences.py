"""What people read of a case, in their language: next steps, histories, labels. The sentences are in locale/."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from babel import Locale
from babel.dates import format_date, format_datetime

from services.complaints import events as e
from services.complaints.categories import catalogue
from services.complaints.decisions import Case, Circumstances
from services.complaints.decisions.parties import all_were_heard, is_asked
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingVisits,
    Closed,
    Surveyed,
    running_clock,
    status_of,
)
from services.complaints.noise.verdict import Verdict
from services.complaints.service_list import service_list
from services.complaints.terms import Role
from shared.clock import SHANGHAI
from shared.texts import LANGUAGES, Language, Texts

TEXTS = Texts("services.complaints")

_LOCALES = {language: Locale.parse(language, sep="-") for language in LANGUAGES}
"""Made once: to find a locale by its name takes longer than to write a date."""

_COUNTERS = {"zh-CN": "甲乙丙丁戊己庚辛壬癸", "en": "ABCDEFGHIJ"}


def word(code: str, language: Language) -> str:
    """A code of ours in words."""
    listed = service_list().find(code)
    if listed is not None:
        return listed.label(language)
    authority = catalogue().authorities.get(code)
    return authority[language] if authority else TEXTS(f"word_{code}", language)


def day(on: date, language: Language) -> str:
    """A day as people write it."""
    return format_date(on, "long", locale=_LOCALES[language])


def moment(at: datetime, language: Language) -> str:
    """A day and hour as people here write it."""
    return format_datetime(at, "medium", tzinfo=SHANGHAI, locale=_LOCALES[language])


def next_step(case: Case, at: Circumstances, language: Language) -> str:
    """What happens next, said to the one who asks: in the words for their role where there are some."""
    if at.by.role in ("former", "invited"):
        return TEXTS(_beside(case, at), language)
    awaited = isinstance(case, AwaitingRoute) and not all_were_heard(case, at)
    wished = isinstance(case, AwaitingRoute) and case.file.wishes_referral and not case.file.open_referrals
    unseen = isinstance(case, AwaitingService) and not case.file.respondents and case.file.doer != "known"
    exceptions = {"party_awaited": awaited, "referral_wished": wished, "unseen": unseen}
    status = next((code for code, holds in exceptions.items() if holds), status_of(case))
    clock = running_clock(case, at.by.party_id)
    if isinstance(case, AwaitingService | AwaitingAnswer | AwaitingRoute) and is_asked(case, at):
        status = "served" if clock and clock.name == "party_answer" else "accepted"
    until = day(clock.until, language) if clock else ""
    for code in (f"next_{status}_{at.by.role}", f"next_{status}"):
        try:
            return TEXTS(code, language, until=until)
        except KeyError:
            continue
    raise KeyError(status)


def _beside(case: Case, at: Circumstances) -> str:
    """For whom is no party any more, or not yet."""
    former = case.file.former_party(at.by.party_id)
    if former is None:
        return "next_invited"
    surveyed = isinstance(case, Surveyed) and case.open_survey_of(at.by.party_id) is not None
    asked = former.is_asked and not isinstance(case, Closed | AwaitingVisits | Surveyed)
    return "next_former_surveyed" if surveyed else "next_former_asked" if asked else "next_former"


def referral_answered(case: Case, at: Circumstances, language: Language) -> str:
    """What follows a receipt or a return: an officer hears of the referral alone."""
    return (
        TEXTS("next_referral_noted", language) if at.by.role == "officer" else next_step(case, at, language)
    )


def pause(counted: date, days: int, moved: date, until: date, language: Language, *, lasts: bool) -> str:
    """The arithmetic of a clock that stood still, as anybody can check it."""
    said = {"counted": day(counted, language), "days": str(days), "moved": day(moved, language)}
    code = "pause_lasts" if lasts else "pause_ended"
    if lasts or moved == until:
        return TEXTS(code, language, **said)
    return TEXTS("pause_ended_on_holiday", language, **said, until=day(until, language))


def message_taken(case: Case, by: Role, to: str, language: Language) -> str:
    """What becomes of a message. Of a concealed complainant nothing is confirmed, whatever was guessed."""
    if by == "respondent" and case.file.is_concealed:
        return TEXTS("next_message_concealed", language)
    held = by in ("complainant", "respondent") and to != "coordinator"
    return TEXTS("next_message_held" if held else "next_message_sent", language)


def party_label(side: str, index: int, language: Language, *, concealed: bool) -> str:
    """How a party is called where no name is shown: 住户甲, Resident A."""
    code = "label_concealed" if concealed else f"label_{side}"
    counters = _COUNTERS[language]
    return TEXTS(code, language, counter=counters[index % len(counters)])


def fellow_label(party_id: UUID, language: Language) -> str:
    """How somebody is called among those who complain together: by a mark of a random id, never by an order."""
    return TEXTS("label_fellow", language, mark=party_id.hex[:4].upper())


def post_taken(held_for: Iterable[str], language: Language) -> str:
    """What becomes of a word to the group, and for which of its words it waits."""
    words = "、".join(held_for)
    return TEXTS("next_post_held" if words else "next_post_sent", language, words=words)


def kind_of(event: e.Event) -> str:
    """The stable name of a step."""
    match event:
        case e.MediationNoted():
            return event.step
        case e.MediationEnded():
            return event.how
        case _:
            return re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()


class Quoted(str):
    """Somebody's own words, a reference or a number inside a sentence: shown as they are."""

    __slots__ = ()


class Kind(str):
    """A subcategory's code; an alliance's own stands for itself."""

    __slots__ = ()


_Phrase = tuple[str, dict[str, date | str]]


def _settled(event: e.PledgeProven | e.PledgeConfirmed | e.PledgeDisputed | e.PledgeMissed) -> str:
    return "_settled" if event.owed_by else ""


_PHRASES: Mapping[type[e.Event], Callable[[Any], _Phrase]] = {
    e.CaseAccepted: lambda event: ("", {"until": event.mediation.until}),
    e.CategoryCorrected: lambda event: (
        "_emergency" if event.alarm else "",
        {"before": Kind(event.before), "now": Kind(event.subcategory)},
    ),
    e.CaseDeclined: lambda event: ("", {"reason": event.reason, "address": event.next_address}),
    e.HealthSharingDecided: lambda event: (
        ("_shared" if event.shared else "_kept") + ("_by_whose_it_is" if event.told_on else ""),
        {},
    ),
    e.CaseJoined: lambda event: ("_asked" if event.asked else "", {}),
    e.CaseSeparated: lambda event: (f"_{event.why}", {}),
    e.LeadsNamed: lambda event: ("" if event.leads else "_nobody", {}),
    e.GroupGathered: lambda event: ("", {"count": Quoted(len(event.joined))}),
    e.MatterSplit: lambda event: (
        "",
        {"own": Quoted(event.reference), "second": Quoted(event.split_reference)},
    ),
    e.NoticeDelivered: lambda event: (f"_{event.how}", {}),
    e.NoticeServed: lambda event: (f"_{event.how}", {"until": event.answer.until}),
    e.CaseAnswered: lambda event: (f"_{event.kind}", {}),
    e.InquiryOpened: lambda event: ("", {"homes": Quoted(str(event.homes))}),
    e.PartyAdded: lambda event: (
        f"_{event.basis}" if event.basis else "",
        {"side": event.side, "capacity": event.capacity},
    ),
    e.PartyLeft: lambda event: (f"_{event.why}", {"side": event.side}),
    e.LeavingSpoken: lambda event: (f"_{event.wish}" if event.wish else "", {}),
    e.PartyInvited: lambda event: ("", {"side": event.side, "capacity": event.capacity}),
    e.InvitationAnswered: lambda event: (
        "_affected" if event.affected else "_unaffected",
        {"side": event.side},
    ),
    e.PartyServed: lambda event: (f"_{event.how}", {"until": event.answer.until}),
    e.PartyAnswered: lambda event: (f"_{event.kind}", {}),
    e.MessageSent: lambda event: ("_held" if event.held else "", {"to": event.to}),
    e.CaseRouted: lambda event: (f"_{event.path}", {}),
    e.CaseReferred: lambda event: ("", {"authority": event.authority, "until": event.referral.until}),
    e.CaseReturned: lambda event: ("", {"authority": event.authority, "result": event.result}),
    e.IdentityRevealed: lambda event: ("", {"reason": Quoted(event.reason)}),
    e.ReceiptHanded: lambda event: ("", {"on": event.on}),
    e.AgreementTookEffect: lambda event: ("", {"on": event.commitments.since}),
    e.AgreementAmended: lambda event: ("", {"until": event.commitments.until}),
    e.SurveyAnswered: lambda event: (
        (f"_on_{event.slip}", {"on": event.received_on}) if event.received_on else ("", {})
    ),
    e.CaseClosed: lambda event: (f"_{event.outcome}", {}),
    e.ServiceAttempted: lambda event: (f"_{event.outcome}", {}),
    e.AnswerEntered: lambda event: (f"_{event.slip}", {"on": event.received_on}),
    e.ClockMissed: lambda event: ("", {"clock": event.clock}),
    e.ExtensionProposed: lambda event: ("", {"until": event.until}),
    e.MonthExtended: lambda event: ("", {"until": event.mediation.until}),
    e.SettlementSaid: lambda event: ("", {"side": event.side}),
    e.CaseConcluded: lambda event: (f"_{event.result}", {}),
    e.PledgeOffered: lambda event: (
        f"_{event.entered.slip}" if event.entered else "",
        {"until": event.due_on, "on": event.on},
    ),
    e.PledgeAnswered: lambda event: ("_wanted" if event.pledge else "_declined", {}),
    e.PledgeProven: lambda event: (_settled(event), {"until": event.confirm.until}),
    e.PledgeConfirmed: lambda event: (_settled(event), {}),
    e.PledgeDisputed: lambda event: (_settled(event), {}),
    e.PledgeMissed: lambda event: (_settled(event), {}),
    e.ServiceOffered: lambda event: ("", {"service": event.service}),
    e.ServiceAnswered: lambda event: ("_taken" if event.taken else "_left", {}),
    e.ReturnVisited: lambda event: ("_lasting" if event.lasting else "_not_lasting", {}),
    e.ClockWarned: lambda event: ("", {"clock": event.clock, "until": event.until}),
    e.CaseEscalated: lambda event: (f"_{event.step}", {"clock": event.clock}),
    e.ReferralChased: lambda event: (f"_{event.reason}", {"times": Quoted(event.times)}),
    e.EvidenceAdded: lambda event: ("_carried" if event.carried else f"_{event.kind}", {}),
    e.ReadingRecorded: lambda event: ("_carried" if event.carried else "", {}),
    e.EvidenceReleased: lambda event: (f"_{event.kind}", {}),
    e.HotlineCalled: lambda event: ("", {"number": Quoted(event.number)}),
    e.SealedEvidenceOpened: lambda event: ("", {"reason": Quoted(event.reason)}),
}
"""For an event whose sentence has variants or speaks of something: which one, and of what."""


def step(event: e.Event, language: Language) -> str:
    """A step of the history, in words. Of what people wrote only the reason of a look at a name is repeated."""
    phrase = _PHRASES.get(type(event))
    variant, data = phrase(event) if phrase else ("", {})
    said = {name: _said(value, language) for name, value in data.items()}
    return TEXTS(f"history_{kind_of(event)}{variant}", language, **said)


def verdict(of: Verdict, language: Language) -> str:
    """A noise verdict in words: figures and the rule, then how much it can prove. No word against anybody."""
    found, rule = of.deciding, of.rule
    data: dict[str, Any] = {"reasons": _reasons(of, language)}
    data |= {"standard": rule.standard, "clause": rule.clause, "table": rule.table} if rule else {}
    if found is not None and found.margin_db is not None:
        data |= {"value": found.corrected_db, "limit": found.limit_db, "margin": abs(found.margin_db)}
        data |= {"quantity": _quantity(found.quantity, language)}
    grade = TEXTS(f"verdict_grade_{of.grade}", language)
    gap = "" if language == "zh-CN" else " "
    return TEXTS(f"verdict_{of.outcome}", language, **data) + gap + grade


def _reasons(of: Verdict, language: Language) -> str:
    return TEXTS("reason_separator", language).join(TEXTS(f"reason_{one}", language) for one in of.reasons)


def _quantity(quantity: str, language: Language) -> str:
    if quantity in ("L_Aeq", "L_max"):
        return TEXTS(f"quantity_{quantity}", language)
    return TEXTS("quantity_band", language, hz=quantity)


def _said(value: date | str, language: Language) -> str:
    match value:
        case Quoted():
            return value
        case Kind():
            known = catalogue().find(value)
            return known.label(language) if known else value
        case date():
            return day(value, language)
        case _:
            return word(value, language)
