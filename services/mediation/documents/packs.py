"""Several papers as one: with a list of what is in it, its pages and its SHA-256, and the same as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from services.mediation.decisions.agreement import content_hash
from services.mediation.documents.papers import (
    agreed_paper,
    amendment_paper,
    application_paper,
    cover_paper,
    performance_paper,
)
from services.mediation.guidance import TEXTS
from services.mediation.state import Agreement, Commitment, Performed, Performing, Side
from shared.clock import local_day
from shared.papers import Paper, printed
from shared.texts import Language

LANGUAGE: Language = "zh-CN"
"""Courts are asked in Chinese, whatever the language of who asks."""


@dataclass(frozen=True)
class Pack:
    """What is handed over. `sha256` is that of the PDF."""

    contents: tuple[str, ...]
    pages: int
    sha256: str
    pdf: bytes
    json: bytes


def court_request(state: Performing | Performed, agreement: Agreement) -> Pack:
    """The joint request with the agreement it is about (art. 33)."""
    matter = state.matter
    papers = [application_paper(matter, agreement, LANGUAGE), agreed_paper(matter, agreement, LANGUAGE)]
    return _pack("court_request", state, papers, dated=agreement.effective_on)


def handover(state: Performing, by: Side | None, now: datetime) -> Pack:
    """What a court station needs to know of an agreement that was not kept."""
    papers = [
        agreed_paper(state.matter, state.agreement, LANGUAGE),
        *(amendment_paper(state.matter, one, _replaced_by(state, one), LANGUAGE) for one in state.amendments),
        performance_paper(state, now, LANGUAGE),
    ]
    contents = [TEXTS("doc_handover", LANGUAGE), *(paper.title for paper in papers)]
    cover = cover_paper(state, by, contents, now, LANGUAGE)
    return _pack("handover", state, [cover, *papers], dated=local_day(now))


def _replaced_by(state: Performing, agreement: Agreement) -> tuple[Commitment, ...]:
    changed = agreement.content.agreement_id
    return tuple(one for one in state.commitments if one.replaced_by == changed)


def _pack(kind: str, state: Performing | Performed, papers: Sequence[Paper], *, dated: date) -> Pack:
    matter = state.matter
    pdf, pages = printed(papers, foot=matter.reference, dated=dated)
    checksum = hashlib.sha256(pdf).hexdigest()
    told: dict[str, Any] = {
        "kind": kind,
        "reference": matter.reference,
        "agreement_id": state.agreement.content.agreement_id,
        "content_hash": content_hash(matter, state.agreement.content),
        "pdf_sha256": checksum,
        "pages": pages,
        "papers": [asdict(paper) for paper in papers],
    }
    written = json.dumps(told, ensure_ascii=False, indent=1, default=str).encode()
    return Pack(tuple(paper.title for paper in papers), pages, checksum, pdf, written)
