"""The DSO family, countback, CEI and the bad-debt ratio, from the figures of one period."""

import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from creditlib.basics.receivables import (
    average_days_delinquent,
    bad_debt_ratio,
    best_possible_dso,
    collection_effectiveness,
    countback_dso,
    dso,
)
from creditlib.errors import InputError, Undefined

amounts = st.floats(0, 1e9)
sizes = st.floats(1, 1e9)


def test_the_record_level_measures_need_no_pandas():
    code = (
        "import sys; from creditlib.basics import policy, receivables, terms; "
        "print({'numpy', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


class TestDSO:
    def test_the_set_of_one_quarter(self, golden):
        case = golden("dso_set")
        given = case["inputs"]
        total, current, sales, days = (given[x] for x in ("AR", "current", "sales", "days"))
        assert dso(total, sales, days) == pytest.approx(case["expected"]["DSO"])
        assert best_possible_dso(current, sales, days) == pytest.approx(case["expected"]["BPDSO"])
        assert average_days_delinquent(total, current, sales, days) == pytest.approx(
            case["expected"]["ADD"]
        )

    def test_a_published_year(self):
        assert round(dso(150_000, 1_800_000, 365), 1) == 30.4

    @given(amounts, st.floats(0, 1), sizes, st.integers(1, 365))
    def test_days_delinquent_are_dso_less_the_best_possible(self, total, share, sales, days):
        current = total * share
        assert average_days_delinquent(total, current, sales, days) == pytest.approx(
            dso(total, sales, days) - best_possible_dso(current, sales, days)
        )

    @pytest.mark.parametrize("sales", [0, -10.0])
    @pytest.mark.parametrize("measure", [dso, best_possible_dso])
    def test_without_sales_it_is_undefined(self, measure, sales, lang):
        with pytest.raises(Undefined, match=f"{sales:,.2f}") as raised:
            measure(500_000, sales, 90)
        assert raised.value.reason == "no_credit_sales"

    def test_a_credit_balance_says_to_show_unapplied_cash_apart(self, in_english):
        with pytest.raises(Undefined, match=r"-20,000\.00.*unapplied cash.*show them separately"):
            dso(-20_000, 1_500_000, 90)

    def test_an_overdue_part_below_zero_is_undefined(self, lang):
        with pytest.raises(Undefined) as raised:
            average_days_delinquent(500_000, 510_000, 1_500_000, 90)
        assert raised.value.reason == "current_above_total"

    def test_nothing_receivable_is_zero_days_not_undefined(self):
        assert dso(0, 1_500_000, 90) == 0

    @pytest.mark.parametrize("days", [0, -90])
    def test_a_period_has_days(self, days, lang):
        with pytest.raises(InputError, match="days"):
            dso(500_000, 1_500_000, days)


class TestCountback:
    def test_the_published_and_computed_cases(self, golden):
        case = golden("countback")
        found = [countback_dso(total, months) for total, months in case["inputs"]["cases"]]
        assert found == pytest.approx(case["expected"]["days"], abs=case["abs_tol"])

    @given(
        st.floats(1, 1e7),
        st.lists(st.integers(28, 31), min_size=1, max_size=24),
        st.floats(0, 1),
    )
    def test_with_level_sales_it_is_the_simple_dso(self, sales_a_day, lengths, share):
        sales = sales_a_day * sum(lengths)
        total = sales * share
        months = [(sales_a_day * length, length) for length in lengths]
        assert countback_dso(total, months) == pytest.approx(
            dso(total, sales, sum(lengths)), abs=1e-6
        )

    @given(amounts, amounts, st.lists(st.tuples(amounts, st.integers(28, 31)), max_size=24))
    def test_more_receivables_never_mean_fewer_days(self, one, other, months):
        low, high = sorted([one, other])
        try:
            longest = countback_dso(high, months)
        except Undefined:
            assume(False)
        assert countback_dso(low, months) <= longest

    def test_older_than_the_months_given_is_more_than_n_days(self, in_english):
        with pytest.raises(Undefined, match="more than 61 days"):
            countback_dso(212_000, [(100_000, 31), (80_000, 30)])

    def test_without_months_it_is_more_than_no_days(self, in_english):
        with pytest.raises(Undefined, match="more than 0 days"):
            countback_dso(212_000, [])

    def test_a_zero_sales_month_behind_the_last_debt_adds_nothing(self):
        assert countback_dso(100_000, [(100_000, 31), (0, 30)]) == 31

    def test_binary_fractions_do_not_add_a_month(self):
        assert countback_dso(0.3, [(0.1, 31), (0.2, 30), (0.0, 31), (5.0, 30)]) == pytest.approx(61)

    def test_nothing_receivable_is_zero_days(self):
        assert countback_dso(0, []) == 0

    @pytest.mark.parametrize("month", [(-5, 30), (100, 0), ("100", 30)])
    def test_a_wrong_month_is_named(self, month, in_english):
        with pytest.raises(InputError, match="row 2"):
            countback_dso(212_000, [(100_000, 30), month])

    def test_a_credit_balance_is_undefined(self, lang):
        with pytest.raises(Undefined) as raised:
            countback_dso(-1, [(100, 30)])
        assert raised.value.reason == "credit_balance"


class TestCollectionEffectiveness:
    def test_the_published_cases(self, golden):
        case = golden("cei")
        found = [collection_effectiveness(*each) for each in case["inputs"]["cases"]]
        assert found == pytest.approx(case["expected"]["cei"], abs=case["abs_tol"])

    def test_the_published_55_9_percent_mixes_a_month_with_a_quarter(self, golden):
        """CreditGuru prints 55.9 %: average monthly sales against balances three months apart."""
        beginning, quarter, total, current = golden("cei")["inputs"]["cases"][2]
        mixed = collection_effectiveness(beginning, quarter / 3, total, current)
        assert round(mixed, 3) == 0.559
        assert round(collection_effectiveness(beginning, quarter, total, current), 4) == 0.7963

    @given(amounts, sizes, st.floats(0, 0.99))
    def test_it_is_one_if_nothing_past_due_remains(self, beginning, sales, share):
        ending = (beginning + sales) * share
        assert collection_effectiveness(beginning, sales, ending, ending) == 1

    @given(amounts, sizes, st.floats(0, 0.99), st.floats(0, 1))
    def test_it_lies_between_nothing_and_everything(self, beginning, sales, share, part):
        total = (beginning + sales) * share
        assert 0 <= collection_effectiveness(beginning, sales, total, total * part) <= 1

    @pytest.mark.parametrize("figures", [(0, 300, 300, 300), (100, 200, 300, 300), (0, 0, 0, 0)])
    def test_nothing_to_collect_is_undefined(self, figures, lang):
        with pytest.raises(Undefined) as raised:
            collection_effectiveness(*figures)
        assert raised.value.reason == "nothing_to_collect"

    def test_binary_fractions_are_nothing_to_collect(self):
        with pytest.raises(Undefined, match=r"0\.30"):
            collection_effectiveness(0.1, 0.2, 0.3, 0.3)

    def test_an_ending_that_no_period_can_have_is_refused(self, in_english):
        with pytest.raises(InputError, match="all four figures must be of one period"):
            collection_effectiveness(6200, 0, 6340, 3590)

    def test_a_credit_balance_is_undefined(self, lang):
        for figures in ((-1, 300, 200, 100), (0, 300, -1, -1), (0, 300, 100, 200)):
            with pytest.raises(Undefined):
                collection_effectiveness(*figures)


class TestBadDebt:
    def test_recoveries_count_against_write_offs(self):
        assert bad_debt_ratio(90_000, 12_000_000, 18_000) == pytest.approx(0.006)
        assert bad_debt_ratio(0, 12_000_000, 18_000) < 0

    def test_without_sales_it_is_undefined(self, lang):
        with pytest.raises(Undefined):
            bad_debt_ratio(90_000, 0)

    def test_a_negative_write_off_is_refused(self, lang):
        with pytest.raises(InputError, match="write_offs"):
            bad_debt_ratio(-90_000, 12_000_000)
