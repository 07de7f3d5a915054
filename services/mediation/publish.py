"""What of a private event may leave the service, and in which contract. No words of a person, no refuser.

Minutes, caucus notes, wishes, answers, explanations and marks have no case here: they stay. Which party
declined a mediator or a guest, and what tie a mediator declared, stay too; and so does who a guest is, but to
themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from services.mediation import events as happened
from services.mediation.decisions import absent, apart, attending, reminding
from services.mediation.decisions.commitments import done_by
from services.mediation.decisions.court import agreement_in, is_asked_by_all
from services.mediation.state import (
    Ended,
    Matter,
    Mediation,
    Opened,
    Oral,
    Performed,
    Performing,
    Promise,
    Reminder,
    Scheduled,
    Session,
    Side,
    amendment_ids_of,
    candidate_of,
    commitments_of,
    content_of,
    guests_of,
    mediator_of,
    other_side,
)
from services.mediation.state import (
    Party as Concerned,
)
from shared.clock import local_day
from shared.contracts import mediation as told
from shared.contracts.complaints import Party
from shared.contracts.envelope import Contract, DoorSign

_SIGNS: TypeAdapter[str] = TypeAdapter(DoorSign)


def contracts(after: Opened, event: happened.Event) -> list[Contract]:
    """What other services are told of `event`, `after` being the state its command led to."""
    about = _about(after)
    if isinstance(event, absent.Missed):
        return _of_absence(about, after, event)
    if isinstance(event, attending.OfGuest):
        return _of_guest(about, after, event)
    if isinstance(event, happened.SpeakersInvited):
        to = tuple(party.member_id for party in after.matter.parties)
        return [told.GuestProposed(**about, role="neighbour", to=to)]
    if isinstance(event, happened.WordAwaited):
        return [_awaited(about, event)]
    contract = (
        _of_consent(about, after, event)
        or _of_mediator(about, after, event)
        or _of_session(about, after, event)
        or _of_agreement(about, after, event)
        or _of_oral(about, event)
        or _of_court(about, after, event)
        or _of_commitment(about, after, event)
        or _of_amendment(about, after, event)
        or _of_change(about, after, event)
        or _of_departure(about, after, event)
    )
    return [*([contract] if contract else []), *_to_guests(about, after, event)]


def _awaited(about: dict[str, Any], event: happened.WordAwaited) -> Contract:
    owed = event.reminder
    if owed.word == "court" and owed.until is not None:
        return told.CourtAwaited(**about, agreement_id=owed.of, to=event.by, until=owed.until)
    return told.WordAwaited.model_validate({**about, **_said_to(owed), "to": event.by})


def settled(before: Mediation, after: Opened) -> list[Contract]:
    """Who is to be asked and reminded no more; it may still be on its way to them."""
    about = _about(after)
    return [
        told.WordSettled.model_validate({**about, **_said_to(owed), "to": owed.by})
        for owed in reminding.settled(before, after)
    ]


def named(contracts: Sequence[Contract], names: Mapping[str, str]) -> list[Contract]:
    """The same with what stands on the door of the room; a name that may not leave leaves its mark alone."""
    return [_at_its_door(one, names) for one in contracts]


def _at_its_door(contract: Contract, names: Mapping[str, str]) -> Contract:
    name = names.get(getattr(contract, "room", None) or "")
    try:
        return (
            contract
            if name is None
            else contract.model_copy(update={"room_name": _SIGNS.validate_python(name)})
        )
    except ValidationError:
        return contract


def _said_to(owed: Reminder | reminding.Owed) -> dict[str, Any]:
    of = None if owed.word == "guest" else owed.of
    return {"word": owed.word, "until": owed.until, "of": of}


def _about(after: Opened) -> dict[str, Any]:
    matter = after.matter
    return {
        "mediation_id": matter.mediation_id,
        "case_id": matter.case_id,
        "alliance_id": matter.alliance_id,
        "reference": matter.reference,
        "parties": tuple(Party(member_id=party.member_id, side=party.side) for party in _there(matter)),
        "mediator_id": mediator_of(after),
    }


def _there(matter: Matter) -> list[Concerned]:
    """Who is concerned now: nobody who has left hears of it as an occupant; who came after them does."""
    return [party for party in (*matter.parties, *matter.successors) if party.left_on is None]


def _of_departure(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.MediationDeserted():
            return told.PartiesGone(**about)
        case happened.DebtorLeft(which):
            return told.DebtorLeft(**about, **_owed(after, which))
        case happened.ReleaseAsked(which, party, release_id):
            return told.ReleaseAsked(**about, **_owed(after, which), release_id=release_id, to=(party,))
        case happened.AgreementEnded():
            content = content_of(after)
            return told.AgreementEnded(**about, agreement_id=content.agreement_id if content else None)
        case _:
            return None


def _of_consent(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.MediationOpened(matter):
            return told.MediationOpened(**about, consent_until=matter.consent_until)
        case happened.PartyConsented(party):
            return told.PartyConsented(**about, side=_side_of(after, party))
        case happened.ConsentCompleted():
            return told.ConsentCompleted(**about)
        case happened.MediationRefused():
            return told.MediationRefused(**about)
        case happened.MediationFailed(reason, wishes_referral):
            return told.MediationFailed(**about, reason=reason, wishes_referral=wishes_referral)
        case _:
            return None


def _of_mediator(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.MediatorProposed(mediator):
            return told.MediatorProposed(**about, proposed_id=mediator)
        case happened.MediatorTook():
            return told.MediatorTook(**about)
        case (
            happened.MediatorPassed(mediator)
            | happened.MediatorDeclined(mediator)
            | happened.MediatorSteppedAside(mediator)
        ):
            return told.MediatorPassed(
                **about,
                passed_id=mediator,
                replaced=candidate_of(after) is not None,
                declined=isinstance(event, happened.MediatorDeclined),
            )
        case happened.MediatorRemoved(mediator):
            void = any(session.mediator == mediator for session in after.matter.void)
            return told.MediatorRemoved(**about, removed_id=mediator, session_void=void)
        case _:
            return None


def _of_session(  # noqa: PLR0911 - one for each event
    about: dict[str, Any], after: Opened, event: happened.Event
) -> Contract | None:
    guests = tuple(guest.member_id for guest in after.matter.coming)
    match event:
        case happened.SlotsProposed(slots, answer_until):
            offered = tuple(
                told.Slot(slot_id=one.slot_id, starts_at=one.starts_at, ends_at=one.ends_at, room=one.room)
                for one in slots
            )
            return told.SlotsProposed(**about, slots=offered, answer_until=answer_until, guests=guests)
        case happened.NoTimeFound():
            return told.NoTimeFound(**about)
        case happened.SessionScheduled(session):
            return told.SessionScheduled(**about, **_when(session), **_parts(session), guests=guests)
        case happened.OpennessChanged(is_open):
            return told.OpennessChanged(**about, open=is_open, guests=guests)
        case happened.SessionMoved(session):
            return told.SessionScheduled(
                **about, **_when(session), **_parts(session), guests=guests, moved=True
            )
        case happened.SessionCancelled(session, mediator):
            about |= {"mediator_id": mediator}
            return told.SessionCancelled(**about, **_when(session), **_parts(session), guests=guests)
        case happened.SessionRemindedOf(session, side):
            return _near(about, after, session, side)
        case happened.RoomClosed(session):
            return told.SessionRoomClosed(**about, **_at(session), to=_second_mediators(after))
        case happened.MinutesReleased():
            return told.MinutesReleased(**about)
        case _:
            return None


def _at(session: Session) -> dict[str, Any]:
    return {
        "session_id": session.session_id,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "room": session.room,
    }


def _second_mediators(after: Opened) -> tuple[UUID, ...]:
    return tuple(one.member_id for one in after.matter.coming if one.role == "second_mediator")


def _near(about: dict[str, Any], after: Opened, session: Session, side: Side | None) -> Contract:
    """Each at a time of their own: a party at its side's part, the mediator and guests at the whole."""
    is_whole = side is None
    sides = (side,) if side is not None else () if session.parts else ("complainant", "respondent")
    own = apart.time_for(side, session, session.parts)
    return told.SessionNear(
        **about | ({} if is_whole else {"mediator_id": None}),
        session_id=session.session_id,
        starts_at=own.starts_at,
        ends_at=own.ends_at,
        room=session.room,
        to=tuple(one.member_id for one in after.matter.parties if one.side in sides and not one.left_on),
        guests=tuple(one.member_id for one in after.matter.coming) if is_whole else (),
    )


