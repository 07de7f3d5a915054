"""Who hears of what in this story, by mail and in the inbox, each once: written down before it is told."""

from __future__ import annotations

from collections import Counter

LIN, MA, ZHOU, GU = "lin", "ma", "zhou", "gu"

# fmt: off
TOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    # notice                    who hears it
    ("case_received",           (LIN,)),
    ("case_to_check",           (ZHOU,)),
    ("case_taken_on",           (LIN,)),
    ("case_accepted",           (MA,)),
    ("respondent_served",       (LIN,)),
    ("answer_awaited",          (MA,)),
    ("case_answered",           (LIN,)),
    ("answer_to_route",         (ZHOU,)),
    ("consent_asked",           (LIN, MA)),
    ("mediator_to_name",        (ZHOU,)),
    ("mediation_offered",       (GU,)),
    ("mediator_suggested",      (LIN, MA)),
    ("mediator_found",          (LIN, MA, ZHOU)),
    ("slots_to_answer",         (LIN, MA)),
    ("session_scheduled",       (LIN, MA, GU)),
    ("session_moved",           (LIN, MA, GU)),
    ("agreement_to_sign",       (LIN, MA)),
    ("agreement_signed",        (GU, ZHOU)),        # Lin's signature
    ("agreement_signed",        (GU, ZHOU)),        # Ma's signature
    ("agreement_effective",     (LIN, MA)),
    ("agreement_in_force",      (GU, ZHOU)),
    ("commitment_to_confirm",   (LIN,)),            # the door
    ("commitment_to_confirm",   (LIN,)),            # the bass
    ("commitment_confirmed",    (MA,)),             # the door
    ("confirmation_overdue",    (LIN,)),            # the bass
    ("confirmation_awaited",    (MA,)),             # the bass
    ("commitment_confirmed",    (MA,)),             # the bass
    ("all_performed",           (GU, ZHOU)),
    ("survey_asked",            (LIN, MA)),
    ("case_closed",             (LIN, MA)),
)
# fmt: on


def expected(who: str) -> Counter[str]:
    """The notices one person gets, with how many of each."""
    return Counter(kind for kind, people in TOLD if who in people)
