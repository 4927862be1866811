"""Chapter 1's widgets show what the domain functions say, wherever their controls stand."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditlib.basics import policy
from creditlib.basics.policy import Applicant
from creditlib.basics.terms import marginal_credit
from creditlib.errors import InputError, Undefined
from creditlib.widgets.basics import dso_lab, policy_curve, terms_desk
from creditlib.widgets.dso_model import (
    BIG_INVOICE,
    EVENTS,
    MEASURES,
    USUAL,
    measures,
    quarter,
    still_open,
)
from creditlib.widgets.frame import still
from creditlib.widgets.jupyter import live
from creditlib.widgets.policy_evidence import cut_offs_for, example_applicants
from tests.widgets.reading import places, render, said

WIDGETS = [terms_desk, policy_curve, dso_lab]
DAYS = ("dso", "best_possible", "add", "countback")
LEVEL = {"event": "steady", "first_month": USUAL, "second_month": USUAL, "last_month": USUAL}
PAYERS = {"terms": 60, "late_share": 0.2, "late_days": 30}


@pytest.mark.parametrize("make", WIDGETS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_wherever_the_controls_stand_it_draws_whole_html_without_nan_or_inf(make, lang, data):
    """Also at the ends of the controls; `render` itself, not `drawn`: no error is caught here."""
    widget = make()
    values = {
        control.name: data.draw(places(control), label=control.name) for control in widget.controls
    }
    drawing = widget.render(**values)
    ElementTree.fromstring(f"<div>{drawing}</div>")
    assert not re.search(r"(?<![a-z])(nan|inf)(?![a-z])", drawing.lower())


@pytest.mark.parametrize("make", WIDGETS)
def test_every_control_starts_where_its_definition_says_and_draws_anew(make, lang):
    widget = make()
    box = live(widget)
    inputs, result = box.children[1].children, box.children[2]
    assert [each.value for each in inputs] == list(widget.opening().values())
    for control, each in zip(widget.controls, inputs, strict=True):
        before = result.value
        each.value = control.choices[1][1] if control.kind == "choice" else control.high
        assert result.value != before, control.name


# The terms desk


def test_the_desk_decides_as_the_marginal_test_does(in_english):
    credit = marginal_credit(300_000, 0.12, 0.02, 60, 0.06)
    shown = render(terms_desk())
    assert f"Give it: on 60 days, an order leaves RMB {credit.net:,.0f}" in shown
    assert f"breaks even at a default probability of {credit.break_even_probability:.1%}" in shown
    for part in (credit.expected_gain, -credit.expected_loss, -credit.carrying, credit.net):
        assert f"{part:+,.0f}".replace("-", "−") in shown


def test_the_desk_turns_round_at_the_break_even_probability(in_english):
    highest = marginal_credit(300_000, 0.12, 0, 60, 0.06).break_even_probability
    assert "Give it" in render(terms_desk(), pd=highest - 0.001)
    assert "Do not give it" in render(terms_desk(), pd=highest + 0.001)


def test_a_margin_of_nothing_makes_nothing_good(in_english):
    shown = render(terms_desk(), margin=0)
    assert "no customer is good enough" in shown
    assert "At a margin of 0 no amount of sales makes good a loss" in shown
    assert "further sales" not in shown


def test_the_desk_carries_and_makes_good_what_is_published(in_english):
    """One million for 35 days at 6 %: 5,753; 10,000 lost at a margin of 5 %: 200,000 of sales."""
    assert "5,753" in render(terms_desk(), order=1e6, margin=0, days_asked=35)
    assert "RMB 200,000 of further sales (20.0 such orders)" in render(
        terms_desk(), order=1e4, margin=0.05
    )


def test_the_desk_shows_the_rates_of_the_published_discounts(in_english, golden):
    case = golden("trade_discount")
    for given_case, simple, effective in zip(
        case["inputs"]["cases"],
        case["expected"]["simple"],
        case["expected"]["effective"],
        strict=True,
    ):
        discount, net_days, discount_days, base = given_case
        if base == 365:
            shown = render(
                terms_desk(), discount=discount, discount_days=discount_days, days_asked=net_days
            )
            assert f"simple annual rate {simple:.1%}" in shown
            assert f"effective annual rate {effective:.1%}" in shown


def test_who_gains_by_the_discount_turns_on_the_cost_of_capital(in_english):
    """2 % for 50 days is 14.9 % a year, as simple as the cost of carrying."""
    assert "The customer gains" in render(terms_desk(), annual_rate=0.145)
    assert "The company gains" in render(terms_desk(), annual_rate=0.15)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"discount": 0}, "No early-payment discount"),
        ({"discount_days": 60}, "no day is gained"),
        ({"discount_days": 90}, "after the due day 60"),
    ],
)
def test_a_discount_without_a_rate_says_why(values, says, in_english):
    assert says in render(terms_desk(), **values)


def test_terms_that_do_not_get_longer_cost_nothing_more(in_english):
    shown = render(terms_desk(), days_now=60, days_asked=30)
    assert "nothing more to carry" in shown
    assert "−15,623" in shown


# The policy curve


def best_of(**values):
    given_values = {"margin": 0.12, "annual_rate": 0.06} | values
    applicants = example_applicants()
    points = policy.policy_curve(applicants, cut_offs_for(applicants), **given_values)
    return points, policy.best_policy(points)


def test_the_best_policy_is_neither_the_strictest_nor_the_loosest():
    points, best = best_of()
    assert points[0].accepted < best.accepted < points[-1].accepted
    assert points[0].profit < best.profit
    assert points[-1].profit < best.profit


def test_a_thin_margin_wants_a_strict_policy_and_a_fat_one_a_loose_policy():
    strict, opening, loose = (best_of(margin=margin)[1] for margin in (0.01, 0.12, 0.4))
    assert strict.cut_off < 0.01 < opening.cut_off < loose.cut_off
    assert loose.accepted == 823


def test_the_invented_portfolio_has_as_many_customers_as_the_course_company():
    assert len(example_applicants()) == 823


def test_the_curve_says_what_the_cut_off_earns_and_what_the_best_would(in_english):
    points, best = best_of(fixed_cost=5e6)
    chosen = next(point for point in points if point.cut_off == 0.05)
    shown = render(policy_curve())
    assert f"Too strict: at {best.cut_off:.1%}" in shown
    assert f"{chosen.profit / 1e6:.2f} m" in shown
    assert f"{best.profit / 1e6:.2f} m" in shown
    assert "Too loose" in render(policy_curve(), cut_off=0.5)
    assert "No other cut-off earns more" in render(policy_curve(), cut_off=best.cut_off)


def test_the_next_step_adds_before_the_best_cut_off_and_costs_after_it(in_english):
    _, best = best_of()
    assert "profit rises by" in render(policy_curve(), cut_off=best.cut_off - 0.02)
    assert "profit falls by" in render(policy_curve(), cut_off=best.cut_off + 0.02)
    assert "no looser step" in render(policy_curve(), cut_off=0.5)


def test_where_no_customer_pays_it_says_so(in_english):
    assert "nobody is worth credit" in render(policy_curve(), margin=0.01, annual_rate=0.24)


def test_a_page_shows_its_own_customers(in_english):
    """By hand: 12 % of 100 m less 2 % × 10 m less 88 % × 10 m × 6 % = 11.272 m."""
    widget = policy_curve([Applicant(1e8, 0.02, 36.5)], fixed_cost=0, cut_off=0.02)
    shown = render(widget)
    assert "a profit of RMB 11.27 million a year. No other cut-off earns more" in shown
    certain = policy_curve([Applicant(1e6, 0.0, 60)])
    assert "Share of all sales won" in render(certain)
    assert "bad debt 0.00 m" in render(certain)


@pytest.mark.parametrize("applicants", [[], [Applicant(0.0, 0.1, 60)]])
def test_customers_who_buy_nothing_have_no_curve(applicants, in_english):
    with pytest.raises(InputError, match="None of the applicants has sales"):
        policy_curve(applicants)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_cut_offs_reach_the_weakest_customer_in_steps_of_one_size(probabilities):
    cut_offs = cut_offs_for([Applicant(1e6, each, 60) for each in probabilities])
    assert cut_offs[0] == 0
    assert max(probabilities) <= cut_offs[-1] <= 1
    assert 2 <= len(cut_offs) <= 102
    assert all(
        later - earlier == pytest.approx(cut_offs[1]) for earlier, later in pairwise(cut_offs)
    )


# The DSO lab


@given(
    sales=st.lists(st.integers(0, 300), min_size=1, max_size=9),
    terms=st.integers(0, 120),
    late_days=st.integers(0, 120),
    late_share=st.sampled_from([0, 0.25, 0.5, 1]),
)
def test_what_is_open_is_what_a_count_day_by_day_finds(sales, terms, late_days, late_share):
    for place, (month, amount) in enumerate(
        zip(still_open(sales, terms, late_share, late_days), sales, strict=True)
    ):
        ages = range(30 * place, 30 * place + 30)  # whole days since each day's invoices
        not_due = sum(amount / 30 for age in ages if age < terms)
        late = sum(amount / 30 * late_share for age in ages if terms <= age < terms + late_days)
        assert (month.current, month.past_due) == pytest.approx((not_due, late))


@given(terms=st.integers(15, 90), late_share=st.floats(0, 1), late_days=st.integers(0, 90))
def test_at_level_sales_both_dsos_are_the_days_that_customers_take(terms, late_share, late_days):
    level = quarter(**LEVEL, terms=terms, late_share=late_share, late_days=late_days)
    found = measures(level)
    assert found["dso"] == pytest.approx(level.days_taken)
    assert found["countback"] == pytest.approx(level.days_taken)
    assert found["best_possible"] == pytest.approx(terms)
    assert found["add"] == pytest.approx(late_share * late_days, abs=1e-9)


def changes(event, **payers):
    before, now = (
        quarter(**LEVEL | {"event": each}, **PAYERS | payers) for each in ("steady", event)
    )
    start, moved = measures(before), measures(now)
    return {name: pytest.approx(moved[name] - start[name], abs=1e-9) for name in MEASURES}, now


def test_a_jump_at_the_start_of_the_quarter_lowers_simple_dso_and_not_countback():
    change, now = changes("early_jump")
    assert change["dso"] == 23.2 / 36 * 90 - 66  # 10 + 10 + 20 % of 16 million open
    assert change["countback"] == 0
    assert now.days_taken == 66


def test_a_jump_at_its_end_raises_simple_dso_and_not_countback():
    change, _ = changes("late_jump")
    assert change["dso"] == 28 / 36 * 90 - 66
    assert change["countback"] == 0


def test_falling_sales_lower_simple_dso_and_not_countback():
    change, _ = changes("fall")
    assert change["dso"] == 18 / 26 * 90 - 66
    assert change["countback"] == 0


def test_more_late_payers_stand_in_add_and_not_in_the_best_possible():
    change, now = changes("later_payers")
    assert now.days_taken == pytest.approx(72)
    assert change["add"] == change["dso"] == change["countback"] == 6
    assert change["best_possible"] == 0
    assert measures(now)["cei"] < 30 / 32


def test_a_big_invoice_on_the_last_day_moves_dso_and_not_cei():
    change, now = changes("big_invoice")
    assert now.current == 2 * USUAL + BIG_INVOICE
    assert change["dso"] == 27 / 35 * 90 - 66
    assert change["cei"] == 0
    assert change["countback"] == 0


def test_a_write_off_flatters_all_but_the_best_possible(in_english):
    change, now = changes("write_off")
    assert change["dso"] == change["add"] == change["countback"] == -3
    assert change["best_possible"] == 0
    assert measures(now)["cei"] == pytest.approx(31 / 32)
    shown = render(dso_lab(), event="write_off")
    assert "RMB 1 million was written off" in shown
    assert "bad-debt ratio is 3.3%" in shown
    assert "looks 3.0 days better than what customers do" in shown
    assert "CEI 93.8% 96.9% +3.1 pts" in shown


def test_the_lab_says_which_measure_misleads(in_english):
    shown = render(dso_lab(), event="early_jump")
    assert "Customers pay as at the start: 66.0 days" in shown
    assert "Simple DSO falls by 8.0 days: it looks 8.0 days better" in shown
    assert "Countback DSO stays, and so does payment" in shown
    assert "6.0 days later than at the start" in render(dso_lab(), event="later_payers")


def test_what_is_opened_with_an_event_is_compared_with_the_time_before_it(in_english):
    assert "Simple DSO falls by 8.0 days" in render(dso_lab(event="early_jump"))


def test_without_late_payers_there_is_nothing_to_write_off(in_english):
    assert "nothing to write off" in render(dso_lab(), event="write_off", late_share=0)


def test_a_quarter_without_sales_says_why_there_is_no_dso(in_english):
    nothing = {"first_month": 0, "second_month": 0, "last_month": 0}
    shown = render(dso_lab(), **nothing)
    assert shown.count("without credit sales there is nothing to divide by") == 1
    assert "Simple DSO 66.0 – –" in shown
    found = measures(quarter(**LEVEL | nothing, **PAYERS))
    assert {name for name in MEASURES if isinstance(found[name], Undefined)} == {*DAYS[:3]}


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_its_words_in_both_languages(event, lang):
    assert said(still(dso_lab(event=event)))
