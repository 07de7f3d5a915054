"""Who may ask what, and who sees what: the whole matrix, written out a second time by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args
from uuid import UUID, uuid4

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions import Case, Standing
from services.complaints.decisions.emergency import raised
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    AwaitingTriage,
    CaseFile,
    Deliberating,
    Mediation,
    Surveyed,
)
from services.complaints.people import People
from services.complaints.terms import Identity, Role
from shared.access.actor import SYSTEM, Actor, Grant, strongest
from shared.errors import NotAllowed, NotFound
from tests.unit.complaints.cases import (
    ALLIANCE,
    BUILDING,
    CASE,
    EXAMPLES,
    GU,
    HOME,
    LIN,
    MA,
    MEDIATION,
    MESSAGE,
    NIGHT,
    OWNER,
    SHOP,
    XU,
    ZHOU,
    a,
    after,
    asked_by,
)

PEOPLE = People({HOME: LIN, SHOP: MA}, coordinators=(ZHOU,))
ROLES: tuple[Role, ...] = (
    "complainant",
    "respondent",
    "coordinator",
    "mediator",
    "building_captain",
    "helper",
    "system",
)

#                complainant respondent coordinator mediator captain helper system
MATRIX = """
category         -           -          yes         -        -       -      -
accept           -           -          yes         -        -       -      -
health-sharing   yes         -          -           -        -       -      -
health-consent   -           -          yes         -        -       -      -
decline          -           -          yes         -        -       -      -
join             -           -          yes         -        -       -      -
separate         -           -          yes         -        -       -      -
gather           -           -          yes         -        -       -      -
split            -           -          yes         -        -       -      -
leads            yes         -          -           -        -       -      -
leads/accept     yes         -          -           -        -       -      -
speakers/volunteer yes         -          -           -        -       -      -
speakers/draw    -           -          yes         -        -       -      -
thread           yes         -          yes         -        -       -      -
thread/release   -           -          yes         -        -       -      -
serve            -           -          yes         -        -       -      yes
answer           -           yes        -           -        -       -      -
add-party        -           -          yes         -        -       -      -
serve-party      -           -          yes         -        -       -      yes
inquiries        -           -          yes         -        -       -      -
leavings         -           -          yes         -        -       -      yes
leaving          -           -          yes         -        -       -      -
invite           -           -          yes         -        -       -      -
invitation       -           -          yes         -        -       -      -
messages         yes         yes        yes         yes      -       -      -
release          -           -          yes         -        -       -      -
occurrences      yes         -          yes         -        -       -      -
route            -           -          yes         -        -       -      -
refer            -           -          yes         -        -       -      yes
referral-receipt -           -          yes         -        -       -      -
return           -           -          yes         -        -       -      -
extension         yes         yes        yes         yes      -       -      -
extension/consent yes         yes        -           -        -       -      -
extension/decline yes         yes        -           -        -       -      -
conclude          yes         yes        yes         -        -       -      -
pledges           -           yes        -           -        -       -      -
enter-pledge      -           -          yes         yes      yes     -      -
pledges/answer    yes         -          -           -        -       -      -
pledges/proof     yes         yes        yes         yes      yes     -      -
pledges/confirm   yes         yes        -           -        -       -      -
pledges/dispute   yes         yes        -           -        -       -      -
services          -           -          yes         -        -       -      -
services/answer   yes         yes        -           -        -       -      -
return-visits     -           -          yes         -        yes     yes    -
withdraw         yes         -          -           -        -       -      -
reopen           yes         -          yes         -        -       -      -
survey           yes         yes        -           -        -       -      -
survey-aloud     -           -          -           -        -       yes    -
survey-slips     -           -          yes         -        yes     yes    -
receipt-handed   -           -          yes         -        yes     -      -
child-heard      -           -          yes         -        -       -      -
takedown         -           -          yes         -        -       -      -
taken-down       yes         yes        -           -        -       -      -
let-child-follow yes         -          -           -        -       -      -
let-on-board     yes         -          -           -        -       -      -
reveal           -           -          yes         -        -       -      -
evidence         yes         yes        yes         yes      -       -      -
readings         yes         -          yes         -        -       -      -
release_evidence -           -          yes         -        -       -      -
seal_evidence    -           -          yes         -        -       -      -
open_evidence    -           -          yes         -        -       -      -
work             -           -          yes         yes      yes     -      -
police-report    -           -          yes         -        -       -      -
attempts         -           -          yes         -        yes     -      -
refuse-mediation -           yes        -           -        -       -      -
enter-answer     -           -          yes         -        -       -      -
confirm-emergency -          -          yes         -        yes     -      -
hotline-calls    -           -          yes         -        yes     -      -
site-visits      -           -          yes         yes      yes     -      -
lift-emergency   -           -          yes         -        -       -      -
"""


def an(*roles: str, member_id: UUID, place_id: UUID | None = None, alliance_id: UUID = ALLIANCE) -> Actor:
    grants = frozenset(Grant(role, place_id) for role in roles)
    return Actor(member_id, alliance_id, grants, strongest(grants))


def with_mediator(case: Case) -> Case:
    return replace(case, file=replace(case.file, mediation=Mediation(MEDIATION, "session_held", GU)))


def role_of(actor: Actor, case: Case, people: People = PEOPLE) -> Role | None:
    by = policy.standing(actor, ALLIANCE, case, people)
    return by.role if by else None


ROWS = [line.split() for line in MATRIX.strip().splitlines()]


class TestMay:
    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
    def test_each_command_belongs_to_its_roles(self, row):
        name, *cells = row
        [command] = [kind for kind, word in c.NAMES.items() if word == name]
        asked = EXAMPLES[command][0]
        for role, cell in zip(ROLES, cells, strict=True):
            if cell == "yes":
                assert policy.require(Standing(role), asked) == Standing(role)
            else:
                with pytest.raises(NotAllowed):
                    policy.require(Standing(role), asked)

    def test_the_matrix_names_every_command_of_people(self):
        assert [row[0] for row in ROWS] == list(c.NAMES.values())

    def test_what_timers_and_services_tell_nobody_else_may(self):
        told = set(get_args(c.Command)) - set(c.NAMES) - {c.FileCase, c.EnterOralAgreement}
        assert all(policy.MAY[command] == {"system"} for command in told)

    def test_whoever_is_joined_has_a_word_among_the_group_and_nothing_else_to_ask_of_the_lead(self):
        asks = {name for kind, name in c.NAMES.items() if policy.may(Standing("joined"), kind)}
        assert asks == {"leads", "leads/accept", "speakers/volunteer", "thread", "survey"}

    def test_nobody_to_the_case_finds_no_case(self):
        with pytest.raises(NotFound):
            policy.require(None, EXAMPLES[c.AcceptCase][0])


class TestStanding:
    def test_each_one_is_what_they_are(self):
        case = with_mediator(a(Deliberating))
        assert role_of(an("resident", member_id=LIN), case) == "complainant"
        assert role_of(an("merchant", member_id=MA), case) == "respondent"
        assert role_of(an("coordinator", member_id=ZHOU), case) == "coordinator"
        assert role_of(an("mediator", member_id=GU), case) == "mediator"
        assert role_of(an("building_captain", member_id=XU, place_id=BUILDING), case) == "building_captain"
        assert role_of(SYSTEM, case) == "system"

    @pytest.mark.parametrize(
        "stranger",
        [
            an("resident", member_id=uuid4()),
            an("merchant", member_id=uuid4()),
            an("mediator", member_id=uuid4()),
            an("volunteer", member_id=uuid4()),
            an("operator", member_id=uuid4()),
            an("court_liaison", member_id=uuid4()),
            an("building_captain", member_id=XU, place_id=uuid4()),
            an("building_captain", member_id=XU),
            an("coordinator", member_id=ZHOU, alliance_id=uuid4()),
            an("resident", member_id=LIN, alliance_id=uuid4()),
        ],
        ids=lambda actor: actor.role,
    )
    def test_for_everybody_else_there_is_no_case(self, stranger):
        assert role_of(stranger, with_mediator(a(Deliberating))) is None

    def test_the_respondent_knows_of_it_from_the_acceptance_on(self):
        respondent = an("merchant", member_id=MA)
        assert role_of(respondent, a(AwaitingTriage)) is None
        assert role_of(respondent, after(a(AwaitingTriage), *EXAMPLES[c.DeclineCase])) is None
        assert role_of(respondent, after(a(AwaitingTriage), *EXAMPLES[c.AcceptCase])) == "respondent"

    def test_whose_case_is_handled_with_it_is_joined_whatever_else_they_are(self):
        people = replace(PEOPLE, members={**PEOPLE.members, XU: XU}, joined={XU: "named"})
        joined = an("resident", "coordinator", member_id=XU)
        assert role_of(joined, a(AwaitingTriage), people) == "joined"
        assert role_of(an("merchant", member_id=MA), a(AwaitingAnswer), people) == "respondent"

    def test_a_coordinator_who_is_complained_about_handles_nothing(self):
        both = an("merchant", "coordinator", member_id=MA)
        assert role_of(both, a(AwaitingTriage)) is None
        assert role_of(both, a(AwaitingAnswer)) == "respondent"


class TestPossible:
    def test_it_is_what_the_case_allows_and_the_role_may(self):
        hidden = a(AwaitingAnswer, identity="hidden")
        assert policy.possible(hidden, asked_by("respondent")) == [
            "answer",
            "refuse-mediation",
            "messages",
            "evidence",
            "extension",
        ]
        assert policy.possible(hidden, asked_by("complainant")) == [
            "withdraw",
            "messages",
            "occurrences",
            "evidence",
            "readings",
            "extension",
        ]
        assert policy.possible(hidden, asked_by("building_captain")) == ["site-visits", "work"]

    def test_a_waiting_message_shows_to_the_coordinator_alone(self):
        held = after(
            a(AwaitingAnswer), c.SendMessage(UUID(int=1), MESSAGE, "complainant", "谁?"), "respondent"
        )
        assert "release" in policy.possible(held, asked_by("coordinator"))
        assert "release" not in policy.possible(held, asked_by("complainant"))

    @pytest.mark.parametrize(
        ("state", "roles"),
        [
            (AwaitingTriage, {"coordinator"}),
            (AwaitingAnswer, {"respondent"}),
            (AwaitingRoute, {"coordinator"}),
            (Deliberating, set()),
            (Surveyed, {"complainant", "respondent"}),
        ],
    )
    def test_a_case_waits_for_somebody(self, state, roles):
        assert policy.waits_for(a(state)) == roles

    def test_a_respondent_without_account_is_the_coordinators_to_reach(self):
        assert policy.waits_for(a(AwaitingService, respondents=())) == {"coordinator"}

    def test_a_party_who_answered_the_survey_is_not_waited_for(self):
        assert policy.waits_for(after(a(Surveyed), *EXAMPLES[c.AnswerSurvey])) == {"respondent"}


# words summary answer messages exact_times triage_clock parties work site_visits inquiries health helped
# withdrawal pressured continues refiled conflict leavings pledges police settlement how_it_went
SEEN_NAMED = """
complainant      yes yes yes yes yes yes yes -   -   -   yes yes yes -   yes -   -   -   yes -   yes -
respondent       -   yes yes yes yes -   yes -   -   -   -   -   -   -   -   -   -   -   yes -   yes -
coordinator      yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
mediator         yes yes yes yes yes -   yes yes yes yes -   yes -   -   -   -   yes yes yes yes yes yes
building_captain -   -   -   -   yes -   -   -   yes -   -   -   -   -   -   -   -   -   -   -   -   -
joined           -   yes yes -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   yes -   -   -
helper           -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
"""
SEEN_CONCEALED = """
complainant      yes yes yes yes yes yes yes -   -   -   yes yes yes -   yes -   -   -   yes -   yes -
respondent       -   yes yes yes -   -   yes -   -   -   -   -   -   -   -   -   -   -   yes -   yes -
coordinator      yes yes yes yes yes yes yes yes yes yes yes yes yes yes -   -   -   yes yes yes yes yes
mediator         yes yes yes yes yes -   yes yes yes yes -   yes -   -   -   -   -   yes yes yes yes yes
building_captain -   -   -   -   -   -   -   -   yes -   -   -   -   -   -   -   -   -   -   -   -   -
joined           -   yes yes -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   yes -   -   -
helper           -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
"""


def a_neighbour_in(identity: Identity) -> tuple[Standing, CaseFile]:
    """A case somebody else of the same side was added to, as they stand to it."""
    joined = after(
        a(AwaitingAnswer, identity=identity),
        c.AddParty(CASE, OWNER, "complainant", "neighbour"),
        "coordinator",
    )
    return Standing("complainant", OWNER), joined.file


class TestSees:
    @pytest.mark.parametrize(
        ("table", "identity"),
        [(SEEN_NAMED, "named"), (SEEN_CONCEALED, "hidden"), (SEEN_CONCEALED, "anonymous")],
    )
    def test_each_field_is_for_its_roles(self, table, identity):
        file = a(AwaitingAnswer, identity=identity).file
        for line in table.strip().splitlines():
            role, *cells = line.split()
            shown = {name: policy.sees(Standing(role), name, file) for name in get_args(policy.Field)}
            assert shown == dict(zip(get_args(policy.Field), [cell == "yes" for cell in cells], strict=True))

    @pytest.mark.parametrize("role", ["respondent", "mediator", "coordinator", "building_captain"])
    def test_a_hidden_name_is_shown_to_nobody_who_has_not_asked_for_it(self, role):
        file = a(AwaitingAnswer, identity="hidden").file
        assert not policy.sees_member(Standing(role), ZHOU, "complainant", file, HOME)

    def test_it_is_shown_to_the_coordinator_who_gave_a_reason_and_to_no_other(self):
        file = after(a(AwaitingAnswer, identity="hidden"), *EXAMPLES[c.RevealIdentity]).file
        assert policy.sees_member(Standing("coordinator"), ZHOU, "complainant", file, HOME)
        assert not policy.sees_member(Standing("coordinator"), uuid4(), "complainant", file, HOME)
        assert not policy.sees_member(Standing("respondent"), MA, "complainant", file, HOME)

    @pytest.mark.parametrize("identity", ["named", "hidden", "anonymous"])
    def test_who_joined_sees_the_case_from_there_on_and_not_who_was_first(self, identity):
        by, file = a_neighbour_in(identity)
        first = policy.fields_shown("complainant", concealed=file.is_concealed)
        gone = {name for name in first if not policy.sees(by, name, file)}
        assert gone == {"words", "triage_clock", "health", "helped", "withdrawal", "continues"} & first
        assert policy.filed_on(by, file) == (date(2026, 3, 12), False)
        assert policy.sees_member(by, LIN, "complainant", file, OWNER)
        assert policy.sees_member(by, LIN, "complainant", file, HOME) == (identity != "hidden")
        assert policy.identity_shown(by, file) == {"anonymous": "named"}.get(identity, identity)

    def test_who_joined_an_anonymous_matter_did_so_by_name(self):
        _, file = a_neighbour_in("anonymous")
        assert policy.sees_member(Standing("respondent", SHOP), MA, "complainant", file, OWNER)
        assert policy.identity_shown(Standing("respondent", SHOP), file) == "anonymous"
        assert policy.identity_shown(Standing("joined", OWNER), file) == "named"
        assert file.is_concealed

    def test_an_emergency_was_one_for_neither_the_other_side_nor_who_joined_later(self):
        by, file = a_neighbour_in("named")
        alarmed = replace(file, alarm=raised(asked_by("complainant")))
        told = (Standing("complainant", HOME), Standing("coordinator"), Standing("building_captain"))
        assert all(policy.sees_emergency(one, alarmed) for one in told)
        others = (by, Standing("respondent", SHOP), Standing("joined", OWNER))
        assert not any(policy.sees_emergency(one, alarmed) for one in others)

    @pytest.mark.parametrize(
        ("day", "half"),
        [(date(2026, 3, 1), 1), (date(2026, 3, 15), 1), (date(2026, 3, 16), 16), (date(2026, 3, 31), 16)],
    )
    def test_the_respondent_of_a_hidden_case_sees_the_half_month_of_filing(self, day, half):
        noon = NIGHT.replace(month=day.month, day=day.day, hour=4)
        file = replace(a(AwaitingAnswer, identity="hidden").file, filed_at=noon)
        assert policy.filed_on(Standing("respondent"), file) == (day.replace(day=half), True)
        assert policy.filed_on(Standing("complainant"), file) == (day, False)

    def test_in_a_named_case_the_respondent_sees_the_day(self):
        assert policy.filed_on(Standing("respondent"), a(AwaitingAnswer).file) == (date(2026, 3, 12), False)


class TestSteps:
    def test_every_event_has_its_readers(self):
        assert set(policy.STEPS) == set(get_args(e.Event))

    @pytest.mark.parametrize("role", ["respondent", "mediator", "building_captain"])
    def test_a_look_at_the_name_is_between_coordinator_and_complainant(self, role):
        look = e.IdentityRevealed(ZHOU, "上门核实")
        assert not policy.sees_step(Standing(role), look)
        assert policy.sees_step(Standing("complainant"), look)

    def test_a_survey_is_its_partys_own(self):
        answered = e.SurveyAnswered(date(2026, 5, 1), uuid4(), HOME, True, 4, None)
        assert policy.sees_step(Standing("complainant", HOME), answered)
        assert not policy.sees_step(Standing("respondent", SHOP), answered)

    #    role           sender        to            through  shown
    @pytest.mark.parametrize(
        ("role", "sender", "to", "through", "shown"),
        [
            ("complainant", "respondent", "complainant", False, False),
            ("complainant", "respondent", "complainant", True, True),
            ("respondent", "respondent", "complainant", False, True),
            ("respondent", "complainant", "coordinator", True, False),
            ("respondent", "coordinator", "complainant", True, False),
            ("coordinator", "respondent", "complainant", False, True),
            ("mediator", "respondent", "complainant", False, False),
            ("mediator", "respondent", "complainant", True, True),
            ("mediator", "complainant", "coordinator", True, False),
            ("mediator", "coordinator", "complainant", True, False),
            ("mediator", "mediator", "complainant", True, True),
            ("building_captain", "coordinator", "respondent", True, False),
        ],
    )
    def test_a_message_is_for_its_writer_its_reader_and_the_coordinator(
        self, role, sender, to, through, shown
    ):
        assert policy.sees_message(Standing(role), sender=sender, to=to, through=through) is shown


class TestFiling:
    def filing(self, **more: object) -> c.Filing:
        fields: dict[str, object] = {
            "case_id": uuid4(),
            "reference": "SJ-7K3M-9QX4-C",
            "category": "noise",
            "subcategory": "bar_music",
            "place_id": None,
            "place_text": "后门",
            "respondent_id": None,
            "description": "吵",
            "occurred_at": None,
            "happening_now": False,
            "identity": "named",
            "on_behalf_of": None,
            "channel": "web",
        }
        return c.Filing(**{**fields, **more})  # type: ignore[arg-type]

    @pytest.mark.parametrize("role", ["resident", "merchant", "building_captain", "volunteer", "coordinator"])
    def test_members_file_for_themselves(self, role):
        policy.require_filing(an(role, member_id=LIN), self.filing())
        policy.require_filing(an(role, member_id=LIN), self.filing(on_behalf_of=LIN))

    @pytest.mark.parametrize("role", ["building_captain", "volunteer", "coordinator"])
    def test_helpers_file_for_others(self, role):
        policy.require_filing(an(role, member_id=ZHOU), self.filing(on_behalf_of=LIN))

    @pytest.mark.parametrize("role", ["resident", "merchant"])
    def test_others_do_not(self, role):
        with pytest.raises(NotAllowed):
            policy.require_filing(an(role, member_id=MA), self.filing(on_behalf_of=LIN))

    @pytest.mark.parametrize("role", ["mediator", "operator", "court_liaison", "agency_officer"])
    def test_officers_file_nothing(self, role):
        with pytest.raises(NotAllowed):
            policy.require_filing(an(role, member_id=GU), self.filing())


class TestAuthor:
    def test_a_party_is_written_down_by_its_id_within_the_case(self):
        written = policy.author(
            an("resident", member_id=LIN), Standing("complainant", HOME), ALLIANCE, a(AwaitingTriage)
        )
        assert (written.member_id, written.role) == (HOME, "complainant")

    def test_an_officer_by_member_id(self):
        written = policy.author(
            an("coordinator", member_id=ZHOU), Standing("coordinator"), ALLIANCE, a(AwaitingTriage)
        )
        assert (written.member_id, written.role) == (ZHOU, "coordinator")

    @pytest.mark.parametrize("role", ["complainant", "helper"])
    def test_of_an_anonymous_filing_nobody(self, role):
        anonymous = a(AwaitingTriage, identity="anonymous")
        written = policy.author(an("coordinator", member_id=ZHOU), Standing(role), ALLIANCE, anonymous)
        assert written.member_id is None


class TestNameShown:
    @pytest.mark.parametrize("identity", ["named", "hidden", "anonymous"])
    @pytest.mark.parametrize("role", ["respondent", "building_captain", "mediator", "coordinator"])
    def test_what_is_promised_before_filing_is_what_happens(self, role: Role, identity: Identity):
        promised = policy.name_shown(role, identity)
        file = a(AwaitingAnswer, identity=identity).file
        looked = replace(file, revealed_to=(ZHOU,))
        assert policy.sees_member(Standing(role), ZHOU, "complainant", file, HOME) == (promised == "shown")
        assert policy.sees_member(Standing(role), ZHOU, "complainant", looked, HOME) == (promised != "never")
