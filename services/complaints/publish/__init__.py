"""What may leave the service: private event → public contract events, with ids and codes, never words.

An event in no line of the table stays inside.
"""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.publish import (
    closing,
    deliberating,
    emergency,
    grouping,
    hearing,
    parties,
    pledging,
    referring,
    talking,
)
from services.complaints.publish.beside import inquiries_over, of_inquiry, of_minor_notice
from services.complaints.publish.telling import Telling, Translations
from shared.contracts.envelope import Contract

__all__ = [
    "KEPT_INSIDE",
    "TRANSLATIONS",
    "Telling",
    "contracts_of",
    "inquiries_over",
    "of_inquiry",
    "of_minor_notice",
]

KEPT_INSIDE = frozenset(
    {
        e.NoticeDelivered,
        e.InquiryOpened,
        e.HealthSharingDecided,
        e.GroupGathered,
        e.GroupAsked,
        e.LeadsNominated,
        e.LeadAccepted,
        e.SpeakerVolunteered,
        e.GroupNewsNoted,
        e.ContactMade,
        e.MediationNoted,
        e.ReceiptHanded,
        e.AgreementDrafted,
        e.AgreementTookEffect,
        e.AgreementAmended,
        e.SupervisionBegan,
        e.CommitmentsPerformed,
        e.VisitsRecounted,
        e.MediationEnded,
        e.EvidenceSealed,
        e.SealedEvidenceOpened,
        e.EvidenceErased,
        e.PersonErased,
        e.ChildHeard,
        e.ChildLetFollow,
        e.BoardAllowed,
        e.WorkRecorded,
        e.ServiceAttempted,
        e.AnswerEntered,
        e.RespondentClaimed,
        e.HotlineCalled,
        e.PoliceReported,
        e.SiteVisited,
    }
)
"""Nobody is told: others told us, or it is nobody's business but the journal's."""

TRANSLATIONS: Translations = {
    **closing.TRANSLATIONS,
    **deliberating.TRANSLATIONS,
    **emergency.TRANSLATIONS,
    **grouping.TRANSLATIONS,
    **hearing.TRANSLATIONS,
    **parties.TRANSLATIONS,
    **pledging.TRANSLATIONS,
    **referring.TRANSLATIONS,
    **talking.TRANSLATIONS,
}


def contracts_of(telling: Telling, event: e.Event) -> list[Contract]:
    """What others are told of `event`."""
    translate = TRANSLATIONS.get(type(event))
    return translate(telling, event) if translate else []
