"""议: the path, what was agreed on the spot, a longer month, and the end without mediation."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.decisions.state import Deliberating
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _routed(telling: Telling, event: e.CaseRouted) -> list[Contract]:
    if telling.was_over_before:
        return []
    file = telling.case.file
    place_id = file.place.place_id if file.place else None
    return [
        contracts.CaseRouted(
            **telling.common,
            path=event.path,
            identity=file.party_identity,
            place_id=place_id,
            minor=file.concerns_child,
            conflict_id=file.conflict,
            represented=telling.people.behind((file.represented,)) if file.represented else (),
        )
    ]


def _stated(telling: Telling, event: e.OralAgreementStated) -> list[Contract]:
    """The words stay here: the mediator who records it reads them in the case."""
    told, file = event.agreement, telling.case.file
    [spoken_for, *_] = telling.readers("complainant")
    return [
        contracts.OralAgreementStated(
            **telling.common,
            mediation_id=told.mediation_id,
            agreement_id=told.agreement_id,
            mediator_id=told.mediator_id,
            captain_id=told.captain_id,
            spoken_for=spoken_for,
            place_id=file.place.place_id if file.place else None,
            talked_at=told.talked_at,
            agreed_at=told.agreed_at,
            promises=tuple(
                contracts.OralPromise(
                    commitment_id=one.commitment_id, owner_side=one.owner_side, due_on=one.due_on
                )
                for one in told.promises
            ),
        )
    ]


def _extension_asked(telling: Telling, event: e.ExtensionProposed) -> list[Contract]:
    return [contracts.ExtensionAsked(**telling.common, until=event.until)]


def _extension_reminded(telling: Telling, _: e.ExtensionReminded) -> list[Contract]:
    file = telling.case.file
    assert file.extension is not None  # noqa: S101
    agreed = file.extension.agreed
    silent = [one for one in (*file.complainants, *file.respondents) if one not in agreed]
    until = file.extension.until
    return [contracts.ExtensionAwaited(**telling.common, until=until, to=telling.people.behind(silent))]


def _extension_consented(telling: Telling, event: e.ExtensionConsented) -> list[Contract]:
    """That they said yes is theirs to tell; that they said something stops their reminder."""
    return telling.settled("extension", telling.people.behind([event.party_id]))


def _extension_declined(telling: Telling, _: e.ExtensionDeclined) -> list[Contract]:
    return [contracts.ExtensionDeclined(**telling.common), *_extension_settled(telling)]


def _month_extended(telling: Telling, event: e.MonthExtended) -> list[Contract]:
    extended = contracts.MonthExtended(**telling.common, mediation_until=event.mediation.until)
    return [extended, *_extension_settled(telling)]


def _extension_settled(telling: Telling) -> list[Contract]:
    return telling.settled("extension", tuple(party.member_id for party in telling.parties))


def _settlement_said(telling: Telling, event: e.SettlementSaid) -> list[Contract]:
    """The other side is asked; by its own word it is settled, and that is told."""
    case = telling.case
    if not (isinstance(case, Deliberating) and case.settled_by == (event.side,)):
        return []
    other = "respondent" if event.side == "complainant" else "complainant"
    return [contracts.SettlementToAnswer(**telling.common, to=telling.readers(other))]


def _settlement_reached(telling: Telling, _: e.SettlementReached) -> list[Contract]:
    return [contracts.SettlementReached(**telling.common)]


def _concluded(telling: Telling, event: e.CaseConcluded) -> list[Contract]:
    result = "settled" if event.result == "pledge_kept" else event.result
    visited_first = event.last_visit is not None
    return [contracts.CaseConcluded(**telling.common, result=result, to_be_visited=visited_first)]


TRANSLATIONS: Translations = {
    e.CaseRouted: _routed,
    e.OralAgreementStated: _stated,
    e.ExtensionProposed: _extension_asked,
    e.ExtensionReminded: _extension_reminded,
    e.ExtensionConsented: _extension_consented,
    e.ExtensionDeclined: _extension_declined,
    e.MonthExtended: _month_extended,
    e.SettlementSaid: _settlement_said,
    e.SettlementReached: _settlement_reached,
    e.CaseConcluded: _concluded,
}
