"""Steps asked of people, or at a place, where there is no page of the case."""

from __future__ import annotations

from services.portal.steps.inputs import Input, Step

INQUIRY_ANSWER = Step(
    "answer_inquiry",
    "complaints",
    "/v1/inquiries/{target}/answer",
    "case",
    (
        Input("text", "words"),
        Input("shared_with", "choice", ("coordinator", "mediator")),
        Input("own_statement", "tick", required=False),
    ),
)
"""Asked of whoever lives around a matter, who has no page of the case."""

GUARDIAN_CONSENT = Step(
    "guardian_consent",
    "complaints",
    "/v1/cases/{target}/guardian-consent",
    "case",
    (
        Input("guardian_id", "option"),
        Input("relation", "choice", ("parent", "guardian")),
        Input("proof", "choice", ("document", "known_in_person")),
        Input("purpose", "words", longest=500),
    ),
)
"""Asked on the list of children's notices: before it there is no case."""
