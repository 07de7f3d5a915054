from __future__ import annotations

from uuid import UUID, uuid4

from tests.integration.portal.browser import Shown
from tests.integration.portal.conftest import Portal
from tests.integration.portal.town import (
    AGREEMENT,
    CASE,
    COMMITMENT,
    HISTORY,
    LIN,
    MEDIATION,
    NOTICE,
    REFERENCE,
    a_case,
    a_mediation,
    a_notice,
    a_receipt,
    a_settlement,
    an_agreement,
)

PAGE = f"/cases/{CASE}"
THE_CASE = f"GET /complaints/v1/cases/{CASE}"
THE_MEDIATION = f"GET /mediation/v1/mediations/{MEDIATION}"
LINE = {
    "id": str(CASE),
    "reference": REFERENCE,
    "category": "noise",
    "subcategory": "bar_music",
    "stage": "hear",
    "status": "served",
    "due": "2026-03-20",
}


def step(name: str) -> str:
    return f"{PAGE}/steps/{name}"


async def test_a_case_shows_where_it_stands_who_holds_it_and_what_is_next(portal: Portal) -> None:
    await portal.sign_in("resident")

    shown = await portal.browser.open(PAGE)

    for said in (
        "Bar music, bass",
        REFERENCE,
        "Coordinator",
        "Decision by",
        "16 March",
        "住户甲",
        "The people's court",
    ):
        assert said in shown.text
    assert "Mediation is voluntary" in shown.text
    [now] = [found for tag, found in shown.tags if tag == "li" and found.get("aria-current")]
    assert now["class"] == "now"


async def test_a_day_counted_over_a_year_not_announced_yet_is_marked(portal: Portal) -> None:
    await portal.sign_in("resident")
    assert "holidays are not announced yet" not in (await portal.browser.open(PAGE)).text

    clock = {"name": "triage", "until": "2027-01-04", "state": "running", "provisional": True}
    portal.services.says(THE_CASE, a_case(due="2027-01-04", clocks=[clock]))

    assert "holidays are not announced yet" in (await portal.browser.open(PAGE)).text


