"""What was agreed as one reader sees it: its words, its signatures, and what the court was asked."""

from __future__ import annotations

from services.mediation import guidance
from services.mediation.decisions.agreement import content_hash, warnings
from services.mediation.decisions.amending import amendment_hash, waits_for_group
from services.mediation.decisions.court import is_asked_by_all
from services.mediation.state import (
    Agreement,
    Amendment,
    Commitment,
    Content,
    Marks,
    Matter,
    Opened,
    Oral,
    Performed,
    Performing,
    Signature,
    Signing,
    commitments_of,
    content_of,
)
from services.mediation.views import paper, promises
from services.mediation.views.models import (
    AgreementView,
    AmendmentView,
    CourtResultView,
    CourtView,
    OptInView,
    OralView,
    SentView,
    SignatureView,
    WarningView,
    WordingDisputeView,
)
from services.mediation.views.reader import Reader
from shared.clock import end_of_day, local_day
from shared.texts import Language


def oral(reader: Reader) -> OralView | None:
    """An oral agreement may be confirmed in court like any other, once there is a record of it (art. 33)."""
    oral = reader.state.matter.oral
    if oral is None:
        return None
    return OralView(
        agreement_id=oral.agreement_id,
        agreed_on=oral.agreed_on,
        recorded=content_of(reader.state) is not None,
        dispute_until=oral.dispute_until,
        accepted=[reader.party(member_id).side for member_id in oral.accepted],
        dispute=_wording_dispute(reader, oral),
        judicial_until=oral.judicial_until,
        judicial_note=guidance.TEXTS("oral_needs_record", reader.language),
    )


def _wording_dispute(reader: Reader, oral: Oral) -> WordingDisputeView | None:
    if oral.dispute is None:
        return None
    reason = oral.dispute.reason if reader.sees("wording_dispute") else None
    return WordingDisputeView(side=reader.party(oral.dispute.party).side, reason=reason)


def agreement(reader: Reader) -> AgreementView | None:
    state = reader.state
    match state:
        case Signing(content=content, signatures=signatures, marks=marks):
            return _agreement_view(reader, content, signatures, marks, agreement=None)
        case Performing(agreement=agreement) | Performed(agreement=agreement):
            return _agreement_view(
                reader, agreement.content, agreement.signatures, agreement.marks, agreement=agreement
            )
        case _:
            return None


def _agreement_view(
    reader: Reader,
    content: Content,
    signatures: tuple[Signature, ...],
    marks: Marks,
    *,
    agreement: Agreement | None,
) -> AgreementView:
    in_words = reader.sees("words_agreed")
    return AgreementView(
        id=content.agreement_id,
        form=content.form,
        facts=content.facts if in_words else "",
        terms=content.terms if in_words else "",
        content_hash=content_hash(reader.state.matter, content),
        warnings=warnings_in(reader.state.matter, content, reader.language) if in_words else [],
        commitments=promises.commitments(reader, commitments_of(reader.state)),
        signatures=[_signature(reader, one) for one in signatures] + _marks(marks) if in_words else [],
        effective_on=agreement and agreement.effective_on,
        court=_court(reader, agreement) if agreement and in_words else None,
        opt_in=_opt_in(reader),
    )


def _opt_in(reader: Reader) -> OptInView | None:
    """For its members and for those who sign it."""
    matter = reader.state.matter
    if matter.fellows_until is None:
        return None
    me = reader.actor.member_id and matter.fellow(reader.actor.member_id)
    return OptInView(
        until=matter.fellows_until,
        yours=me.agrees if me else None,
        agreed=matter.about_bound,
    )


def warnings_in(matter: Matter, content: Content, language: Language) -> list[WarningView]:
    return [WarningView(code=code, text=guidance.TEXTS(code, language)) for code in warnings(matter, content)]


def amendment(reader: Reader) -> AmendmentView | None:
    """What is offered and not in effect: its promises are nobody's yet."""
    state = reader.state
    if not isinstance(state, Performing) or state.amendment is None or not reader.sees("words_agreed"):
        return None
    offered = state.amendment
    return AmendmentView(
        id=offered.content.agreement_id,
        terms=offered.content.terms,
        content_hash=amendment_hash(state.matter, offered),
        replaces=list(offered.replaces),
        commitments=promises.commitments(reader, tuple(Commitment(one) for one in offered.content.promises)),
        signatures=[_signature(reader, one) for one in offered.signatures] + _marks(offered.marks),
        effective_on=None,
        court=None,
        group_awaited=waits_for_group(state, offered),
        agreed_by_you=reader.actor.member_id in offered.agreed,
    )


def amendments(reader: Reader) -> list[AmendmentView]:
    """Those in effect, the earlier ones readable beside the later."""
    state = reader.state
    if not isinstance(state, Performing | Performed) or not reader.sees("words_agreed"):
        return []
    return [_in_effect(reader, state.commitments, one) for one in state.amendments]


def _in_effect(reader: Reader, commitments: tuple[Commitment, ...], agreement: Agreement) -> AmendmentView:
    content = agreement.content
    replaced = [one.promise.commitment_id for one in commitments if one.replaced_by == content.agreement_id]
    own = {promise.commitment_id for promise in content.promises}
    amendment = Amendment(content, tuple(replaced))
    return AmendmentView(
        id=content.agreement_id,
        terms=content.terms,
        content_hash=amendment_hash(reader.state.matter, amendment),
        replaces=replaced,
        commitments=promises.commitments(
            reader, tuple(one for one in commitments if one.promise.commitment_id in own)
        ),
        signatures=[_signature(reader, one) for one in agreement.signatures] + _marks(agreement.marks),
        effective_on=agreement.effective_on,
        court=_court(reader, agreement),
    )


def _signature(reader: Reader, signature: Signature) -> SignatureView:
    party = reader.party(signature.party)
    return SignatureView(
        by="party",
        side=party.side,
        label=reader.label(party),
        on=local_day(signature.at),
        by_code=signature.proven_at is not None,
        by_hand=signature.sheet and signature.sheet.hand,
        sheet=paper.sheet(reader, signature.sheet),
    )


def _marks(marks: Marks) -> list[SignatureView]:
    made = {"mediator": marks.mediator, "committee": marks.committee}
    return [SignatureView(by=by, side=None, label=None, on=local_day(at)) for by, at in made.items() if at]


def _court(reader: Reader, agreement: Agreement) -> CourtView:
    asked = [reader.party(member_id).side for member_id in agreement.asked_court]
    complete = is_asked_by_all(reader.state.matter, agreement)
    over = reader.now >= end_of_day(agreement.judicial_until)
    return CourtView(
        until=agreement.judicial_until,
        provisional=reader.calendar.is_provisional(agreement.judicial_until.year),
        asked=asked,
        complete=complete,
        lapsed=over and not complete,
        result=CourtResultView(**vars(agreement.court_result)) if agreement.court_result else None,
        told_on=agreement.court_by_mouth and agreement.court_by_mouth.told_on,
    )


def handover(state: Opened) -> SentView | None:
    sent = state.handover if isinstance(state, Performing | Performed) else None
    if sent is None:
        return None
    return SentView(
        id=sent.pack_id,
        sent_on=sent.sent_on,
        contents=list(sent.contents),
        pages=sent.pages,
        sha256=sent.sha256,
    )
