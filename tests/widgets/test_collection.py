"""Chapter 4's widgets show what the domain functions say, wherever their controls stand."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditlib.collection.claim import Claim, PartPayment
from creditlib.collection.dialogue import MOVES, PERSONAS, Call, debrief
from creditlib.collection.goals import Debt
from creditlib.collection.guarantee import guarantee_period
from creditlib.collection.interest import late_interest
from creditlib.collection.letter_findings import Finding
from creditlib.collection.letters import STAGES, draft, review, summary
from creditlib.collection.limitation import Event, limitation
from creditlib.collection.plan import Person, plan
from creditlib.collection.ranking import RANKS
from creditlib.errors import InputError
from creditlib.i18n import text
from creditlib.widgets.call_evidence import GROUPS, held, sayable
from creditlib.widgets.collection import (
    collection_desk,
    interest_desk,
    letter_editor,
    limitation_clock,
    the_call,
)
from creditlib.widgets.example_claims import TODAY, example_claim, example_debts
from creditlib.widgets.frame import drawn, still
from creditlib.widgets.letter_evidence import marked
from tests.widgets.reading import places, render, said

WIDGETS = [collection_desk, letter_editor, the_call, limitation_clock, interest_desk]
GOOD_CALL = (
    "open", "verify_identity", "state_facts", "ask_payment", "stay_silent", "ask_reason",
    "ask_specifics", "listen", "summarise", "offer_documents", "ask_date", "ask_method",
    "ask_name", "confirm", "note_limitation", "close",
)  # fmt: skip


def talk(*moves):
    return tuple((move, "") for move in moves)


@pytest.mark.parametrize("make", WIDGETS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_wherever_the_controls_stand_it_draws_whole_html_or_says_why_not(make, lang, data):
    """Days may be missing or in any order: then one sentence stands there, never a traceback."""
    widget = make()
    values = {
        control.name: data.draw(places(control), label=control.name) for control in widget.controls
    }
    drawing = drawn(widget, values)
    ElementTree.fromstring(f"<div>{_printable(drawing)}</div>")
    if "letter" not in values:
        assert not re.search(r"(?<![A-Za-z])(nan|NaN|inf|None)(?![A-Za-z])", said(drawing))


def _printable(drawing):
    """The parser of the test refuses control signs that a browser shows as they are."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", drawing)


@pytest.mark.parametrize(
    ("make", "given", "said_of_it"),
    [
        (interest_desk, {"regime": "eurozone"}, "has no “eurozone”; it may be: sale_contract"),
        (letter_editor, {"stage": "angry"}, "has no “angry”; it may be: reminder"),
        (the_call, {"persona": "rude"}, "has no “rude”; it may be: forgetful"),
        (limitation_clock, {"day": None}, "There is no control “day”; there are: due, today"),
    ],
)
def test_an_opening_that_there_is_not_says_which_there_are(make, given, said_of_it, in_english):
    with pytest.raises(InputError) as told:
        make(**given)
    assert said_of_it in str(told.value)


# The collection desk


@pytest.mark.parametrize(("people", "minutes", "days"), [(1, 60, 5), (1, 120, 5), (2, 240, 3)])
def test_the_desk_saves_and_misses_what_the_plan_says(people, minutes, days, in_english):
    team = [Person(f"Collector {number}", minutes) for number in range(1, people + 1)]
    week = plan(example_debts(), team, TODAY, days)
    shown = render(collection_desk(), people=people, minutes=minutes, days=days)
    assert f"an expected loss of RMB {week.saved:,.0f}" in shown
    assert all(task.why in shown for task in week.tasks)


def test_the_desk_compares_the_three_rankings_of_the_plan(in_english):
    team = [Person("Collector 1", 120)]
    weeks = {rank: plan(example_debts(), team, TODAY, rank=rank) for rank in RANKS}
    for rank in RANKS:
        shown = render(collection_desk(), ranking=rank)
        for other, name in zip(RANKS, ("cost of waiting", "amount", "age"), strict=True):
            week = weeks[other]
            figures = f"{week.saved:,.0f} {week.missed:,.0f} {len(week.tasks)} {len(week.left)}"
            assert f"{name} {figures}" in shown
        assert all(task.why in shown for task in weeks[rank].tasks)
    short = weeks["waiting"].saved - weeks["age"].saved
    assert f"RMB {short:,.0f} less than the best list" in render(collection_desk(), ranking="age")