async def test_what_comes_back_shows_its_filings_and_the_first_words_and_the_visits_to_come(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    earlier = {"id": str(uuid4()), "reference": "SJ-FIRST", "category": "other", "subcategory": "bar_music"}
    filings = [
        {**earlier, "stage": "closed", "status": "withdrawn"},
        {
            **earlier,
            "id": str(CASE),
            "reference": REFERENCE,
            "stage": "supervise",
            "status": "being_confirmed",
        },
    ]
    visit = {"id": str(uuid4()), "visited_on": None, "lasting": None, "note": None}
    said = {
        "role_in_case": "coordinator",
        "earlier_words": "白得像白天",
        "conflict": {"filings": 2, "cases": filings},
        "visits": [{**visit, "due": "2027-01-01", "provisional": True}],
    }
    portal.services.says(THE_CASE, a_case(**said))

    shown = await portal.browser.open(PAGE)

    assert "filed 2 times" in shown.text
    assert f'href="/cases/{earlier["id"]}"' in shown.answer.text
    assert "白得像白天" in shown.text
    assert "provisional: the calendar of 2027 is not entered yet" in shown.text


async def test_a_matter_that_ended_says_how_long_it_took_and_how_much_of_that_elsewhere(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    station = {"id": str(uuid4()), "authority_label": "Court station", "part": "all", "sent_on": "2026-03-20"}
    back = {"until": "2026-04-10", "received_on": "2026-03-21", "returned_on": "2026-04-02"}
    ended = {"type": "case_closed", "text": "Closed.", "actor_role": "system", "on": "2026-05-11"}
    over = {"stage": "closed", "status": "solved", "filed_on": "2026-03-12"}
    portal.services.says(THE_CASE, a_case(**over, referrals=[station | back]))
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/history", {"items": [HISTORY, ended]})

    shown = (await portal.browser.open(PAGE)).text

    assert "60 days in all · 12 of them with Court station" in shown


def stages(shown: Shown) -> list[str | None]:
    how = [found.get("class") for tag, found in shown.tags if tag == "li"]
    return [one for one in how if one in ("done", "now", "later")]


async def test_what_ended_stands_where_it_ended_and_says_how_it_went(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    answered = {"on": "2026-05-10", "side": "complainant", "solved": True, "score": 4, "comment": "能睡了"}
    silent = {"on": "2026-05-11", "side": "respondent", "solved": False, "score": 2, "slip": "phone"}
    over = {"role_in_case": "coordinator", "stage": "closed", "how_it_went": [answered, silent]}
    portal.services.says(THE_CASE, a_case(**over, status="unsolved", ended_in="review"))

    shown = await portal.browser.open(PAGE)

    assert "solved · 4 of 5" in shown.text
    assert "能睡了" in shown.text
    assert "not solved · 2 of 5 By telephone" in shown.text
    assert stages(shown) == ["done"] * 6
    portal.services.says(THE_CASE, a_case(stage="closed", status="withdrawn", ended_in="hear"))
    shown = await portal.browser.open(PAGE)
    assert stages(shown) == ["done"] + ["later"] * 5


async def test_everything_that_was_told_with_it_and_every_way_to_an_authority_can_be_read(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    pause = {"since": "2026-03-16", "text": "13 April + 4 days → 17 April"}
    month = {"name": "mediation", "until": "2026-04-17", "state": "running", "pauses": [pause]}
    answer = {"name": "answer", "until": "2026-03-09", "state": "missed", "late_days": 3}
    lies = {"id": str(uuid4()), "authority_label": "Police", "part": "unlawful", "sent_on": "2026-03-12"}
    came_back = {"received_on": "2026-03-13", "returned_on": "2026-03-20", "result": "remedied"}
    told = {
        "role_in_case": "coordinator",
        "details": [{"question": "Where heard", "said": "Bedroom", "sensitive": False}],
        "happening_now": True,
        "occurred_at": "2026-03-11T15:30:00Z",
        "tier": "urgent",
        "clocks": [month, {**answer, "escalation_step": "captain"}],
        "due": None,
        "helped": {"relation": "kin", "consent_how": "phone", "consent_at": "2026-03-12T02:00:00Z"},
        "withdrawal": {"reason": "moved", "note": None, "pressured": True},
        "referrals": [
            {**lies, "until": "2026-04-02", "chased": 2},
            {**lies, "until": "2026-04-02", "document_no": "沪公 12", **came_back},
        ],
    }
    portal.services.says(THE_CASE, a_case(**told))

    shown = (await portal.browser.open(PAGE)).text

    for words in (
        "Where heard Bedroom",
        "happening when it was reported",
        "Urgent",
        "13 April + 4 days → 17 April",
        "3 days late",
        "taken up by the building captain",
        "Family",
        "By telephone",
        "said to be under pressure",
        "not confirmed yet",
        "asked again 2 times",
        "沪公 12",
    ):
        assert words in shown, words


async def test_of_a_hidden_filing_the_respondent_reads_the_half_month_and_no_day(portal: Portal) -> None:
    await portal.sign_in("merchant")
    hidden = {"filed_on": "2026-03-01", "filed_on_is_half_month": True}
    portal.services.says(THE_CASE, a_case(role_in_case="respondent", due=None, clocks=[], **hidden))
    first = {**HISTORY, "at": None, "on": "2026-03-01"}
    portal.services.says(f"GET /complaints/v1/cases/{CASE}/history", {"items": [first]})

    shown = await portal.browser.open(PAGE)

    assert "first half of March" in shown.text
    assert "1 March" not in shown.text


async def test_what_people_wrote_stays_text(portal: Portal) -> None:
    await portal.sign_in("resident")

    shown = await portal.browser.open(PAGE)

    assert "<script>" not in shown.answer.text
    assert "&lt;script&gt;" in shown.answer.text


async def test_forms_are_there_for_exactly_what_is_possible(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("accept", "decline", role_in_case="coordinator"))

    shown = await portal.browser.open(PAGE)

    steps = {form.action.rsplit("/", 1)[-1] for form in shown.forms}
    assert steps == {"accept", "decline"}
    assert "Outside the area" in shown.text
    assert "Police" in shown.text


async def test_a_step_is_asked_of_its_service_and_answered_with_what_is_next(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("accept", role_in_case="coordinator"))
    portal.services.says(
        f"POST /complaints/v1/cases/{CASE}/accept", a_receipt(next="The notice is on its way.")
    )

    done = await portal.browser.send(
        await portal.browser.open(PAGE), step("accept"), shared_summary="夜间音乐"
    )

    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/accept")
    assert sent.json == {"shared_summary": "夜间音乐", "words_checked": False}
    assert sent.headers["idempotency-key"]
    assert sent.headers["accept-language"] == "en"
    assert done.goes_to == PAGE
    assert "The notice is on its way." in (await portal.browser.open(PAGE)).text
    assert "The notice is on its way." not in (await portal.browser.open(PAGE)).text


async def test_when_a_step_is_refused_its_form_says_why_and_keeps_what_was_typed(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    portal.services.refuses(
        f"POST /complaints/v1/cases/{CASE}/answer", 409, "not_now", "It is too late for that."
    )

    again = await portal.browser.send(
        await portal.browser.open(PAGE), step("answer"), kind="propose", text="十点以后不开"
    )

    assert again.status == 409
    assert "It is too late for that." in again.text
    assert again.form(step("answer")).fields["text"] == ["十点以后不开"]
    assert again.form(step("answer")).fields["kind"] == ["propose"]


async def test_when_the_session_ends_over_a_form_it_is_filled_in_again_after_signing_in(
    portal: Portal,
) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    form = await portal.browser.open(PAGE)
    portal.services.refuses(f"POST /complaints/v1/cases/{CASE}/answer", 401, "not_signed_in", "Sign in.")

    asked = await portal.browser.send(form, step("answer"), kind="agree", text="照办")
    assert asked.goes_to.startswith("/sign-in?back=")
    back = await portal.sign_in("merchant", back=PAGE)

    assert (await portal.browser.open(back.goes_to)).form(step("answer")).fields["text"] == ["照办"]


async def test_when_the_service_goes_away_over_a_form_it_waits_under_the_same_key(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    form = await portal.browser.open(PAGE)
    portal.services.is_away("complaints")
    portal.services.refuses(f"POST /complaints/v1/cases/{CASE}/answer", 503, "unavailable", "away")

    told = await portal.browser.send(form, step("answer"), kind="agree", text="照办")
    assert told.status == 503
    assert "What you wrote is kept" in told.text

    portal.services.says(THE_CASE, a_case("answer", role_in_case="respondent"))
    again = (await portal.browser.open(PAGE)).form(step("answer")).fields
    assert again["text"] == ["照办"]
    assert again["key"] == form.form(step("answer")).fields["key"]


async def test_when_mediation_is_away_the_case_shows_what_it_has(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "opened"}))
    portal.services.refuses(THE_MEDIATION, 503, "unavailable", "away")

    shown = await portal.browser.open(PAGE)

    assert shown.status == 200
    assert "The mediation service cannot be reached" in shown.text
    assert REFERENCE in shown.text


async def test_the_agreement_is_signed_by_the_hash_that_was_shown(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "signing"}))
    portal.services.says(THE_MEDIATION, a_mediation("sign", status="signing", agreement=an_agreement()))
    portal.services.says(f"POST /mediation/v1/agreements/{AGREEMENT}/sign", {"next": "Signed."})

    shown = await portal.browser.open(PAGE)
    assert "ab" * 32 in shown.text
    assert "后门22点关" in shown.text
    await portal.browser.send(shown, step("sign"), read="yes", code="１２３ 456")

    [sent] = portal.services.times(f"POST /mediation/v1/agreements/{AGREEMENT}/sign")
    assert sent.json == {"content_hash": "ab" * 32, "proof": "meant"}
    [given] = portal.services.times("POST /alliance/v1/me/signing-proofs")
    assert given.json == {"content_hash": "ab" * 32, "code": "123456"}


async def test_the_receipt_of_a_signature_names_the_hash_that_was_signed(portal: Portal) -> None:
    # given
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "signing"}))
    portal.services.says(THE_MEDIATION, a_mediation("sign", status="signing", agreement=an_agreement()))
    portal.services.says(f"POST /mediation/v1/agreements/{AGREEMENT}/sign", {"next": "Signed."})
    shown = await portal.browser.open(PAGE)
    portal.services.says(THE_MEDIATION, a_mediation(status="performing"))
    # when
    await portal.browser.send(shown, step("sign"), read="yes", code="123456")
    # then
    receipt = (await portal.browser.open(PAGE)).text
    assert "ab" * 32 in receipt
    assert "the history keeps when, and not the code" in receipt
    assert "ab" * 32 not in (await portal.browser.open(PAGE)).text


