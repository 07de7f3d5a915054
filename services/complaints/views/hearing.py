"""Of the hearing's edges: who helped to file, and why somebody stopped."""

from __future__ import annotations

from services.complaints import answers, policy
from services.complaints import events as e
from services.complaints.decisions.state import Case, CaseFile, Standing, status_of
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


def continued(by: Standing, file: CaseFile, earlier: Case | None) -> Case | None:
    """The earlier case, for whom it may be known: of the two a coordinator could learn who stays hidden in one."""
    if earlier is None or not policy.sees(by, "continues", file):
        return None
    return earlier if by.role == "complainant" or not earlier.file.is_concealed else None


def refiled(by: Standing, file: CaseFile, earlier: Case | None) -> answers.RefiledView | None:
    """That it was withdrawn and comes back: a mark for the coordinator, and no reproach to anybody else."""
    if earlier is None or earlier.file.is_concealed or not policy.sees(by, "refiled", file):
        return None
    ended = earlier.file.clock("reopen")
    if ended is None or status_of(earlier) != "withdrawn":
        return None
    again, first = local_day(file.filed_at), local_day(earlier.file.filed_at)
    return answers.RefiledView(days=(again - first).days, days_since_withdrawal=(again - ended.since).days)


def withdrawal(case: Case, by: Standing, said: e.CaseWithdrawn | None) -> answers.WithdrawalView | None:
    """Why it was withdrawn. Whether somebody was pressed stays with the coordinator: asked openly, nobody says so."""
    if not policy.sees(by, "withdrawal", case.file) or said is None or status_of(case) != "withdrawn":
        return None
    pressured = said.pressured if policy.sees(by, "pressured", case.file) else None
    return answers.WithdrawalView(reason=said.reason, note=said.note, pressured=pressured)
