"""What may become of a covenant: adopted at a meeting, in versions whose clauses keep their numbers, until it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.alliance import policy, publish
from services.alliance.commands import (
    CovenantCommand,
    EndCovenant,
    FileCovenant,
    RegisterCovenant,
    ReplaceCovenant,
)
from services.alliance.decisions.covenants import (
    Adopted,
    CovenantState,
    Ended,
    Unregistered,
    current,
    decide,
    evolve,
    standing,
)
from services.alliance.events import Clause, Count, CovenantAdopted, CovenantEnded, CovenantFiled, Meeting
from services.alliance.neighbourhood import COVENANT
from services.alliance.views.covenants import CovenantList, CovenantSummary, covenant_table
from shared.access.actor import PUBLIC, SYSTEM
from shared.contracts import alliance
from shared.errors import Invalid, NotAllowed, NotFound, Refused
from shared.texts import Language
from tests.support.tokens import ALLIANCE, an_actor

ID = UUID(int=1)
TODAY = date(2026, 3, 12)
BOTH = Meeting("joint_meeting", "居委会活动室", (Count("residents", 64, 59), Count("merchants", 24, 21)))
FIRST = CovenantAdopted(
    "安静夜晚公约",
    None,
    (Clause(1, "十点以后轻拿轻放。"), Clause(2, "十点以后不卸货。")),
    ("residents", "merchants"),
    date(2025, 6, 15),
    BOTH,
    date(2025, 7, 1),
    None,
)
SECOND = replace(
    FIRST,
    clauses=(Clause(1, "九点半以后轻拿轻放。"), Clause(3, "门口贴电话。")),
    adopted_on=date(2026, 3, 1),
    in_force_from=date(2026, 4, 1),
)
REGISTER, REPLACE = RegisterCovenant(ID, ALLIANCE, FIRST), ReplaceCovenant(ID, 1, SECOND)
FILE, END = (
    FileCovenant(ID, 1, date(2026, 3, 10)),
    EndCovenant(ID, 1, date(2026, 3, 20), "居民会议决定不再续订"),
)


def after(*commands: CovenantCommand) -> CovenantState:
    state: CovenantState = Unregistered()
    for command in commands:
        state = reduce(evolve, decide(state, command, TODAY), state)
    return state


def test_given_nothing_when_registered_then_it_is_in_force_as_the_meeting_adopted_it():
    assert decide(Unregistered(), REGISTER, TODAY) == [FIRST]
    assert after(REGISTER) == Adopted((FIRST,))


def test_given_one_in_force_when_the_next_version_is_adopted_then_the_former_is_kept():
    assert decide(after(REGISTER), REPLACE, TODAY) == [SECOND]
    assert after(REGISTER, REPLACE) == Adopted((FIRST, SECOND))


def test_given_it_is_so_already_when_said_again_then_nothing_happens():
    assert decide(after(REGISTER, REPLACE), REPLACE, TODAY) == []
    assert decide(after(REGISTER, FILE), FILE, TODAY) == []


def test_given_two_versions_when_filed_then_the_newest_is():
    state = after(REGISTER, REPLACE, replace(FILE, follows=2))
    assert state == Adopted((FIRST, replace(SECOND, filed_on=FILE.on)))


def test_given_one_in_force_when_ended_then_its_versions_and_the_reason_stay():
    assert decide(after(REGISTER), END, TODAY) == [CovenantEnded(END.on, END.reason)]
    assert after(REGISTER, END) == Ended((FIRST,), END.on, END.reason)


@pytest.mark.parametrize(
    ("state", "command", "refusal"),
    [
        (Unregistered(), REPLACE, NotFound),
        (Unregistered(), FILE, NotFound),
        (Unregistered(), END, NotFound),
        (after(REGISTER), REGISTER, "already_registered"),
        (after(REGISTER, END), REGISTER, "covenant_is_over"),
        (after(REGISTER, END), REPLACE, "covenant_is_over"),
        (after(REGISTER, END), FILE, "covenant_is_over"),
        (after(REGISTER, END), END, "covenant_is_over"),
    ],
)
def test_what_cannot_be_done_now_is_refused(
    state: CovenantState, command: CovenantCommand, refusal: str | type[Refused]
):
    code = refusal if isinstance(refusal, str) else "not_found"
    with pytest.raises(Refused, match=code):
        decide(state, command, TODAY)


@pytest.mark.parametrize("command", [ReplaceCovenant(ID, 1, replace(SECOND, title="别的公约")), FILE, END])
def test_given_a_version_that_came_meanwhile_when_the_former_is_replaced_filed_or_ended_then_it_is_refused(
    command: CovenantCommand,
):
    with pytest.raises(Refused, match="changed_meanwhile"):
        decide(after(REGISTER, REPLACE), command, TODAY)


@pytest.mark.parametrize(
    "word",
    [
        "罚款",
        "罚",
        "罚 款",
        "罰款",
        "处罚",
        "没收",
        "扣两百块钱",
        "违约金",
        "is FINED",
        "a fine of",
        "penalty",
        "pay a yuan fine",
    ],
)
def test_a_clause_that_punishes_is_refused_by_its_number_in_the_list(word: str):
    clauses = (
        FIRST.clauses[0],
        Clause(2, f"违反者{word} 100 元。" if word.isalpha() else f"Who {word} 100."),
    )
    with pytest.raises(Invalid, match="covenant_without_fines") as refused:
        decide(Unregistered(), replace(REGISTER, adopted=replace(FIRST, clauses=clauses)), TODAY)
    assert refused.value.field == "/clauses/1/text"


def test_fine_weather_is_no_fine():
    fine = replace(FIRST, clauses=(Clause(1, "In fine weather doors stay closed after ten."),))
    assert decide(Unregistered(), replace(REGISTER, adopted=fine), TODAY) == [fine]


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"title": "违者罚款公约"}, "/title", "covenant_without_fines"),
        ({"clauses": (Clause(1, "请打 138 1234 5678。"),)}, "/clauses/0/text", "covenant_without_contacts"),
        ({"clauses": (Clause(1, "请打021-55512345。"),)}, "/clauses/0/text", "covenant_without_contacts"),
        ({"clauses": (Clause(2, "甲"), Clause(1, "乙"))}, "/clauses/1/number", "clauses_out_of_order"),
        ({"clauses": (Clause(1, "甲"), Clause(1, "乙"))}, "/clauses/1/number", "clauses_out_of_order"),
        ({"adopted_on": date(2026, 3, 13)}, "/adopted_on", "not_adopted_yet"),
        ({"in_force_from": date(2025, 6, 14)}, "/in_force_from", "in_force_too_early"),
        ({"filed_on": date(2025, 6, 14)}, "/filed_on", "filed_on_does_not_fit"),
        ({"filed_on": date(2026, 3, 13)}, "/filed_on", "filed_on_does_not_fit"),
        ({"sides": ("residents",)}, "/meeting/counts/1/side", "counted_side_does_not_fit"),
        (
            {"meeting": replace(BOTH, counts=(BOTH.counts[0], BOTH.counts[0]))},
            "/meeting/counts/0/side",
            "counted_side_does_not_fit",
        ),
        (
            {"meeting": replace(BOTH, counts=(Count("residents", 5, 6),))},
            "/meeting/counts/0/in_favour",
            "more_in_favour_than_present",
        ),
    ],
)
def test_what_cannot_be_so_is_named(changed: dict[str, Any], field: str, code: str):
    with pytest.raises(Invalid, match=code) as refused:
        decide(Unregistered(), replace(REGISTER, adopted=replace(FIRST, **changed)), TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"clauses": (Clause(2, "又一条"),)}, "/clauses/0/number", "clause_number_used"),
        ({"adopted_on": date(2026, 2, 28)}, "/adopted_on", "adopted_before_former"),
        ({"in_force_from": date(2026, 3, 31)}, "/in_force_from", "in_force_too_early"),
    ],
)
def test_a_next_version_keeps_numbers_and_comes_after_the_former(
    changed: dict[str, Any], field: str, code: str
):
    third = replace(SECOND, adopted_on=date(2026, 3, 12))
    with pytest.raises(Invalid, match=code) as refused:
        decide(after(REGISTER, REPLACE), ReplaceCovenant(ID, 2, replace(third, **changed)), TODAY)
    assert refused.value.field == field


def test_it_neither_ends_before_it_was_adopted_nor_with_a_threat():
    with pytest.raises(Invalid, match="ended_before_adopted"):
        decide(after(REGISTER), replace(END, on=date(2025, 6, 14)), TODAY)
    with pytest.raises(Invalid, match="covenant_without_fines"):
        decide(after(REGISTER), replace(END, reason="改为罚款"), TODAY)


def test_on_each_day_one_version_holds():
    state = after(REGISTER, REPLACE)
    assert not isinstance(state, Unregistered)
    days = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [(standing(state, day), current(state, day)) for day in days] == [
        ("coming", 1),
        ("in_force", 1),
        ("in_force", 1),
        ("in_force", 2),
    ]


def test_it_holds_until_the_day_on_which_it_ends():
    state = after(REGISTER, END)
    assert not isinstance(state, Unregistered)
    assert [standing(state, day) for day in (date(2026, 3, 19), date(2026, 3, 20))] == ["in_force", "ended"]


def test_numbers_and_days_leave_and_no_word_does():
    state = Adopted((FIRST, replace(SECOND, filed_on=FILE.on)))
    [filed] = publish.of_covenant(ID, ALLIANCE, state, CovenantFiled(FILE.on))
    assert filed == alliance.CovenantAdopted(
        covenant_id=ID,
        alliance_id=ALLIANCE,
        version=2,
        clauses=(1, 3),
        sides=("residents", "merchants"),
        adopted_on=SECOND.adopted_on,
        in_force_from=SECOND.in_force_from,
        filed_on=FILE.on,
    )
    ended = publish.of_covenant(ID, ALLIANCE, state, CovenantEnded(END.on, END.reason))
    assert ended == [alliance.CovenantEnded(covenant_id=ID, alliance_id=ALLIANCE, ended_on=END.on)]
    assert FIRST.title not in filed.model_dump_json()


def test_the_covenant_of_the_demonstration_is_one():
    assert decide(Unregistered(), RegisterCovenant(ID, ALLIANCE, COVENANT), TODAY) == [COVENANT]


def test_staff_keep_them_and_nobody_else():
    for role in ("coordinator", "operator"):
        policy.require_keeping_covenants(an_actor(role), ALLIANCE)
        with pytest.raises(NotFound):
            policy.require_keeping_covenants(an_actor(role), ID)
    policy.require_keeping_covenants(SYSTEM, ALLIANCE)
    for role in ("resident", "merchant", "building_captain", "mediator", "representative"):
        with pytest.raises(NotAllowed):
            policy.require_keeping_covenants(an_actor(role), ALLIANCE)
    with pytest.raises(NotFound):
        policy.require_keeping_covenants(PUBLIC, ALLIANCE)


@pytest.mark.parametrize(
    ("language", "title_en", "row"),
    [
        ("en", "Quiet nights", "Quiet nights,in force,1,2,residents and merchants"),
        ("en", None, "安静夜晚公约,in force,1,2,residents and merchants"),
        ("en", "=1+1", "'=1+1,in force"),
        ("zh-CN", "Quiet nights", "安静夜晚公约,生效中,1,2,居民、商户"),
    ],
)
def test_the_table_names_covenant_and_sides_in_the_language_asked_for(
    language: Language, title_en: str | None, row: str
) -> None:
    listed = CovenantSummary(
        id=ID,
        alliance_id=ALLIANCE,
        standing="in_force",
        version=1,
        title=FIRST.title,
        title_en=title_en,
        clauses=2,
        sides=["residents", "merchants"],
        in_force_since=FIRST.in_force_from,
        ended_on=None,
    )
    assert row in covenant_table(CovenantList(items=[listed]), language)
