"""What somebody is to a case, and what their office lets them ask."""

from __future__ import annotations

from uuid import UUID

from services.complaints import commands as c
from services.complaints.decisions.state import (
    Case,
    CaseFile,
    Referral,
    Standing,
)
from services.complaints.people import People
from services.complaints.policy.tables import (
    KEEP_PHRASES,
    MAY_FILE,
    MAY_FILE_FOR_OTHERS,
    SEE_LAW,
    SEE_SMALL_FIGURES,
    USE_PHRASES,
)
from services.complaints.terms import Role
from shared.access.actor import Actor, Grant
from shared.errors import NotAllowed


def standing(actor: Actor, alliance_id: UUID, case: Case, people: People) -> Standing | None:
    """What the actor is to the case, or None for whom it does not exist.

    A party is a party first: a coordinator who is complained about handles nothing and sees no hidden name.
    """
    if actor.role == "system":
        return Standing("system")
    if actor.alliance_id != alliance_id:
        return None
    parties = people.sides_of(actor.member_id, case.file)
    if "complainant" in parties:
        return _standing("complainant", parties["complainant"], case.file)
    if "respondent" in parties:
        told = case.file.accepted_on is not None
        return _standing("respondent", parties["respondent"], case.file) if told else None
    return _beside(actor, case.file, people) or _office(actor, case.file)


def _beside(actor: Actor, file: CaseFile, people: People) -> Standing | None:
    """Whoever is acted for at home stands where these do; others are joined to the case, asked, or were a party.

    With nobody acting for them any more they read what is about them, in nobody else's place.
    """
    is_acted_for = file.represented in people.parties_of(actor.member_id)
    if is_acted_for and file.acting is not None:
        return _standing("complainant", file.acting, file)
    besides = people.besides(actor.member_id, file).items()
    alone = Standing("complainant", file.represented, alone=True) if is_acted_for else None
    return next((Standing(role, party) for role, party in besides), alone)


def _standing(role: Role, party_id: UUID, file: CaseFile) -> Standing:
    return Standing(role, party_id, came_after=file.came_after(party_id))


def _office(actor: Actor, file: CaseFile) -> Standing | None:
    if actor.has("coordinator"):
        return Standing("coordinator")
    if file.mediation is not None and file.mediation.mediator_id == actor.member_id:
        return Standing("mediator")
    building = file.place.building_id if file.place else None
    if building is not None and Grant("building_captain", building) in actor.grants:
        return Standing("building_captain")
    return None


def officer_of(actor: Actor, alliance_id: UUID, case: Case, people: People) -> Standing | None:
    """An officer may confirm and return what was handed to them, and sees nothing else of the case."""
    if actor.alliance_id != alliance_id or people.parties_of(actor.member_id):
        return None
    handed = any(is_handed_to(actor, referral, case.file) for referral in case.file.referrals)
    return Standing("officer") if handed else None


def volunteer_of(actor: Actor, alliance_id: UUID, case: Case, people: People) -> Standing | None:
    """A volunteer of the building helps with its return visits; never somebody who is concerned."""
    if actor.alliance_id != alliance_id or people.parties_of(actor.member_id):
        return None
    building = case.file.place.building_id if case.file.place else None
    in_scope = {Grant("volunteer"), Grant("volunteer", building)} & actor.grants
    return Standing("helper") if in_scope else None


def may_list_visits(actor: Actor) -> bool:
    """Whoever makes return visits."""
    return any(actor.has(role) for role in ("coordinator", "building_captain", "volunteer"))


def is_handed_to(actor: Actor, referral: Referral, file: CaseFile) -> bool:
    """To the officer named in it; where none was named, to those in whose scope the place lies."""
    role = office_of(referral.authority)
    if referral.officer_id is not None:
        return referral.officer_id == actor.member_id and actor.has(role)
    scopes = {Grant(role), Grant(role, file.place.building_id if file.place else None)}
    return bool(scopes & actor.grants)


