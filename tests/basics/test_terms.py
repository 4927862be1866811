"""What terms cost: a discount, a longer credit period, a loss made good, one order on credit."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from creditlib.basics.terms import (
    break_even_sales,
    carrying_cost,
    credit_period_cost,
    discount_cost,
    marginal_credit,
)
from creditlib.errors import InputError, Undefined

shares = st.floats(0, 1)
amounts = st.floats(0, 1e9)
sizes = st.floats(0.01, 1e9)
days = st.floats(0, 720)
rates = st.floats(0, 0.5)
margins = st.floats(0.001, 1)


class TestDiscount:
    def test_the_published_offers(self, golden):
        case = golden("trade_discount")
        found = [discount_cost(d, t, T, base) for d, T, t, base in case["inputs"]["cases"]]
        close = {"abs": case["abs_tol"]}
        assert [cost.simple for cost in found] == pytest.approx(case["expected"]["simple"], **close)
        assert [cost.effective for cost in found] == pytest.approx(
            case["expected"]["effective"], **close
        )

    @given(st.floats(0, 0.5), st.integers(0, 60), st.integers(1, 365))
    def test_compounding_never_makes_it_cheaper(self, discount, discount_days, gained):
        try:
            cost = discount_cost(discount, discount_days, discount_days + gained)
        except Undefined:
            assume(False)
        assert cost.effective >= cost.simple - 1e-9 * max(1, cost.simple)

    def test_a_customer_who_takes_longer_makes_it_cheaper(self):
        assert discount_cost(0.02, 10, 60).simple < discount_cost(0.02, 10, 30).simple / 2

    def test_without_a_day_gained_there_is_no_rate(self, lang):
        with pytest.raises(Undefined, match="30") as raised:
            discount_cost(0.02, 30, 30)
        assert raised.value.reason == "no_days_gained"

    def test_a_rate_beyond_any_number_is_undefined(self, lang):
        with pytest.raises(Undefined, match="365") as raised:
            discount_cost(0.9, 0, 1)
        assert raised.value.reason == "endless_rate"

    @pytest.mark.parametrize(
        "offer",
        [(2, 10, 30), (1.0, 10, 30), (-0.01, 10, 30), (0.02, 30, 10), (0.02, -1, 30)],
    )
    def test_an_offer_that_nobody_makes_is_refused(self, offer, lang):
        with pytest.raises(InputError):
            discount_cost(*offer)

    @pytest.mark.parametrize("value", ["0.02", None, math.nan, True])
    def test_what_is_no_number_is_refused(self, value, lang):
        with pytest.raises(InputError, match="discount"):
            discount_cost(value, 10, 30)


class TestCarrying:
    def test_a_million_for_35_days_at_six_percent(self):
        assert round(carrying_cost(1_000_000, 35, 0.06), 2) == 5753.42

    @given(amounts, days, rates)
    def test_a_banker_s_year_costs_more(self, receivables, length, rate):
        cost = carrying_cost(receivables, length, rate)
        assert carrying_cost(receivables, length, rate, base=360) == pytest.approx(cost * 365 / 360)

    def test_longer_terms_cost_what_the_extra_receivables_cost(self):
        extra_receivables = 12_000_000 * (60 - 30) / 365
        assert credit_period_cost(12_000_000, 30, 60, 0.06) == pytest.approx(
            extra_receivables * 0.06
        )

    @given(amounts, days, days, rates, shares)
    def test_going_back_saves_what_going_forth_cost(self, sales, one, other, rate, share):
        there = credit_period_cost(sales, one, other, rate, share)
        assert credit_period_cost(sales, other, one, rate, share) == pytest.approx(-there)

    def test_only_the_money_laid_out_may_be_counted(self):
        whole = credit_period_cost(12_000_000, 30, 60, 0.06)
        assert credit_period_cost(12_000_000, 30, 60, 0.06, cost_share=0.8) == pytest.approx(
            0.8 * whole
        )

    @pytest.mark.parametrize("wrong", [(-1, 35, 0.06), (1e6, -35, 0.06), (1e6, 35, -0.06)])
    def test_negative_figures_are_refused(self, wrong, lang):
        with pytest.raises(InputError):
            carrying_cost(*wrong)

    def test_a_year_without_days_is_refused(self, in_english):
        with pytest.raises(InputError, match=r"base.*above zero"):
            carrying_cost(1e6, 35, 0.06, base=0)


class TestBreakEven:
    def test_the_published_losses(self, golden):
        case = golden("breakeven")
        found = [break_even_sales(*each) for each in case["inputs"]["cases"]]
        assert found == pytest.approx(case["expected"]["sales"], abs=case["abs_tol"])

    @given(sizes, margins, margins)
    def test_a_thinner_margin_needs_more_sales(self, loss, one, other):
        thin, thick = sorted([one, other])
        assert break_even_sales(loss, thin) >= break_even_sales(loss, thick)

    @given(amounts, margins)
    def test_the_margin_on_those_sales_is_the_loss(self, loss, margin):
        assert break_even_sales(loss, margin) * margin == pytest.approx(loss)

    @pytest.mark.parametrize("margin", [0, -0.1])
    def test_without_a_margin_nothing_makes_it_good(self, margin, lang):
        with pytest.raises(Undefined) as raised:
            break_even_sales(10_000, margin)
        assert raised.value.reason == "no_margin"
        assert f"{margin:g}" in str(raised.value)

    def test_a_margin_in_percent_is_refused(self, in_english):
        with pytest.raises(InputError, match=r"write 20 % as 0\.2"):
            break_even_sales(10_000, 5)


class TestMarginalCredit:
    orders = (sizes, st.floats(-0.5, 1), shares, days, rates)

    def test_one_order_by_hand(self):
        order = marginal_credit(100_000, 0.2, 0.05, 60, 0.06)
        assert order.expected_gain == pytest.approx(0.95 * 20_000)
        assert order.expected_loss == pytest.approx(0.05 * 80_000)
        assert order.carrying == pytest.approx(80_000 * 60 / 365 * 0.06)
        assert order.accept

    @given(*orders)
    def test_accepted_exactly_if_gain_exceeds_loss_and_carrying(self, sales, margin, p, time, rate):
        order = marginal_credit(sales, margin, p, time, rate)
        assert order.net == pytest.approx(
            order.expected_gain - order.expected_loss - order.carrying, abs=1e-9
        )
        assert order.accept == (order.net > 0)

    @given(*orders)
    def test_the_net_is_zero_at_the_break_even_probability(self, sales, margin, p, time, rate):
        break_even = marginal_credit(sales, margin, p, time, rate).break_even_probability
        assume(break_even is not None)
        at_it = marginal_credit(sales, margin, break_even, time, rate)
        assert at_it.net == pytest.approx(0, abs=1e-9 * sales)

    @given(*orders, shares)
    def test_a_riskier_customer_never_brings_more(self, sales, margin, p, time, rate, other):
        low, high = sorted([p, other])
        safe = marginal_credit(sales, margin, low, time, rate)
        risky = marginal_credit(sales, margin, high, time, rate)
        assert risky.net <= safe.net + 1e-9 * sales

    def test_a_margin_that_does_not_pay_for_the_money_has_no_break_even(self):
        order = marginal_credit(100_000, 0.01, 0.0, 120, 0.06)
        assert not order.accept
        assert order.break_even_probability is None

    def test_percent_for_a_probability_is_refused(self, in_english):
        with pytest.raises(InputError, match=r"default_probability.*3 % as 0\.03"):
            marginal_credit(100_000, 0.2, 5, 60, 0.06)