def _of_guest(  # noqa: PLR0911 - one for each event
    about: dict[str, Any], after: Opened, event: attending.OfGuest
) -> list[Contract]:
    """The parties are asked first; the guest hears of it with the last yes, and never before."""
    match event:
        case happened.GuestInvited(guest):
            waited_for = (party.member_id for party in after.matter.parties)
            to = tuple(member_id for member_id in waited_for if member_id not in guest.agreed)
            return [told.GuestProposed(**about, role=guest.role, to=to)]
        case happened.GuestAgreed(which):
            asked = [one for one in after.matter.asked_guests if one.member_id == which]
            return [told.GuestInvited(**about, role=one.role, guests=(which,)) for one in asked]
        case happened.InvitationEnded(_, role, withdrawn):
            return [told.InvitationEnded(**about, role=role, withdrawn=withdrawn)]
        case happened.GuestSteppedAside():
            return [told.InvitationEnded(**about, role="second_mediator", withdrawn=True)]
        case happened.GuestAnswered(which, role, comes):
            return [told.GuestAnswered(**about, role=role, comes=comes, guests=(which,))]
        case happened.GuestBooked(which, session):
            return [told.GuestBooked(**about, guests=(which,), **_when(session))]
        case happened.GuestReleased(which, session):
            when = _when(session) if session else {}
            return [told.GuestReleased(**about, guests=(which,), **when)]