async def test_the_day_of_an_oral_agreement_is_sent_and_left_out_where_nothing_was_written(
    portal: Portal,
) -> None:
    await portal.sign_in("mediator")
    portal.services.says(
        THE_CASE, a_case(role_in_case="mediator", mediation={"id": str(MEDIATION), "status": "drafting"})
    )
    portal.services.says(THE_MEDIATION, a_mediation("agreement", status="drafting"))
    drafting = f"POST /mediation/v1/mediations/{MEDIATION}/agreement"
    portal.services.says(drafting, {"next": "Drafted."})
    words = {
        "form": "oral",
        "terms": "后门关上",
        "promise_owner_side": "respondent",
        "promise_what": "关门",
        "promise_measure": "看门",
        "promise_due_on": "2026-04-01",
    }
    for day in ("2026-03-25", ""):
        shown = await portal.browser.open(PAGE)
        await portal.browser.send(shown, step("agreement"), **words, agreed_on=day)
    told, untold = (one.json for one in portal.services.times(drafting))
    assert told["agreed_on"] == "2026-03-25"
    assert "agreed_on" not in untold


async def test_whoever_leads_rereads_their_caucus_notes_and_for_nobody_else_they_are_asked_for(
    portal: Portal,
) -> None:
    # given
    notes = f"GET /mediation/v1/mediations/{MEDIATION}/caucus-notes"
    note = {
        "id": str(uuid4()),
        "side": "complainant",
        "text": "孩子夜里睡不着",
        "written_at": "2026-03-20T08:00:00Z",
    }
    portal.services.says(notes, {"items": [note]})
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "scheduling"}))
    await portal.sign_in("mediator")
    # when somebody else leads
    portal.services.says(THE_MEDIATION, a_mediation(status="scheduling", mediator_id=str(uuid4())))
    assert "孩子夜里睡不着" not in (await portal.browser.open(PAGE)).text
    assert portal.services.times(notes) == []
    # when they lead themselves
    portal.services.says(THE_MEDIATION, a_mediation(status="scheduling", mediator_id=str(LIN)))
    shown = await portal.browser.open(PAGE)
    # then
    assert "孩子夜里睡不着" in shown.text
    assert "Only you can ever read it." in shown.text


