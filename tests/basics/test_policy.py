"""What a policy is worth at each cut-off, and what a written policy leaves out."""

import re
import tomllib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.basics.policy import (
    Applicant,
    PolicyElement,
    best_policy,
    contribution,
    missing_elements,
    policy_curve,
)
from creditlib.basics.terms import marginal_credit
from creditlib.errors import InputError, Undefined

shares = st.floats(0, 1)
days = st.floats(0, 365)
applicants = st.lists(
    st.builds(Applicant, st.floats(0, 1e8), shares, days, st.none() | st.floats(0, 730)),
    max_size=30,
)
terms = (st.floats(-0.2, 1), st.floats(0, 0.3))
COMPLETE = ["zh.md", "en.md", "zh_otherwise.txt", "en_otherwise.txt"]
CUT_OFFS = [step / 50 for step in range(51)]


class TestContribution:
    def test_one_customer_by_hand(self):
        """A million a year at 10 %, paid after 73 days: one fifth of a year's sales is open."""
        customer = Applicant(1_000_000, 0.05, 73)
        assert customer.exposure == pytest.approx(200_000)
        pays = 100_000 - 180_000 * 0.06
        defaults = 0.1 * 800_000 - 0.9 * 200_000 - 180_000 * 0.06
        assert contribution(customer, 0.1, 0.06) == pytest.approx(0.95 * pays + 0.05 * defaults)

    def test_a_default_leaves_more_than_a_turn_by_hand(self):
        """As above, but 109.5 days of sales stand unpaid; the waiting is still for 73 days."""
        customer = Applicant(1_000_000, 0.05, 73, days_lost=109.5)
        assert customer.exposure == pytest.approx(300_000)
        pays = 100_000 - 180_000 * 0.06
        defaults = 0.1 * 700_000 - 0.9 * 300_000 - 180_000 * 0.06
        assert contribution(customer, 0.1, 0.06) == pytest.approx(0.95 * pays + 0.05 * defaults)
        assert contribution(customer, 0.1, 0.06) == pytest.approx(74_200)

    @given(st.floats(0, 1e8), shares, days, *terms)
    def test_unless_told_a_default_leaves_one_turn(self, sales, p, time, margin, rate):
        silent, told = Applicant(sales, p, time), Applicant(sales, p, time, days_lost=time)
        assert silent.exposure == told.exposure
        assert contribution(silent, margin, rate) == contribution(told, margin, rate)

    @given(st.floats(0, 1e8), shares, days, days, days, *terms)
    def test_each_day_lost_costs_the_price_times_the_probability(
        self, sales, p, time, lost, more, margin, rate
    ):
        one, other = (Applicant(sales, p, time, each) for each in (lost, lost + more))
        fall = contribution(one, margin, rate) - contribution(other, margin, rate)
        assert fall == pytest.approx(p * sales * more / 365, abs=1e-9 * (1 + sales))

    @given(st.floats(1, 1e8), *terms, shares)
    def test_for_a_year_s_credit_it_is_the_test_of_one_order(self, sales, margin, rate, p):
        """With 365 days all that is sold is open: the same stake as one order."""
        order = marginal_credit(sales, margin, p, 365, rate)
        assert contribution(Applicant(sales, p, 365), margin, rate) == pytest.approx(
            order.net, abs=1e-9 * sales
        )

    @given(st.floats(1, 1e8), st.floats(0.01, 0.3), st.floats(0, 0.3), st.floats(60, 365))
    def test_it_is_zero_where_margin_and_risk_balance(self, sales, margin, rate, time):
        p = margin * 365 / time - (1 - margin) * rate
        if 0 <= p <= 1:
            assert contribution(Applicant(sales, p, time), margin, rate) == pytest.approx(
                0, abs=1e-9 * sales
            )