@pytest.mark.parametrize("ranking", RANKS)
def test_a_right_about_to_be_lost_stands_at_the_top_or_in_a_warning(ranking, in_english):
    """Little is expected of the marine debt; it is time-barred on Monday, 5 January."""
    marine = text("widgets.example_claims.customer.marine")
    shown = render(collection_desk(), ranking=ranking, minutes=45, days=4)
    day = "Wed 2025-12-31: 1 to do, 45 minutes customer and step amount waiting costs"
    assert f"{day} {marine} · protect the right" in shown
    assert "gone before the next plan" not in shown
    late = render(collection_desk(), ranking=ranking, minutes=30, days=4)
    assert f"gone before the next plan: 1 ({marine} 2026-01-05). Find the time" in late


def test_nothing_is_planned_on_a_holiday(in_english):
    new_year = {date(2026, 1, 1), date(2026, 1, 2)}
    shown = render(collection_desk(holidays=new_year), minutes=60)
    assert "Wed 2025-12-31" in shown
    assert "Mon 2026-01-05" in shown
    assert not any(str(day) in shown for day in new_year)
    assert "Thu 2026-01-01" in render(collection_desk(), minutes=60)


def test_a_slider_a_hair_off_its_step_counts_as_the_step(lang):
    """JupyterLab's sliders give 119.99999999 for 120: cut off, it is 119."""
    desk = collection_desk()
    assert render(desk, minutes=120 - 1e-9, people=1 - 1e-9, days=5 - 1e-9) == render(desk)
    call = the_call(seed=4)
    assert render(call, seed=4 - 1e-9) == render(call)
    clock = limitation_clock(months=24)
    assert render(clock, months=24 - 1e-9) == render(clock)


def test_with_time_for_everything_the_lists_are_worth_the_same(in_english):
    team = [Person("A", 480)]
    weeks = [plan(example_debts(), team, TODAY, 10, rank=rank).saved for rank in RANKS]
    assert weeks == pytest.approx([weeks[0]] * 3)
    shown = render(collection_desk(), minutes=480, days=10, ranking="age")
    assert "The week has room for all of it" in shown


def test_the_desk_takes_claims_as_they_are_and_says_when_there_are_none(in_english):
    claim = Claim.of("90000", due=date(2025, 12, 20), as_of=TODAY)
    assert "90,000" in render(collection_desk([claim, Debt(claim, "C2")]))
    empty = collection_desk([])
    assert "There are no debts" in drawn(empty, empty.opening())


# The letter editor


def test_the_editor_lists_what_the_review_finds(lang):
    widget = letter_editor()
    letter = widget.opening()["letter"]
    findings = review(letter, example_claim(), stage="formal_demand")
    shown = render(widget)
    assert {"threat", "wrong_amount", "personal_account"} <= {each.kind for each in findings}
    for each in findings:
        assert " ".join(each.better.split()) in shown, each.kind
        assert each.why in shown


def test_another_stage_asks_for_other_elements(in_english):
    widget = letter_editor(text="Please pay invoice 25100412 by 9 January 2026.")
    assert "no word of delivery" in render(widget, stage="formal_demand")
    assert "no word of delivery" not in render(widget, stage="reminder")
    assert [value for _, value in widget.controls[0].choices] == list(STAGES)


def test_a_claim_without_an_account_is_reviewed_though_no_notice_can_be_drafted(in_english):
    widget = letter_editor(replace(example_claim(), account=""))
    shown = render(widget)
    assert "the claim has no account" in shown
    assert "threat" in shown


@pytest.mark.parametrize("stage", STAGES)
def test_the_notice_that_stands_beside_it_has_nothing_to_change(stage, lang):
    notice = draft(example_claim(), stage, lang)
    widget = letter_editor(stage=stage, text=notice)
    assert summary([]) in render(widget)
    assert " ".join(notice.split()) in render(widget, letter="")


def test_a_letter_with_nothing_in_it_lacks_everything(lang):
    findings = review("", example_claim(), stage="reminder")
    assert all(each.name in render(letter_editor(text=""), stage="reminder") for each in findings)


@given(
    letter=st.text(alphabet="ab<&>\n款", max_size=30),
    spots=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=5),
)
def test_marks_leave_every_sign_of_the_letter_as_it_is_written(letter, spots):
    """Also where passages overlap or the letter itself holds what looks like HTML."""
    found = [
        Finding("threat", "unlawful", letter[start : start + length], start, start + length, "", "")
        for start, length in spots
        if start + length <= len(letter)
    ]
    inside = ElementTree.fromstring(marked(letter, found))
    for number in inside.iter("sup"):
        number.text = ""
    assert "".join(inside.itertext()) == letter
    assert len(list(inside.iter("sup"))) == len(found)


def test_findings_are_numbered_through_in_the_letter_and_in_the_list(lang):
    drawn_letter = letter_editor().render(stage="formal_demand", letter="Pay soon, you thieves.")
    numbers = [int(number) for number in re.findall(r"<sup>(\d+)</sup>", drawn_letter)]
    each = sorted(set(numbers))
    assert each == list(range(1, len(each) + 1))
    assert all(numbers.count(number) == 2 for number in each)  # at its place and beside its reason


