"""A noise reading as its reader may see it: the rule, the limit, the margin and the grade, and no accusation."""

from __future__ import annotations

from services.complaints import answers, sentences, showing
from services.complaints import events as e
from services.complaints.decisions import Standing
from services.complaints.decisions.state import CaseFile
from services.complaints.noise.verdict import Verdict
from shared.texts import Language


def readings(
    recorded: tuple[e.ReadingRecorded, ...], by: Standing, file: CaseFile, language: Language
) -> list[answers.ReadingView]:
    """Those the reader may see, in the order they came."""
    exhibits = {one.evidence_id: one for one in file.exhibits}
    return [
        reading(one, by, file, language)
        for one in recorded
        if showing.sees_exhibit(by, exhibits[one.evidence_id])
    ]


def reading(
    recorded: e.ReadingRecorded, by: Standing, file: CaseFile, language: Language
) -> answers.ReadingView:
    """One reading. The other side of a concealed complainant gets neither hour nor place: they would tell a flat."""
    taken, own = recorded.reading, showing.sees_origin(by, recorded.party_id, file)
    return answers.ReadingView(
        id=recorded.evidence_id,
        added_by=recorded.side,
        carried=showing.is_own_or_staff(by, recorded.party_id) and recorded.carried,
        released=any(
            one.shown == "released" for one in file.exhibits if one.evidence_id == recorded.evidence_id
        ),
        source=taken.source,
        instrument=taken.instrument,
        measured_by=taken.measured_by,
        measured_at=taken.measured_at if own else None,
        point=taken.point if own else None,
        note=recorded.note if showing.is_own_or_staff(by, recorded.party_id) else None,
        zone_class=taken.zone_class,
        zone_registered=recorded.zone_registered,
        verdict=_verdict(recorded.verdict, language),
    )


def _verdict(verdict: Verdict, language: Language) -> answers.VerdictView:
    found, rule = verdict.deciding, verdict.rule
    return answers.VerdictView(
        outcome=verdict.outcome,
        grade=verdict.grade,
        period=verdict.period,
        branch=verdict.branch,
        standard=rule.standard if rule else None,
        clause=rule.clause if rule else None,
        table=rule.table if rule else None,
        quantity=found.quantity if found else None,
        limit_db=found.limit_db if found else None,
        corrected_db=found.corrected_db if found else None,
        correction_db=found.correction_db if found else None,
        margin_db=found.margin_db if found else None,
        findings=[answers.FindingView(**vars(one)) for one in verdict.findings],
        reasons=list(verdict.reasons),
        shortfalls=list(verdict.shortfalls),
        text=sentences.verdict(verdict, language),
    )