class TestPolicyCurve:
    @given(applicants, *terms, st.floats(0, 1e6))
    def test_a_stricter_policy_never_raises_sales_nor_bad_debt(self, asking, margin, rate, fixed):
        points = policy_curve(asking, CUT_OFFS, margin, rate, fixed)
        for strict, lax in pairwise(points):
            assert strict.accepted <= lax.accepted
            assert strict.sales <= lax.sales
            assert strict.bad_debt <= lax.bad_debt
            assert strict.carrying <= lax.carrying

    @given(applicants, *terms, st.floats(0, 1e6))
    def test_profit_is_the_sum_of_the_accepted_contributions(self, asking, margin, rate, fixed):
        scale = 1 + sum(customer.sales for customer in asking)
        for point in policy_curve(asking, CUT_OFFS, margin, rate, fixed):
            taken = [each for each in asking if each.default_probability <= point.cut_off]
            expected = sum(contribution(each, margin, rate) for each in taken) - fixed
            assert point.accepted == len(taken)
            assert point.sales == pytest.approx(sum(each.sales for each in taken))
            assert point.profit == pytest.approx(expected, abs=1e-9 * scale)
            assert point.profit == pytest.approx(
                point.margin_earned - point.bad_debt - point.carrying - fixed, abs=1e-9 * scale
            )

    @given(applicants, *terms)
    def test_the_best_policy_has_the_highest_profit(self, asking, margin, rate):
        points = policy_curve(asking, CUT_OFFS, margin, rate)
        assert best_policy(points).profit == max(point.profit for point in points)

    @given(st.lists(st.floats(0.01, 1), min_size=1, max_size=30), st.floats(0.02, 0.2))
    def test_at_the_optimum_the_marginal_customer_adds_nothing(self, probabilities, margin):
        """With equal sales and days: everyone better than break-even is in, everyone worse out."""
        rate, time = 0.06, 120
        break_even = margin * 365 / time - (1 - margin) * rate
        asking = [Applicant(1_000_000, p, time) for p in probabilities]
        best = best_policy(policy_curve(asking, [0, *probabilities], margin, rate))
        for customer in asking:
            worth = contribution(customer, margin, rate)
            if abs(worth) > 0.01:
                assert (customer.default_probability <= best.cut_off) == (worth > 0)
                assert (customer.default_probability < break_even) == (worth > 0)

    def test_bad_debt_is_the_cost_of_one_turn_not_of_the_year(self):
        (point,) = policy_curve([Applicant(3_650_000, 0.1, 60)], [1], 0.2, 0)
        assert point.bad_debt == pytest.approx(0.1 * 0.8 * 600_000)

    def test_days_lost_raise_the_bad_debt_and_not_the_carrying(self):
        """73 days of 3.65 million are 730,000, at cost 584,000; 60 days of the waiting, 480,000."""
        (point,) = policy_curve([Applicant(3_650_000, 0.1, 60, days_lost=73)], [1], 0.2, 0.06)
        assert point.bad_debt == pytest.approx(0.1 * 584_000)
        assert point.carrying == pytest.approx(480_000 * 0.06)

    def test_the_cut_off_itself_is_accepted_and_the_order_is_the_caller_s(self):
        points = policy_curve([Applicant(100, 0.05, 30)], [0.05, 0.04, 0.06], 0.2, 0.06)
        assert [(point.cut_off, point.accepted) for point in points] == [
            (0.05, 1),
            (0.04, 0),
            (0.06, 1),
        ]

    def test_nobody_accepted_costs_the_fixed_cost(self):
        for asking in ([], [Applicant(100, 0.5, 30)]):
            (point,) = policy_curve(asking, [0.1], 0.2, 0.06, fixed_cost=1000)
            assert (point.accepted, point.sales, point.profit) == (0, 0, -1000)

    def test_of_equal_profits_the_strictest_is_best(self):
        points = policy_curve([Applicant(100, 0.01, 30)], [0.5, 0.02, 0.03], 0.2, 0.06)
        assert best_policy(points).cut_off == 0.02

    def test_without_a_point_there_is_no_best(self, lang):
        with pytest.raises(Undefined) as raised:
            best_policy([])
        assert raised.value.reason == "no_policy"

    @pytest.mark.parametrize(
        ("wrong", "column"),
        [
            (Applicant(-1, 0.1, 60), "sales"),
            (Applicant(1, 10, 60), "default_probability"),
            (Applicant(1, 0.1, -60), "days"),
            (Applicant(1, None, 60), "default_probability"),
            (Applicant(1, 0.1, 60, days_lost=-1), "days_lost"),
        ],
    )
    def test_a_wrong_applicant_is_named_by_its_row(self, wrong, column, lang):
        with pytest.raises(InputError) as raised:
            policy_curve([Applicant(1, 0.1, 60), wrong], [0.5], 0.2, 0.06)
        assert (raised.value.row, raised.value.column) == (2, column)

    def test_a_cut_off_in_percent_is_refused(self, in_english):
        with pytest.raises(InputError, match=r"cut_off.*3 % as 0\.03"):
            policy_curve([], [5], 0.2, 0.06)