def test_what_is_typed_is_never_html(in_english):
    assert "<img" not in letter_editor().render(stage="reminder", letter="<img src=x onerror=1>")
    typed = (("", "<img src=x onerror=1>"),)
    assert "<img" not in the_call().render(persona="evasive", seed=1, said=typed)


# The call


def test_every_move_has_its_button_once():
    assert sorted(move for group in GROUPS.values() for move in group) == sorted(MOVES)


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_call_shows_the_words_of_both_sides_and_its_debrief(persona, lang):
    call = Call(persona, example_claim(), seed=4)
    for move in GOOD_CALL:
        if not call.over:
            call.say(move)
    shown = render(the_call(persona, seed=4), said=talk(*GOOD_CALL))
    for line in call.lines:
        assert " ".join(line["caller"].split()) in shown
        assert " ".join(line["debtor"].split()) in shown
    told = debrief(call)
    assert told.summary in shown
    assert all(check.why in shown for check in told.checks)


def test_while_the_call_goes_on_nobody_says_who_the_debtor_is(lang):
    shown = said(still(the_call(seed=7)))
    names = [text(f"dialogue.persona.{name}.name") for name in PERSONAS]
    assert [name for name in names if name in shown] == []
    assert any(name in render(the_call(seed=7), said=talk(*GOOD_CALL)) for name in names)


def test_the_seed_draws_strangers_of_every_type():
    met = {held(example_claim(), "", seed, ()).persona for seed in range(1, 51)}
    assert met == set(PERSONAS)


def test_a_step_back_is_the_call_without_its_end_and_the_same_again():
    whole = held(example_claim(), "disputing", 2, talk(*GOOD_CALL[:8]))
    back = held(example_claim(), "disputing", 2, talk(*GOOD_CALL[:7]))
    assert back.lines == whole.lines[:7]
    assert held(example_claim(), "disputing", 2, talk(*GOOD_CALL[:8])).lines == whole.lines


def test_after_the_end_nothing_can_be_said_and_what_is_said_counts_for_nothing():
    ended = talk("open", "close")
    assert sayable(example_claim(), "evasive", 1, ended) == ()
    assert sayable(example_claim(), "evasive", 1, talk("open")) == MOVES
    longer = held(example_claim(), "evasive", 1, ended + talk("threaten"))
    assert len(longer.lines) == 2


def test_a_claim_that_is_not_overdue_gives_one_sentence_and_no_moves(in_english):
    claim = Claim.of("1000", due=date(2026, 3, 1), as_of=TODAY)
    widget = the_call(claim=claim)
    assert "Take a claim that is overdue" in drawn(widget, widget.opening())
    assert widget.controls[-1].sayable(**widget.opening()) == ()


# The limitation clock


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    due=st.dates(date(2021, 1, 1), date(2025, 12, 30)),
    demand=st.none() | st.dates(date(2021, 1, 1), TODAY),
    payment=st.none() | st.dates(date(2021, 1, 1), TODAY),
    proof=st.booleans(),
)
def test_the_clock_shows_the_last_day_and_every_article(due, demand, payment, proof, in_english):
    events = [Event(demand, "demand" if proof else "letter")] if demand else []
    events += [Event(payment, "part_payment")] if payment else []
    clock = limitation(Claim.of(1, due=due, as_of=TODAY), events)
    shown = render(limitation_clock(), due=due, demand=demand, payment=payment, proof=proof)
    verb = "was" if clock.expired(TODAY) else "is"
    assert f"The last safe day {verb} {clock.last_day}" in shown
    assert all(str(each) in shown for each in clock.steps)
    assert all(str(each.reason) in shown for each in clock.ignored)
    if clock.rolled != clock.last_day:
        assert f"the period would end on {clock.rolled}" in shown


def test_the_proof_of_arrival_is_worth_what_the_table_says(in_english):
    """Due 2022-11-30, demand on 2024-06-14: with proof to 2027-06-14, without to 2025-11-30."""
    shown = render(limitation_clock())
    assert "arrival proved 2027-06-14 530 not proved 2025-11-30 −31" in shown


def test_nothing_that_interrupts_moves_the_guarantee_period(in_english):
    due = date(2022, 11, 30)
    last = guarantee_period(due).last_day
    for values in ({}, {"payment": date(2023, 2, 1)}, {"promise": date(2023, 2, 1)}):
        assert f"the period ended on {last}" in render(limitation_clock(), due=due, **values)
    longer = render(limitation_clock(), guarantee="joint", months=24)
    assert f"the period ended on {guarantee_period(due, 'joint', agreed=24).last_day}" in longer


