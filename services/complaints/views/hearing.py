"""Of the hearing's edges: who helped to file, and why somebody stopped."""

from __future__ import annotations

from uuid import UUID

from services.complaints import answers, policy, showing
from services.complaints import events as e
from services.complaints.decisions.state import Case, CaseFile, Standing, status_of
from services.complaints.storage import Stored
from shared.clock import local_day


def helped(by: Standing, file: CaseFile, filed: e.CaseFiled) -> answers.HelpView | None:
    """What was recorded of a filing for somebody else: for them to check, and for the coordinator."""
    if not policy.sees(by, "helped", file) or not (filed.relation or filed.consent):
        return None
    consent = filed.consent
    return answers.HelpView(
        relation=filed.relation,
        consent_how=consent.how if consent else None,
        consent_at=consent.at if consent else None,
        acts=file.represented is not None,
    )


def health(by: Standing, file: CaseFile, filed: e.CaseFiled) -> answers.HealthView | None:
    """What is marked as health: for the one who may share it, and for the coordinator who must not else."""
    if not policy.sees(by, "health", file) or not filed.health_words:
        return None
    return answers.HealthView(
        words=list(filed.health_words), sharing=file.health, of_another=file.health_of_another
    )


def answer_entered(
    by: Standing, file: CaseFile, entered: e.AnswerEntered | None
) -> answers.EnteredAnswerView | None:
    """How an answer came that was not given on the platform; the paper is for whoever may see what lies there."""
    if entered is None or not policy.sees(by, "answer", file):
        return None
    shown = showing.known_to(by, entered.evidence_ids, file)
    return answers.EnteredAnswerView(slip=entered.slip, received_on=entered.received_on, evidence_ids=shown)


def continued(by: Standing, file: CaseFile, earlier: Stored | None) -> Case | None:
    """The earlier case, for whom it may be known: of the two a coordinator could learn who stays hidden in one."""
    if earlier is None or not policy.sees(by, "continues", file):
        return None
    return earlier.case if by.role == "complainant" or not earlier.case.file.is_concealed else None


def anew(by: Standing, file: CaseFile, earlier: Stored | None, reader_id: UUID | None) -> bool:
    """Whether both sides are told that what was withdrawn is not settled, and that this is dealt with anew.

    The other side reads it where the earlier one reached them, and neither conceals who complains.
    """
    if earlier is None or status_of(earlier.case) != "withdrawn":
        return False
    first = earlier.case.file
    if by.role == "respondent":
        told = first.accepted_on is not None and reader_id in earlier.people.behind(first.respondents)
        return told and not (file.is_concealed or first.is_concealed)
    return continued(by, file, earlier) is not None


def refiled(by: Standing, file: CaseFile, earlier: Stored | None) -> answers.RefiledView | None:
    """That it was withdrawn and comes back: a mark for the coordinator, and no reproach to anybody else."""
    if earlier is None or earlier.case.file.is_concealed or not policy.sees(by, "refiled", file):
        return None
    ended = earlier.case.file.clock("reopen")
    if ended is None or status_of(earlier.case) != "withdrawn":
        return None
    again, first = local_day(file.filed_at), local_day(earlier.case.file.filed_at)
    return answers.RefiledView(days=(again - first).days, days_since_withdrawal=(again - ended.since).days)


def withdrawal(case: Case, by: Standing, said: e.CaseWithdrawn | None) -> answers.WithdrawalView | None:
    """Why it was withdrawn. Whether somebody was pressed stays with the coordinator: asked openly, nobody says so."""
    if not policy.sees(by, "withdrawal", case.file) or said is None or status_of(case) != "withdrawn":
        return None
    pressured = said.pressured if policy.sees(by, "pressured", case.file) else None
    return answers.WithdrawalView(reason=said.reason, note=said.note, pressured=pressured)