async def test_a_commitment_is_confirmed_by_the_other_side_and_proven_by_its_owner(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says(THE_CASE, a_case(mediation={"id": str(MEDIATION), "status": "performing"}))
    portal.services.says(
        THE_MEDIATION, a_mediation("proof", "confirm", status="performing", agreement=an_agreement())
    )
    portal.services.says(f"POST /mediation/v1/commitments/{COMMITMENT}/confirm", {"next": "Confirmed."})

    shown = await portal.browser.open(PAGE)
    await portal.browser.send(shown, step("confirm"))

    assert not shown.has_form(step("proof"))
    assert portal.services.times(f"POST /mediation/v1/commitments/{COMMITMENT}/confirm")


async def test_the_other_side_reads_what_was_settled_and_agrees_to_just_these_words(portal: Portal) -> None:
    await portal.sign_in("resident")
    promise = {"owner_side": "respondent", "what": "十点关后门", "measure": "告示", "due_on": "2099-04-01"}
    settlement = a_settlement(promises=[promise])
    status = {"stage": "deliberate", "status": "settling_directly", "conclusions": ["settled"]}
    portal.services.says(THE_CASE, a_case("conclude", settlement=settlement, settles_by_code=True, **status))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", {"next": "Settled."})

    shown = await portal.browser.open(PAGE)
    for words in ("十点关后门", "Still missing: your word."):
        assert words in shown.text
    for paper in (f"{PAGE}/settlement", f"/papers/settlements/{CASE}.pdf"):
        assert any(found.get("href") == paper for _, found in shown.tags)
    await portal.browser.send(shown, step("conclude_agree/code"))
    await portal.browser.send(shown, step("conclude_agree"), read="yes", code="123 456")

    [asked] = portal.services.times("POST /alliance/v1/me/signing-codes")
    [proven] = portal.services.times("POST /alliance/v1/me/signing-proofs")
    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert (asked.json, proven.json) == (
        {"content_hash": "ab" * 32},
        {"content_hash": "ab" * 32, "code": "123456"},
    )
    assert sent.json == {"result": "settled", "agrees_to": "ab" * 32, "proof": "meant"}


async def test_what_both_settled_is_done_by_who_owes_it_and_confirmed_by_the_other(portal: Portal) -> None:
    await portal.sign_in("resident")
    owed = {"due_on": "2099-04-01", "measure": "告示", "status": "proven", "missed": False}
    mine = owed | {"id": str(uuid4()), "yours": True, "owner_side": "complainant", "what": "先打电话"}
    theirs = owed | {"id": str(uuid4()), "yours": False, "owner_side": "respondent", "what": "十点关后门"}
    possible = ("pledges/proof", "pledges/confirm", "pledges/dispute")
    status = {"stage": "act", "status": "keeping_settlement"}
    portal.services.says(
        THE_CASE, a_case(*possible, settlement=a_settlement(), pledges=[mine, theirs], **status)
    )
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/pledges/{theirs['id']}/confirm", a_receipt())

    shown = await portal.browser.open(PAGE)

    assert "Settled, being kept" in shown.text
    assert "Confirm that it is done as settled" in shown.text
    assert "Voluntary pledge" not in shown.text
    [confirm] = [form for form in shown.forms if form.action == step("pledges_confirm")]
    assert confirm.fields["target"] == [theirs["id"]]
    await portal.browser.send(shown, step("pledges_confirm"))
    assert portal.services.times(f"POST /complaints/v1/cases/{CASE}/pledges/{theirs['id']}/confirm")


async def test_a_side_settles_it_in_words_and_promises_of_its_own(portal: Portal) -> None:
    await portal.sign_in("resident")
    status = {"stage": "deliberate", "status": "settling_directly", "conclusions": ["settled"]}
    portal.services.says(THE_CASE, a_case("conclude", settles_by_code=True, **status))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", {"next": "Noted."})
    naming = f"POST /complaints/v1/cases/{CASE}/settlement/words"
    portal.services.says(naming, {"words_hash": "cd" * 32})
    shown = await portal.browser.open(PAGE)
    assert not shown.has_form(step("conclude_agree"))
    promise = {"owner_side": "complainant", "what": "先打电话", "measure": "通话记录", "due_on": "2099-04-01"}
    typed = {f"promise_{name}": [value] for name, value in promise.items()}
    coming_back = await portal.browser.send(
        shown, step("conclude_settle"), to=step("conclude_settle/code"), **typed
    )
    [asked] = portal.services.times("POST /alliance/v1/me/signing-codes")
    assert asked.json == {"content_hash": "cd" * 32}
    assert "cd" * 32 in coming_back.text
    assert not portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")

    await portal.browser.send(coming_back, step("conclude_settle"), code="123456")

    assert [one.json for one in portal.services.times(naming)] == [{"promises": [promise]}] * 2
    [proven] = portal.services.times("POST /alliance/v1/me/signing-proofs")
    assert proven.json == {"content_hash": "cd" * 32, "code": "123456"}
    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert sent.json == {"result": "settled", "promises": [promise], "proof": "meant"}


async def test_somebody_elses_case_is_like_a_missing_one(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.refuses(THE_CASE, 404, "not_found", "Not found, or not yours to see.")

    theirs = await portal.browser.open(PAGE)
    none = await portal.browser.open("/cases/not-an-id")

    assert (theirs.status, none.status) == (404, 404)


async def test_an_unknown_step_is_not_there(portal: Portal) -> None:
    await portal.sign_in("resident")
    csrf = (await portal.browser.open("/me")).form("/sign-out").fields["csrf"]

    assert (await portal.browser.post(step("explode"), {"csrf": csrf})).status == 404


async def test_what_needs_me_comes_first(portal: Portal) -> None:
    await portal.sign_in("merchant")
    portal.services.says("GET /complaints/v1/cases", {"items": [LINE], "next_cursor": "more"})

    shown = await portal.browser.open("/cases")

    assert "Needs you" in shown.text
    assert shown.answer.text.count(f"/cases/{CASE}") == 1
    assert "?cursor=more" in shown.answer.text


WAITING = {
    "id": str(MEDIATION),
    "case_id": str(CASE),
    "reference": REFERENCE,
    "status": "signing",
    "roles": ["party"],
    "due": None,
    "waits": ["signature"],
}


async def test_what_a_mediation_waits_for_comes_first_and_is_said_in_words(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /mediation/v1/mediations", {"items": [WAITING], "next_cursor": None})

    lead = await portal.browser.open("/cases")
    portal.services.says("GET /complaints/v1/cases", {"items": [LINE], "next_cursor": None})
    own = await portal.browser.open("/cases")

    for shown in (lead, own):
        assert "Needs you" in shown.text
        assert "Sign the agreement" in shown.text
        assert shown.answer.text.count(f"/cases/{CASE}") == 1
    assert "Bar music" in own.text
    [first, _] = portal.services.times("GET /mediation/v1/mediations")
    assert first.query == "needs_me=true&limit=100"


async def test_a_guest_is_led_to_the_desk_where_they_answer(portal: Portal) -> None:
    await portal.sign_in("resident")
    guest = WAITING | {"roles": ["guest"], "waits": ["invitation"]}
    portal.services.says("GET /mediation/v1/mediations", {"items": [guest], "next_cursor": None})

    shown = await portal.browser.open("/cases")

    assert "Say whether you come" in shown.text
    assert f"/cases/{CASE}" not in shown.answer.text
    [card] = [found for tag, found in shown.tags if tag == "a" and "card-you" in (found.get("class") or "")]
    assert card["href"] == "/mediations"


async def test_while_mediation_is_away_the_cases_stay(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /complaints/v1/cases", {"items": [LINE], "next_cursor": None})
    portal.services.is_away("mediation")

    shown = await portal.browser.open("/cases")

    assert shown.status == 200
    assert f"/cases/{CASE}" in shown.answer.text


async def test_a_mediator_answers_requests_on_the_desk(portal: Portal) -> None:
    await portal.sign_in("mediator")
    line = {
        "id": str(MEDIATION),
        "case_id": str(CASE),
        "reference": REFERENCE,
        "status": "choosing_mediator",
        "roles": ["proposed"],
        "due": None,
    }
    portal.services.says("GET /mediation/v1/mediations", {"items": [line], "next_cursor": None})
    portal.services.says(f"POST /mediation/v1/mediations/{MEDIATION}/take", {"next": "Find a time."})

    desk = await portal.browser.open("/mediations")
    shown = await portal.browser.send(desk, f"/mediations/{MEDIATION}/steps/take", relation="kin")

    [sent] = portal.services.times(f"POST /mediation/v1/mediations/{MEDIATION}/take")
    assert sent.json == {"relation": "kin"}
    assert "Find a time." in (await portal.browser.follow(shown)).text


async def test_a_notice_is_read_only_when_it_is_opened(portal: Portal) -> None:
    await portal.sign_in("resident")
    portal.services.says("GET /notifications/v1/inbox", {"items": [a_notice()], "next_cursor": None})
    portal.services.says(f"POST /notifications/v1/inbox/{NOTICE}/read", {"id": str(NOTICE)})

    inbox = await portal.browser.open("/inbox")
    assert "We have your matter" in inbox.text
    assert "The coordinator checks it." not in inbox.text
    assert not portal.services.times(f"POST /notifications/v1/inbox/{NOTICE}/read")

    portal.services.says(
        "GET /notifications/v1/inbox",
        {"items": [a_notice(read_at="2026-03-13T01:00:00Z")], "next_cursor": None},
    )
    notice = await portal.browser.follow(await portal.browser.send(inbox, f"/inbox/{NOTICE}/open"))

    assert "The coordinator checks it." in notice.text
    assert any(found.get("href") == PAGE for _, found in notice.tags)
    assert portal.services.times(f"POST /notifications/v1/inbox/{NOTICE}/read")


async def test_a_survey_needs_no_sign_in(portal: Portal) -> None:
    question = {
        "reference": REFERENCE,
        "category": "noise",
        "subcategory": "bar_music",
        "side": "complainant",
        "closes_on": "2026-05-29",
        "open": True,
    }
    portal.services.says("GET /complaints/v1/surveys/abc.d-e_f", question)
    portal.services.says("POST /complaints/v1/surveys/abc.d-e_f", a_receipt())

    done = await portal.browser.send(
        await portal.browser.open("/survey/abc.d-e_f"),
        "/survey/abc.d-e_f",
        solved="yes",
        score="4",
        comment="现在能睡了",
        share_comment="yes",
    )

    [sent] = portal.services.times("POST /complaints/v1/surveys/abc.d-e_f")
    assert sent.json == {"solved": True, "score": 4, "comment": "现在能睡了", "share_comment": True}
    assert sent.token == ""
    assert "Thank you" in done.text


async def test_a_longer_month_is_shown_and_agreed_to_at_its_own_address(portal: Portal) -> None:
    await portal.sign_in("merchant")
    asked = {"until": "2026-05-11", "reason": None, "agreed": 1, "needed": 2, "awaited": True}
    possible = ("extension/consent", "extension/decline")
    portal.services.says(THE_CASE, a_case(*possible, role_in_case="respondent", extension=asked))
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/extension/consent", a_receipt())

    shown = await portal.browser.open(PAGE)
    done = await portal.browser.send(shown, step("extension_consent"))

    assert "11 May" in shown.text
    assert step("extension_decline") in [form.action for form in shown.forms]
    assert len(portal.services.times(f"POST /complaints/v1/cases/{CASE}/extension/consent")) == 1
    assert done.goes_to == PAGE


async def test_what_was_settled_directly_is_signed_by_each_side_and_that_it_was_not_is_said(
    portal: Portal,
) -> None:
    await portal.sign_in("resident")
    case = a_case("conclude", stage="deliberate", status="settling_directly", held_since="2026-03-10")
    portal.services.says(
        THE_CASE, case | {"conclusions": ["settled", "no_agreement"], "settles_by_code": True}
    )
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "Both sides · since Tue 10 March" in shown.text
    offered = {found.get("value") for _, found in shown.tags if found.get("name") == "result"}
    assert offered == {"no_agreement"}
    assert shown.has_form(step("conclude_settle"))
    await portal.browser.send(shown, step("conclude"), result="no_agreement")

    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert sent.json == {"result": "no_agreement"}


async def test_a_topic_is_adopted_by_whom_the_service_lets_say_so(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    conclusions = ["settled", "adopted", "no_agreement"]
    case = a_case("conclude", role_in_case="coordinator", stage="deliberate", status="on_topic")
    portal.services.says(THE_CASE, case | {"conclusions": conclusions})
    portal.services.says(f"POST /complaints/v1/cases/{CASE}/conclude", a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "The public topic was adopted" in shown.text
    await portal.browser.send(shown, step("conclude"), result="adopted")

    [sent] = portal.services.times(f"POST /complaints/v1/cases/{CASE}/conclude")
    assert sent.json == {"result": "adopted"}


async def test_a_closed_case_can_be_reported_anew_by_the_one_who_complained(portal: Portal) -> None:
    await portal.sign_in("resident")
    again = f"/file?category=noise&continues={REFERENCE}"
    offered = {}
    for role in ("complainant", "respondent"):
        portal.services.says(THE_CASE, a_case(role_in_case=role, stage="closed", status="withdrawn"))
        shown = await portal.browser.open(PAGE)
        offered[role] = any(found.get("href") == again for _, found in shown.tags)

    assert offered == {"complainant": True, "respondent": False}


async def test_a_mediator_is_shown_the_address_of_their_calendar_once(portal: Portal) -> None:
    await portal.sign_in("mediator")
    portal.services.says("GET /mediation/v1/mediations", {"items": []})
    address = "http://127.0.0.1:8000/api/mediation/v1/calendars/abc.ics"
    portal.services.says("POST /mediation/v1/mediators/me/calendar-link", {"url": address})

    shown = await portal.browser.send(await portal.browser.open("/mediations"), "/mediations/calendar-link")

    assert address in shown.text
    assert address not in (await portal.browser.open("/mediations")).text


async def test_a_change_that_is_offered_is_read_and_signed_in_its_own_words(portal: Portal) -> None:
    await portal.sign_in("resident")
    change = str(UUID(int=77))
    amendment = {
        "id": change,
        "terms": "烟道不批,改装滤网",
        "content_hash": "cd" * 32,
        "replaces": [str(COMMITMENT)],
        "commitments": [{**an_agreement()["commitments"][0], "id": str(UUID(int=78)), "what": "装滤网"}],
        "signatures": [],
        "effective_on": None,
    }
    mediation = {"id": str(MEDIATION), "status": "performing"}
    portal.services.says(THE_CASE, a_case(mediation=mediation))
    portal.services.says(
        THE_MEDIATION, a_mediation("sign", "waive", agreement=an_agreement(), amendment=amendment)
    )
    signing = f"POST /mediation/v1/agreements/{change}/sign"
    portal.services.says(signing, a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "烟道不批,改装滤网" in shown.text
    await portal.browser.send(shown, step("sign"), read="yes", code="123456")

    assert portal.services.times(signing)[0].json == {"content_hash": "cd" * 32, "proof": "meant"}


async def test_a_matter_is_handed_to_an_officer_by_name_with_a_list_of_what_goes_along(
    portal: Portal,
) -> None:
    await portal.sign_in("coordinator")
    officer = str(uuid4())
    portal.services.says("GET /alliance/v1/members", {"items": [{"id": officer, "display_name": "程队长"}]})
    portal.services.says(THE_CASE, a_case("refer", role_in_case="coordinator"))
    photo = {"id": str(uuid4()), "kind": "photo", "added_by": "complainant", "shown": "released"}
    sealed = {**photo, "id": str(uuid4()), "shown": "sealed"}
    portal.services.says(f"{THE_CASE}/evidence", {"items": [photo, sealed]})
    refer = f"POST /complaints/v1/cases/{CASE}/refer"
    portal.services.says(refer, a_receipt())

    shown = await portal.browser.open(PAGE)
    assert "程队长 · Agency officer" in shown.text
    offered = [found.get("value") for _, found in shown.tags if found.get("name") == "evidence_ids"]
    assert offered == [photo["id"]]
    await portal.browser.send(
        shown,
        step("refer"),
        authority="police",
        note="请查",
        officer_id=officer,
        evidence_ids=[photo["id"]],
        documents="检测报告 3 页\n\n 现场照片 2 张 ",
    )

    assert portal.services.times(refer)[0].json == {
        "authority": "police",
        "note": "请查",
        "officer_id": officer,
        "papers": [],
        "evidence_ids": [photo["id"]],
        "documents": ["检测报告 3 页", "现场照片 2 张"],
    }


async def test_each_method_asks_its_question_beside_the_form_of_a_work_record(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    portal.services.says(THE_CASE, a_case("work", role_in_case="coordinator"))
    methods = [{"code": "front_line", "label": "To the front line", "prompt": "Who has been there to look?"}]
    portal.services.says("GET /complaints/v1/methods", {"methods": methods, "rungs": []})

    shown = await portal.browser.open(PAGE)

    assert "Who has been there to look?" in shown.text
    ticks = [found.get("value") for _, found in shown.tags if found.get("name") == "methods"]
    assert len(ticks) == 10


async def test_work_records_stand_on_the_page_of_those_who_work_on_the_case_alone(portal: Portal) -> None:
    await portal.sign_in("coordinator")
    record = {
        "id": str(uuid4()),
        "at": "2026-03-12T09:00:00Z",
        "actor_role": "coordinator",
        "methods": [{"code": "others_shoes", "label": "In the other's shoes"}],
        "rungs": [],
        "note": "上门两次",
        "said": None,
    }
    asked = f"GET /complaints/v1/cases/{CASE}/work"
    portal.services.says(asked, {"items": [record], "rungs": []})

    portal.services.says(THE_CASE, a_case(role_in_case="coordinator", rungs=["self"]))
    shown = (await portal.browser.open(PAGE)).text
    assert "上门两次" in shown
    assert "In the other's shoes" in shown
    assert "By whose strength" in shown

    portal.services.says(THE_CASE, a_case(role_in_case="complainant", rungs=["self"]))
    theirs = (await portal.browser.open(PAGE)).text
    assert "上门两次" not in theirs
    assert "By whose strength" not in theirs
    assert len(portal.services.times(asked)) == 1