def _to_guests(about: dict[str, Any], after: Opened, event: happened.Event) -> list[Contract]:
    """What becomes of others by what becomes of the parties.

    With the mediation's end they need not come; whoever came to a session that is called off hears of that already.
    """
    if isinstance(event, happened.PartyDeparted):
        return _asked_by_departure(about, after, event)
    ends = (
        happened.MediationRefused
        | happened.MediationFailed
        | happened.MediationWithdrawn
        | happened.MediationDeserted
    )
    if not (isinstance(event, ends) and isinstance(after, Ended) and after.held is None):
        return []
    told_already = after.matter.coming if after.cancelled else ()
    waiting = [one for one in after.matter.asked_guests if one.comes is not False and one not in told_already]
    guests = tuple(guest.member_id for guest in waiting)
    return [told.GuestReleased(**about, guests=guests)] if guests else []


def _asked_by_departure(
    about: dict[str, Any], after: Opened, event: happened.PartyDeparted
) -> list[Contract]:
    """Where only the one who left had not agreed, everybody has now."""
    asked = [guest for guest in guests_of(after) if event.party not in guest.agreed]
    return [told.GuestInvited(**about, role=guest.role, guests=(guest.member_id,)) for guest in asked]


def _of_absence(about: dict[str, Any], after: Opened, event: absent.Missed) -> list[Contract]:
    """Each side in words of its own. Where the talks are apart, the other's absence would tell its hour."""
    match event:
        case happened.AbsenceRecorded(side):
            own, others = _members(after, side), _members(after, other_side(side))
            heard = [told.SessionMissed(**about, own=True, to=own)]
            if not after.matter.separate:
                heard.append(told.SessionMissed(**about, own=False, to=others))
            return [*heard]
        case happened.AbsenceExcused(side):
            others = () if after.matter.separate else _members(after, other_side(side))
            return [told.AbsenceExcused(**about, to=others, asks_again=_is_asked_again(after))]
        case happened.DefaultPathOpened(side, until):
            return [told.DefaultPathOpened(**about, to=_members(after, other_side(side)), choose_until=until)]
        case happened.DefaultChosen(_, choice, then):
            day = local_day(then) if then else None
            return [told.DefaultPathChosen(**about, choice=choice, takes_effect_on=day)]
        case _:
            return []


def _members(after: Opened, side: Side) -> tuple[UUID, ...]:
    return tuple(party.member_id for party in after.matter.side(side))


def _is_asked_again(after: Opened) -> bool:
    return isinstance(after, Scheduled) and after.default is not None and after.default.excused