def elements(root):
    source = root / "creditlib/basics/policy_elements.toml"
    rules = tomllib.loads(source.read_text(encoding="utf-8"))
    return [element["id"] for element in rules["element"]]


def ids(missing):
    return [element.id for element in missing]


@pytest.fixture(scope="module")
def policy(root):
    """`policy("zh.md")` is that text; the sections of the two complete ones are the elements'."""
    return lambda name: (root / "tests/basics/policies" / name).read_text(encoding="utf-8")


def sections(policy_text):
    """The title, then the sections, each with its heading."""
    return re.split(r"\n(?=## )", policy_text)


class TestMissingElements:
    def test_there_are_twelve(self, root):
        assert len(elements(root)) == len(set(elements(root))) == 12

    @pytest.mark.parametrize("name", COMPLETE)
    def test_a_complete_policy_misses_nothing(self, policy, name):
        assert ids(missing_elements(policy(name))) == []

    @pytest.mark.parametrize("name", COMPLETE[:2])
    def test_without_its_headings_it_misses_nothing(self, policy, name):
        lines = [line for line in policy(name).splitlines() if not line.startswith("#")]
        assert ids(missing_elements("\n".join(lines))) == []

    @pytest.mark.parametrize("name", COMPLETE[:2])
    def test_the_section_left_out_is_the_element_found_missing(self, policy, name, root):
        title, *whole = sections(policy(name))
        for place, element in enumerate(elements(root)):
            rest = [title, *whole[:place], *whole[place + 1 :]]
            assert ids(missing_elements("\n".join(rest))) == [element]

    @pytest.mark.parametrize("place", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    @pytest.mark.parametrize("name", COMPLETE[2:])
    def test_the_article_left_out_is_the_element_found_missing(self, policy, name, place, root):
        """In the shorter two, purpose, scope, date and owner stand in more than one place."""
        articles = re.split(r"\n(?=第|\d+\. )", policy(name))
        title, *articles = articles
        if name.startswith("zh"):
            articles = ["".join(articles[:2]), *articles[2:]]
        rest = [title, *articles[:place], *articles[place + 1 :]]
        assert ids(missing_elements("\n".join(rest))) == [elements(root)[place]]

    @pytest.mark.parametrize("name", COMPLETE[:2])
    def test_headings_with_nothing_under_them_say_nothing(self, policy, name, root):
        headings = [section.splitlines()[0] for section in sections(policy(name))]
        assert ids(missing_elements("\n\n".join(headings))) == elements(root)

    def test_half_in_chinese_half_in_english_is_read_too(self, policy):
        both = [sections(policy(name)) for name in COMPLETE[:2]]
        mixed = [pair[number % 2] for number, pair in enumerate(zip(*both, strict=True))]
        assert ids(missing_elements("\n".join(mixed))) == []

    @pytest.mark.parametrize(
        "passing",
        [
            "我们公司订单很多，客户很少逾期，大家对信用管理都很重视。",
            "公司重视客户信用，财务经理负责应收账款，业务员要注意催收，避免纠纷。",
            "例外情况以后再说，额度和账期待定，档案由行政部统一管理。",
            "Our orders have grown and few customers are late; everybody cares about credit.",
            "The finance manager looks after receivables and salespeople should avoid disputes.",
            "Exceptions are rare. Limits and terms will be decided later. Files are in the office.",
            "",
        ],
    )
    def test_a_word_in_passing_is_no_element(self, passing, root):
        assert ids(missing_elements(passing)) == elements(root)

    def test_full_width_digits_and_signs_are_read(self):
        text = "客户逾期超过１５天的，停止发货；例外须经总经理签字。"
        found = ids(missing_elements(text))
        assert "order_hold" not in found
        assert "exceptions" not in found

    def test_a_wrapped_line_is_one_sentence(self):
        wrapped = "Orders go on hold\nwhile an invoice\nis more than 15 days\noverdue."
        assert "order_hold" not in ids(missing_elements(wrapped))

    def test_each_element_has_a_name_and_a_hint_of_one_sentence(self, lang, root):
        for element in map(PolicyElement, elements(root)):
            assert element.name
            assert element.hint.endswith("。" if lang == "zh" else ".")
            assert element.hint[:-1].count("。") == 0
