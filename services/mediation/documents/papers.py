"""What the papers say, in words of the reader's language. Pure; names are written on by hand beside the labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from babel import Locale
from babel.dates import format_date

from services.mediation.decisions.agreement import content_hash
from services.mediation.decisions.amending import amendment_hash
from services.mediation.decisions.on_paper import unsigned
from services.mediation.guidance import OTHER_ROUTES, TEXTS, label
from services.mediation.state import (
    Agreement,
    Amendment,
    Commitment,
    Content,
    Marks,
    Matter,
    Performed,
    Performing,
    Place,
    Promise,
    Sheet,
    Side,
    Signature,
    Signing,
    places_of,
)
from shared.clock import local_day
from shared.papers import Paper, Section
from shared.texts import Language

Agreed = Signing | Performing | Performed


def agreement_paper(state: Agreed, language: Language) -> Paper:
    """The agreement as art. 29 lists its parts; a draft, and an offered change, says that it binds nobody yet."""
    match state:
        case Signing(matter, content=content, signatures=signatures, marks=marks):
            status = TEXTS("doc_draft", language)
            paper = _agreement(matter, content, signatures, marks, status=status, language=language)
            return _with(paper, *_to_sign(state, language))
        case Performing(amendment=Amendment() as offered):
            paper = agreed_paper(state.matter, state.agreement, language)
            return _with(paper, *_offered(state, offered, language), *_to_sign(state, language))
        case _:
            return agreed_paper(state.matter, state.agreement, language)


def _with(paper: Paper, *sections: Section) -> Paper:
    return replace(paper, sections=(*paper.sections, *sections))


def _offered(state: Performing, offered: Amendment, language: Language) -> tuple[Section, ...]:
    replaced = [
        one.promise.what for one in state.commitments if one.promise.commitment_id in offered.replaces
    ]
    words = (TEXTS("doc_draft", language), offered.content.terms)
    return (
        Section(TEXTS("doc_amendment", language), words),
        *_change(state.matter, offered, replaced, language),
    )


def agreed_paper(matter: Matter, agreement: Agreement, language: Language) -> Paper:
    """An agreement in effect, with what may be asked of the court and until when."""
    said = {"day": _day(agreement.effective_on, language), "until": _day(agreement.judicial_until, language)}
    code = "doc_in_effect_hidden" if matter.hidden else "doc_in_effect"
    return _agreement(
        matter,
        agreement.content,
        agreement.signatures,
        agreement.marks,
        status=TEXTS(code, language, **said),
        language=language,
    )


def amendment_paper(
    matter: Matter, agreement: Agreement, replaced: tuple[Commitment, ...], language: Language
) -> Paper:
    """A change in effect: what took the place of what."""
    content = agreement.content
    amendment = Amendment(
        content,
        tuple(one.promise.commitment_id for one in replaced),
        agreement.signatures,
        agreement.marks,
    )
    sections = (
        Section(TEXTS("doc_terms", language), (content.terms,)),
        *_change(matter, amendment, [one.promise.what for one in replaced], language),
    )
    return Paper(TEXTS("doc_amendment", language), sections)


def _change(
    matter: Matter, amendment: Amendment, replaced: Sequence[str], language: Language
) -> tuple[Section, ...]:
    """What takes the place of what, and who signed it under which hash."""
    named = amendment_hash(matter, amendment)
    return (
        Section(TEXTS("doc_replaces", language), tuple(replaced)),
        Section(TEXTS("doc_commitments", language), _promises(amendment.content.promises, language)),
        _signed(matter, amendment.signatures, amendment.marks, named, language),
    )


def application_paper(matter: Matter, agreement: Agreement, language: Language) -> Paper:
    """The joint request (art. 33): it names everybody who asks, and is no paper while one is missing."""
    asked = tuple(label(matter, party, language) for party in matter.parties)
    facts = (
        TEXTS("doc_reference", language, reference=matter.reference),
        TEXTS("doc_effective", language, day=_day(agreement.effective_on, language)),
        TEXTS("doc_request_until", language, day=_day(agreement.judicial_until, language)),
        *_asked_by_mouth(matter, agreement, language),
    )
    return Paper(
        TEXTS("doc_request", language),
        (
            Section(TEXTS("doc_applicants", language), asked),
            Section(TEXTS("doc_request_of", language), (TEXTS("doc_request_words", language), *facts)),
            Section(TEXTS("doc_by_hand", language), _lines_to_sign(matter, language)),
        ),
    )


def _asked_by_mouth(matter: Matter, agreement: Agreement, language: Language) -> Iterator[str]:
    """Who cannot write asked on a day of their own, and the court reads that somebody else wrote it down."""
    mouth = agreement.court_by_mouth
    if matter.oral is not None and mouth is not None:
        who = next(one for one in matter.parties if one.member_id == matter.oral.spoken_for)
        day = _day(mouth.told_on, language)
        yield TEXTS("doc_request_by_mouth", language, who=label(matter, who, language), day=day)


def performance_paper(state: Performing, now: datetime, language: Language) -> Paper:
    """What was promised and what became of it: facts and days, and no word about anybody."""
    places = places_of(one.promise for one in state.commitments)
    rows = tuple(
        line
        for one in state.commitments
        for line in _performed(places[one.promise.commitment_id], one, now, language)
    )
    return Paper(TEXTS("doc_performance", language), (Section(TEXTS("doc_commitments", language), rows),))


def cover_paper(
    state: Performing, by: Side | None, contents: Iterable[str], now: datetime, language: Language
) -> Paper:
    """Who asks the court station, what lies behind this sheet, and what the station can and cannot do."""
    asks = TEXTS(f"word_{by}" if by else "doc_committee", language)
    routes = tuple(TEXTS(code, language) for code in OTHER_ROUTES)
    about = (
        TEXTS("doc_reference", language, reference=state.matter.reference),
        TEXTS("doc_asked_by", language, who=asks, day=_day(local_day(now), language)),
    )
    return Paper(
        TEXTS("doc_handover", language),
        (
            Section(TEXTS("doc_about", language), about),
            Section(TEXTS("doc_contents", language), tuple(contents)),
            Section(TEXTS("doc_limits", language), (limits(state, language), *routes)),
        ),
    )


def limits(state: Performing, language: Language) -> str:
    """Enforcement needs a confirmed agreement; without it a suit on the agreement is open (art. 32, 33)."""
    confirmed = state.agreement.court_result is not None and state.agreement.court_result.confirmed
    return TEXTS("doc_may_be_enforced" if confirmed else "doc_not_enforceable", language)


def _agreement(
    matter: Matter,
    content: Content,
    signatures: tuple[Signature, ...],
    marks: Marks,
    *,
    status: str,
    language: Language,
) -> Paper:
    parties = tuple(label(matter, party, language) for party in matter.parties)
    reference = TEXTS("doc_reference", language, reference=matter.reference)
    sections = [
        Section(TEXTS("doc_parties", language), (*parties, reference)),
        Section(TEXTS("doc_facts", language), (content.facts,)) if content.facts else None,
        Section(TEXTS("doc_terms", language), (content.terms,)),
        Section(TEXTS("doc_commitments", language), _promises(content.promises, language)),
        _signed(matter, signatures, marks, content_hash(matter, content), language),
        Section(
            TEXTS("doc_effect", language),
            (status, *_of_group(matter, language), TEXTS("doc_voluntary", language)),
        ),
    ]
    return Paper(TEXTS("doc_agreement", language), tuple(one for one in sections if one))


def _of_group(matter: Matter, language: Language) -> tuple[str, ...]:
    """Whom an agreement for a group binds: who signed it, and those who said yes to it themselves, in fives."""
    if not matter.fellows:
        return ()
    about = matter.about_bound
    code = "doc_group" if about is None else "doc_group_about"
    return (TEXTS(code, language, count=about),)


def _promises(promises: tuple[Promise, ...], language: Language) -> tuple[str, ...]:
    """Of a promise in steps one line names all their days."""
    places = places_of(promises)
    numbered = groupby(promises, key=lambda one: places[one.commitment_id].number)
    return tuple(_promised(str(number), tuple(steps), language) for number, steps in numbered)


def _promised(number: str, steps: Sequence[Promise], language: Language) -> str:
    first = steps[0]
    return TEXTS(
        "doc_promise",
        language,
        number=number,
        side=TEXTS(f"word_{first.owner_side}", language),
        what=first.what,
        measure=first.measure or "–",
        day=TEXTS("doc_between_days", language).join(_day(one.due_on, language) for one in steps),
    )


def _signed(
    matter: Matter, signatures: tuple[Signature, ...], marks: Marks, named: str, language: Language
) -> Section:
    """Each with its hour, and when its code was given: the hash names the words it stands under."""
    by_party = {signature.party: signature for signature in signatures}
    lines = [
        _signature(label(matter, party, language), by_party.get(party.member_id), language)
        for party in matter.parties
    ]
    made = (("doc_mediator", marks.mediator), ("doc_committee", marks.committee))
    lines += [TEXTS("doc_marked", language, who=TEXTS(code, language), at=_moment(at)) for code, at in made]
    lines.append(TEXTS("doc_hash", language, hash=named))
    return Section(TEXTS("doc_signatures", language), tuple(lines))


def _signature(who: str, signature: Signature | None, language: Language) -> str:
    if signature is not None and signature.sheet is not None:
        return _signed_by_hand(who, signature.at, signature.sheet, language)
    if signature is None or signature.proven_at is None:
        return TEXTS("doc_signed", language, who=who, at=_moment(signature.at if signature else None))
    at, proven_at = _moment(signature.at), _moment(signature.proven_at)
    return TEXTS("doc_signed_by_code", language, who=who, at=at, proven_at=proven_at)


def _signed_by_hand(who: str, at: datetime, sheet: Sheet, language: Language) -> str:
    """The witness is named on the sheet, which stays with the case: they may be near to a party that is hidden."""
    how = TEXTS(f"word_hand_{sheet.hand}", language)
    day = _day(sheet.signed_on, language)
    return TEXTS("doc_signed_by_hand", language, who=who, how=how, day=day, at=_moment(at))


def _to_sign(state: Signing | Performing, language: Language) -> tuple[Section, ...]:
    """Lines for those without an account, whose signature is missing, and for who sees them sign."""
    blank = "＿" * 12
    lines = tuple(
        TEXTS("doc_line_to_sign", language, who=label(state.matter, party, language), blank=blank)
        for party in unsigned(state)
    )
    return (Section(TEXTS("doc_to_sign", language), lines),) if lines else ()


def _numbered(place: Place) -> str:
    return str(place.number) if place.steps == 1 else f"{place.number}.{place.step}"


def _performed(place: Place, commitment: Commitment, now: datetime, language: Language) -> list[str]:
    head = _promised(_numbered(place), (commitment.promise,), language)
    over = not commitment.is_settled and local_day(now) > commitment.last_day
    lines = [head, TEXTS("doc_missed" if over else f"word_commitment_{commitment.status}", language)]
    if commitment.proof:
        lines.append(TEXTS("doc_proof", language, words=commitment.proof))
    if commitment.evidence:
        lines.append(TEXTS("doc_proof_evidence", language, count=len(commitment.evidence)))
    if commitment.dispute:
        lines.append(TEXTS("doc_dispute", language, words=commitment.dispute))
    return lines


def _lines_to_sign(matter: Matter, language: Language) -> tuple[str, ...]:
    blank = "＿" * 12
    return tuple(f"{label(matter, party, language)}: {blank}" for party in matter.parties)


def _day(day: date, language: Language) -> str:
    return format_date(day, "long", locale=Locale.parse(language, sep="-"))


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else "–"