def _of_agreement(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    content = content_of(after)
    agreement_id = content.agreement_id if content else None
    match event:
        case happened.SessionHeld(session_id):
            return told.SessionHeld(**about, session_id=session_id)
        case happened.AgreementDrafted(drafted, _, until):
            named = {"agreement_id": drafted.agreement_id, "form": drafted.form}
            return told.AgreementDrafted(**about, **named, group_until=until)
        case happened.AgreementSigned(party):
            return told.AgreementSigned(**about, agreement_id=agreement_id, side=_side_of(after, party))
        case happened.AgreementEffective(effective_on, judicial_until):
            return told.AgreementEffective(
                **about,
                agreement_id=agreement_id,
                effective_on=effective_on,
                judicial_until=judicial_until,
                commitments=tuple(_promise(after, one.promise) for one in commitments_of(after)),
                declined=tuple(one.member_id for one in after.matter.fellows if one.agrees is False),
            )
        case happened.CommitmentsPerformed(confirmed_on):
            return told.CommitmentsPerformed(
                **about,
                agreement_id=agreement_id,
                confirmed_on=confirmed_on,
                done_by=done_by(commitments_of(after)),
            )
        case _:
            return None


def _of_oral(about: dict[str, Any], event: happened.Event) -> Contract | None:
    """That the words were recorded for the first time is told by the effect they have."""
    match event:
        case happened.OralAgreementOpened(Matter(oral=Oral() as oral)):
            return told.OralAgreementOpened(
                **about,
                agreement_id=oral.agreement_id,
                agreed_on=oral.agreed_on,
                dispute_until=oral.dispute_until,
                judicial_until=oral.judicial_until,
            )
        case happened.OralAgreementRecorded(content, again=True):
            return told.WordingRecorded(**about, agreement_id=content.agreement_id)
        case happened.WordingDisputed():
            return told.WordingDisputed(**about)
        case _:
            return None


def _of_court(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    """The request is told when it is one: who asked first is not."""
    match after, event:
        case Performing() | Performed(), happened.CourtAsked(agreement_id=named):
            asked_for = agreement_in(after, named or after.agreement.content.agreement_id)
            if not is_asked_by_all(after.matter, asked_for):
                return None
            return told.CourtRequested(**about, agreement_id=asked_for.content.agreement_id)
        case _, happened.CourtDecided(decided, result):
            return told.CourtDecided(**about, agreement_id=decided, confirmed=result.confirmed)
        case _, happened.HandedOver(handover):
            sent = {"pack_id": handover.pack_id, "sha256": handover.sha256, "pages": handover.pages}
            return told.HandedToCourt(**about, **sent)
        case _:
            return None


def _of_commitment(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.CommitmentProven(which, _, confirm_until, by_mediator=stated, evidence=shown):
            named = {"confirm_until": confirm_until, "evidence_ids": shown, "by_mediator": stated}
            return told.CommitmentProven(**about, **_owed(after, which), **named)
        case happened.CommitmentConfirmed(which):
            left = sum(not one.is_settled for one in commitments_of(after))
            return told.CommitmentConfirmed(**about, **_owed(after, which), open_count=left)
        case happened.CommitmentDisputed(which) | happened.CommitmentObjected(which):
            return told.CommitmentDisputed(**about, **_owed(after, which))
        case happened.CommitmentRemindedAhead(which, day):
            return told.CommitmentSoonDue(**about, **{**_owed(after, which), "due_on": day})
        case happened.CommitmentFellDue(which, proven, quiet=False):
            return told.CommitmentDue(**about, **_owed(after, which), proven=proven)
        case _:
            return None


def _of_amendment(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match after, event:
        case _, happened.AmendmentProposed(content):
            return told.AmendmentProposed(**about, agreement_id=content.agreement_id)
        case _, happened.AmendmentSigned(party):
            latest_id = amendment_ids_of(after)[-1]
            return told.AgreementSigned(**about, agreement_id=latest_id, side=_side_of(after, party))
        case _, happened.AmendmentDeclined():
            return told.AmendmentDeclined(**about)
        case Performing() | Performed(), happened.AmendmentEffective(effective_on, judicial_until):
            latest = after.amendments[-1].content
            waiting = [one.promise.due_on for one in after.commitments if not one.is_settled]
            return told.AgreementAmended(
                **about,
                agreement_id=latest.agreement_id,
                effective_on=effective_on,
                judicial_until=judicial_until,
                commitments=tuple(_promise(after, one) for one in latest.promises),
                last_due_on=max(waiting, default=effective_on),
            )
        case _:
            return None


def _of_change(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.DayGranted(which, until):
            return told.CommitmentGranted(**about, **_owed(after, which), until=until)
        case happened.CommitmentWaived(which):
            waived = any(
                one.status == "waived" and one.promise.commitment_id == which for one in commitments_of(after)
            )
            return told.CommitmentWaived(**about, **_owed(after, which)) if waived else None
        case happened.CommitmentImpossible(which):
            return told.CommitmentImpossible(**about, **_owed(after, which))
        case happened.PerformanceDeclined(which):
            return told.PerformanceDeclined(**about, **_owed(after, which))
        case _:
            return None


def _when(session: Session) -> dict[str, Any]:
    return {**_at(session), "uid": session.uid, "sequence": session.sequence}


def _parts(session: Session) -> dict[str, Any]:
    return {
        "parts": tuple(
            told.SessionPart(side=part.side, starts_at=part.starts_at, ends_at=part.ends_at)
            for part in session.parts
        )
    }


def _owed(after: Opened, commitment_id: UUID) -> dict[str, Any]:
    promises = (commitment.promise for commitment in commitments_of(after))
    promise = next(one for one in promises if one.commitment_id == commitment_id)
    return _promise(after, promise).model_dump()


def _promise(after: Opened, promise: Promise) -> told.Promise:
    """The first of the owner's side answers for it towards other services."""
    owner = (*after.matter.present(promise.owner_side), *after.matter.side(promise.owner_side))[0]
    return told.Promise(commitment_id=promise.commitment_id, owner_id=owner.member_id, due_on=promise.due_on)


def _side_of(after: Opened, party_id: UUID) -> Side:
    return next(party.side for party in after.matter.parties if party.member_id == party_id)