def office_of(authority: str) -> str:
    """The role of an authority's people here."""
    return "court_liaison" if authority == "court_station" else "agency_officer"


def may_list_referrals(actor: Actor) -> bool:
    """Coordinators list what they sent, officers what they were sent."""
    return any(actor.has(role) for role in ("coordinator", "agency_officer", "court_liaison"))


def require_filing(actor: Actor, filing: c.Filing) -> None:
    """Residents and merchants file for themselves and their family at home; captains, volunteers and coordinators for
    others too.

    Anonymously anybody may, without an account: a poster's code in the street is enough.
    """
    if actor.member_id is None and filing.identity == "anonymous":
        return
    if not actor.roles & MAY_FILE:
        raise NotAllowed
    may_help = filing.relation == "kin" or actor.roles & MAY_FILE_FOR_OTHERS
    if filing.on_behalf_of not in (None, actor.member_id) and not may_help:
        raise NotAllowed


def acts_for(actor: Actor, filing: c.Filing, *, at_home: bool) -> UUID | None:
    """Whom of their family at home they file for: they act for them from then on, where others help to file alone."""
    helps = filing.on_behalf_of not in (None, actor.member_id)
    return filing.on_behalf_of if helps and at_home and filing.relation == "kin" else None


def require_helping(actor: Actor, filing: c.Filing, place: c.Place | None, *, at_home: bool) -> None:
    """A captain files for the people of their own building alone, and anybody for their family at home."""
    if filing.on_behalf_of in (None, actor.member_id) or actor.roles & {"coordinator", "volunteer"}:
        return
    if acts_for(actor, filing, at_home=at_home) is not None:
        return
    building = place.building_id if place else None
    if building is None or Grant("building_captain", building) not in actor.grants:
        raise NotAllowed


def require_entering(actor: Actor, place: c.Place | None) -> None:
    """What was agreed on the spot, the captain of that very building enters."""
    if place is None or Grant("building_captain", place.building_id) not in actor.grants:
        raise NotAllowed


def sees_law(actor: Actor) -> bool:
    """Whether articles and certainties are shown: to those who route cases, not to those they are about."""
    return bool(actor.roles & SEE_LAW)


def sees_small_figures(actor: Actor) -> bool:
    """Whether figures of fewer than five cases are shown: to those who answer for the committee's work."""
    return bool(actor.roles & SEE_SMALL_FIGURES)


def may_be_offered(actor: Actor) -> bool:
    """Who could join a case is shown which ones there are; everybody else a number."""
    return bool(actor.roles & MAY_FILE)


def require_taking_over(actor: Actor) -> None:
    """A ledger is the committee's: whoever may name its rows may also learn which of them are cases."""
    if not actor.has("coordinator"):
        raise NotAllowed


def require_desk(actor: Actor) -> UUID:
    """Which coordinator looks at the committee's desk. Raises NotAllowed."""
    if not actor.has("coordinator") or actor.member_id is None:
        raise NotAllowed
    return actor.member_id


def require_phrases(actor: Actor) -> UUID:
    """Of which alliance somebody reads what is said often. Raises NotAllowed."""
    if not actor.roles & USE_PHRASES or actor.alliance_id is None:
        raise NotAllowed
    return actor.alliance_id


def require_keeping_phrases(actor: Actor) -> UUID:
    """Of which alliance somebody writes it. Raises NotAllowed."""
    if not actor.roles & KEEP_PHRASES:
        raise NotAllowed
    return require_phrases(actor)


def require_minor_notices(actor: Actor) -> None:
    """What was told of a child, coordinators see."""
    if not actor.has("coordinator"):
        raise NotAllowed


def require_register(actor: Actor) -> None:
    """What the alliance knows of its blocks, coordinators enter."""
    if not actor.has("coordinator"):
        raise NotAllowed
