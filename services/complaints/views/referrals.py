"""What lies with the authorities, as the people of the case and the officers see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from services.complaints import answers, sentences, showing
from services.complaints import events as e
from services.complaints.decisions.state import CaseFile, Referral
from services.complaints.storage import HandedOver
from shared.clock import local_day
from shared.texts import Language


def of_case(file: CaseFile, said: Iterable[e.Event], language: Language) -> list[answers.ReferralView]:
    """Every referral of the case, returned ones too: none is ever lost from sight."""
    events = list(said)
    return [answers.ReferralView(**_referral(file, one, events, language)) for one in file.referrals]


def handed_over(one: HandedOver, now: datetime, language: Language) -> answers.HandedOverView:
    """Just what was handed over: the neutral summary, never the complainant's own words or name."""
    file, clock = one.case.file, one.case.file.clock("referral", one.referral.referral_id)
    by_type = {type(event): event for event in one.said}
    accepted, sent, back = (by_type.get(kind) for kind in (e.CaseAccepted, e.CaseReferred, e.CaseReturned))
    assert isinstance(sent, e.CaseReferred)  # noqa: S101
    return answers.HandedOverView(
        **_referral(file, one.referral, one.said, language),
        case_id=file.case_id,
        reference=file.reference,
        category=file.category,
        subcategory=file.subcategory,
        place_id=file.place.place_id if file.place else None,
        late_days=clock.late_days(local_day(now)) if clock else 0,
        summary=accepted.shared_summary if isinstance(accepted, e.CaseAccepted) else None,
        note=sent.note,
        documents=list(sent.documents),
        papers=list(_papers(sent, one.said, language)),
        evidence=list(_files(file, one.referral)),
        returned_note=back.note if isinstance(back, e.CaseReturned) else None,
    )


def _papers(sent: e.CaseReferred, said: Iterable[e.Event], language: Language) -> Iterator[answers.PaperView]:
    """The coordinator chose them; what the tip tells beside its words is not among them."""
    for event in said:
        match event:
            case e.CaseFiled(description=words) if "words" in sent.papers:
                yield answers.PaperView(code="words", text=words)
            case e.SiteVisited() if "site_visits" in sent.papers:
                found = {"present": event.present, "found": event.found, "done": event.done}
                yield answers.PaperView(
                    code="site_visits", text=sentences.TEXTS("paper_site_visit", language, **found)
                )


def _files(file: CaseFile, referral: Referral) -> Iterator[answers.HandedFile]:
    for evidence_id in referral.evidence_ids:
        exhibit = file.exhibit(evidence_id)
        content = showing.handed_content(referral, exhibit)
        if exhibit is not None and content is not None:
            yield answers.HandedFile(
                id=evidence_id, kind=exhibit.kind, media_type=content.media_type, size=content.size
            )


def _referral(file: CaseFile, one: Referral, said: Iterable[e.Event], language: Language) -> dict[str, Any]:
    clock = file.clock("referral", one.referral_id)
    assert clock is not None  # noqa: S101
    back = next((event for event in said if isinstance(event, e.CaseReturned) and _is_of(event, one)), None)
    return {
        "id": one.referral_id,
        "authority": one.authority,
        "authority_label": sentences.word(one.authority, language),
        "part": one.part,
        "sent_on": one.sent_on,
        "until": clock.until,
        "received_on": one.received_on,
        "chased": one.chased,
        "returned_on": one.returned_on,
        "result": one.result,
        "document_no": back.document_no if back else None,
        "public_note": back.public_note if back else None,
    }


def _is_of(event: e.CaseReturned, one: Referral) -> bool:
    return event.referral_id in (one.referral_id, None)