def test_an_event_after_today_is_not_counted(in_english):
    later = TODAY + timedelta(30)
    shown = render(limitation_clock(), demand=later)
    assert "The last safe day was 2025-11-30" in shown
    assert f"{later}: after today" in shown


@pytest.mark.parametrize(("make", "name"), [(limitation_clock, "due"), (interest_desk, "paid")])
def test_a_day_that_is_not_filled_in_is_asked_for(make, name, in_english):
    widget = make()
    assert "has no day; please fill it in" in drawn(widget, widget.opening() | {name: None})


@pytest.mark.parametrize("make", [limitation_clock, interest_desk])
@pytest.mark.parametrize("year", [1, 202, 9999])
def test_a_year_half_typed_or_far_off_gives_one_sentence(make, year, lang):
    """While 2026 is typed a browser tells of the year 2, then 20, then 202."""
    widget = make()
    days = [control for control in widget.controls if control.kind == "date"]
    for control in days:
        typed = date(year, 6, 30)
        shown = drawn(widget, widget.opening() | {control.name: typed})
        expected = text(
            "widgets.far_day", field=text(control.label), day=typed, first=1980, last=2099
        )
        assert said(shown) == expected


@pytest.mark.parametrize("today", [date(2025, 12, 31), date(2065, 12, 31)])
def test_events_of_one_week_have_dots_side_by_side_and_before_today(today, in_english):
    week = {"demand": date(2025, 11, 20), "payment": date(2025, 11, 22)}
    widget = limitation_clock(
        due=date(2025, 11, 20), today=today, promise=date(2025, 11, 24), **week
    )
    drawing = widget.render(**widget.opening())
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawing)]
    line = float(re.search(r'<line x1="([\d.]+)" y1="22"', drawing)[1])
    assert len(places) == 3
    assert all(right - left >= 17.9 for left, right in pairwise(places))
    assert places[0] >= 11
    assert places[2] < line


# The interest desk


@pytest.mark.parametrize(("multiple", "amount"), [("1.3", "22,486.44"), ("1.5", "25,945.89")])
def test_the_desk_reckons_the_worked_example(multiple, amount, in_english):
    """RMB 1,000,000 due 2024-06-30, paid 2024-12-31: 183 days at 3.45 % × 1.3 or 1.5."""
    shown = render(interest_desk(paid=date(2024, 12, 31), part=0), multiple=multiple)
    assert f"late interest RMB {amount} (days: 183)" in shown


@pytest.mark.parametrize("regime", ["sale_contract", "agreed", "enforcement"])
@pytest.mark.parametrize(("base", "ends"), [(365, "head"), (360, "tail"), (365, "both")])
def test_the_desk_shows_every_step_of_the_reckoning(regime, base, ends, in_english):
    claim = Claim.of(
        Decimal("1000000"),
        due=date(2024, 6, 30),
        as_of=date(2025, 12, 31),
        payments=(PartPayment(date(2025, 3, 31), Decimal(200_000)),),
    )
    daily = {"daily": Decimal("0.0003")} if regime == "agreed" else {}
    result = late_interest(claim, regime, base=base, head_tail=ends, **daily)
    shown = render(interest_desk(), regime=regime, base=base, ends=ends)
    assert f"late interest RMB {result.amount:,.2f}" in shown
    assert all(str(each) in shown for each in (*result.steps, *result.conventions))


def test_without_an_agreed_rate_the_regime_says_so_and_the_others_stand(in_english):
    shown = render(interest_desk(), daily=0)
    assert "Agreed rate: No penalty for late payment is agreed" in shown
    assert "SME Payment Regulation RMB" in shown
    widget = interest_desk()
    alone = drawn(widget, widget.opening() | {"daily": 0, "regime": "agreed"})
    assert said(alone) == (
        "No penalty for late payment is agreed; if one is, move “Agreed daily (0: none)” above 0."
    )
    blank = drawn(widget, widget.opening() | {"contract": None, "regime": "sme_regulation"})
    assert said(blank) == "“Contract of” has no day; please fill it in."


def test_the_published_page_shows_the_amounts_that_it_reckons_with(in_english):
    published = said(still(interest_desk(principal=51_368.86, part=22_694.73)))
    assert published.count("51,368.86") > 1
    assert published.count("22,694.73") > 1


def test_less_than_a_cent_is_no_part_payment(lang):
    assert render(interest_desk(), part=0.004) == render(interest_desk(), part=0)


def test_the_uk_and_the_eu_add_their_fixed_sums(in_english):
    assert "with the fixed sum of GBP 100.00" in render(interest_desk(), regime="uk")
    assert "with the fixed sum of EUR 40.00, EUR 1" in render(interest_desk(), regime="eu")
