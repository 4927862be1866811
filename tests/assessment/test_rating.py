"""The master scale, overrides, the combined decision, limits with their caps, migrations."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from creditlib.assessment.rating import (
    MASTER_SCALE,
    SP_1981_2016,
    LimitPolicy,
    combine,
    credit_limit,
    cumulative_default,
    grade,
    nr_adjusted_pd,
    override,
    working_assets,
)
from creditlib.errors import InputError, Undefined

names = [each.name for each in MASTER_SCALE]
amounts = st.floats(0, 1e9)
optional_amounts = st.none() | amounts


class TestMasterScale:
    def test_ten_grades_leave_no_gap(self):
        assert len(MASTER_SCALE) == 10
        for better, worse in pairwise(MASTER_SCALE):
            assert better.pd_high == worse.pd_low

    def test_each_bound_doubles_the_one_before(self):
        bounds = [each.pd_high for each in MASTER_SCALE[:8]]
        assert bounds == [0.00125, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16]

    @pytest.mark.parametrize(
        ("pd", "name"),
        [(0, "R1"), (0.00125, "R2"), (0.0399, "R6"), (0.04, "R7"), (0.999, "R9"), (1, "D")],
    )
    def test_a_bound_belongs_to_the_worse_grade(self, pd, name):
        assert grade(pd).name == name

    def test_every_grade_has_its_own_label(self, lang):
        assert len({each.label for each in MASTER_SCALE}) == 10

    @pytest.mark.parametrize("pd", [3, -0.1, None, "0.03", float("nan")])
    def test_what_is_no_probability_has_no_grade(self, lang, pd):
        with pytest.raises(InputError, match="pd"):
            grade(pd)

    @given(st.floats(0, 1), st.floats(0, 1))
    def test_a_worse_pd_never_has_a_better_grade(self, one, other):
        low, high = sorted([one, other])
        assert names.index(grade(low).name) <= names.index(grade(high).name)

    @given(st.floats(0, 1))
    def test_a_pd_lies_within_its_grade(self, pd):
        found = grade(pd)
        assert found.pd_low <= pd < found.pd_high or found.name == "D"


class TestOverride:
    entry = ("R6", 1, "parent guarantee signed", "Lin", "Chen")

    def test_the_log_keeps_who_what_why_and_when(self):
        found = override(*self.entry, as_of=date(2025, 4, 30))
        assert (found.before.name, found.after.name, found.notches) == ("R6", "R5", 1)
        assert (found.by, found.approved_by) == ("Lin", "Chen")
        assert (found.reasons, found.as_of) == (("parent guarantee signed",), date(2025, 4, 30))

    def test_negative_notches_are_worse_grades(self):
        assert override("R6", -2, ["a", "b"], "Lin", "Chen").after.name == "R8"

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"reasons": " "}, "override_reason"),
            ({"reasons": []}, "override_reason"),
            ({"approved_by": "lin "}, "four_eyes"),
            ({"approved_by": ""}, "override_names"),
            ({"notches": 3}, "too_many_notches"),
            ({"notches": 0}, "whole_notches"),
            ({"notches": 0.5}, "whole_notches"),
            ({"vetoes": ["fraud"]}, "override_veto"),
            ({"grade": "D"}, "override_default"),
            ({"grade": "R1"}, "off_master_scale"),
            ({"grade": "R9", "notches": -1}, "off_master_scale"),
            ({"grade": "AAA"}, "unknown_grade"),
        ],
    )
    def test_what_the_policy_refuses(self, lang, changes, reason):
        keys = ("grade", "notches", "reasons", "by", "approved_by")
        with pytest.raises(InputError) as refused:
            override(**dict(zip(keys, self.entry, strict=True)) | changes)
        assert refused.value.reason == reason
        assert str(refused.value)


class TestCombine:
    @pytest.mark.parametrize(
        ("score", "name"),
        [(4.5, "R3"), (4.49, "R4"), (3.75, "R4"), (3, "R5"), (2.25, "R5"), (2, "R6"), (1.4, "R7")],
    )
    def test_the_expert_moves_the_grade_by_the_rule(self, lang, score, name):
        decision = combine("R5", score)
        assert (decision.grade.name, decision.decline) == (name, False)
        assert len(decision.reasons) == 1

    def test_a_high_risk_industry_caps_a_strong_operator(self, lang):
        decision = combine("R5", 4.6, industry_cap="R4")
        assert (decision.notches, decision.grade.name) == (2, "R4")
        assert len(decision.reasons) == 2

    def test_the_cap_never_lifts_a_grade(self):
        assert combine("R7", 3, industry_cap="R4").grade.name == "R7"

    def test_the_scale_ends_at_r1_and_judgement_alone_never_defaults_anyone(self):
        assert combine("R1", 5).grade.name == "R1"
        assert combine("R9", 1).grade.name == "R9"

    def test_without_evidence_the_model_stands(self, lang):
        decision = combine(grade(0.03), None)
        assert (decision.grade.name, decision.notches) == ("R6", 0)
        assert decision.reasons

    def test_a_veto_declines_whatever_the_grade(self, lang):
        decision = combine("R1", 5, vetoes=["sanctions"])
        assert decision.decline
        assert len(decision.reasons) == 2

    def test_a_default_is_declined_and_not_talked_up(self, lang):
        decision = combine("D", 5)
        assert (decision.grade.name, decision.decline, decision.notches) == ("D", True, 0)

    def test_a_score_off_the_scale_is_refused(self, lang):
        with pytest.raises(InputError, match="50"):
            combine("R5", 50)

    @given(st.sampled_from(names), st.floats(1, 5), st.floats(1, 5), st.sampled_from(names[:-1]))
    def test_a_better_expert_score_never_worsens_the_grade(self, model, one, other, cap):
        low, high = sorted([one, other])
        worse, better = (combine(model, score, industry_cap=cap).grade for score in (low, high))
        assert better.pd_low <= worse.pd_low


class TestCreditLimit:
    def test_need_is_purchases_over_the_days_outstanding(self, lang):
        found = credit_limit(annual_purchases=12_000_000, terms_days=60, delay_days=15)
        assert round(found.unsecured) == 2_465_753
        assert (found.limit, found.binding) == (2_465_000, ("need",))
        assert "2,465,753" in found.caps[0].formula

    def test_every_cap_is_shown_and_the_smallest_binds(self, lang):
        found = credit_limit(
            annual_purchases=12_000_000,
            terms_days=60,
            delay_days=15,
            tangible_net_worth=18_000_000,
            working_capital=9_000_000,
            supplier_sales=50_000_000,
            risk_budget=9_000,
            pd=0.02,
            lgd=0.45,
            trade_references=[800_000, 1_500_000, 1_200_000],
            policy_maximum=3_000_000,
            guarantee=250_000,
        )
        assert {cap.name: round(cap.amount) for cap in found.caps} == {
            "need": 2_465_753,
            "net_worth": 1_800_000,
            "working_capital": 900_000,
            "references": 1_200_000,
            "concentration": 5_000_000,
            "risk": 1_000_000,
            "appetite": 1_800_000,
        }
        assert (found.unsecured, found.binding) == (900_000, ("working_capital",))
        assert (found.limit, found.secured_only) == (1_150_000, False)
        assert all(f"{cap.amount:,.0f}" in cap.formula for cap in found.caps)

    def test_no_net_worth_leaves_secured_sales_only(self, lang):
        found = credit_limit(tangible_net_worth=-50_000, guarantee=300_000)
        assert (found.unsecured, found.limit, found.secured_only) == (0, 300_000, True)
        assert "-50,000" in found.caps[0].formula

    @pytest.mark.parametrize("name", ["working_capital", "supplier_sales"])
    def test_a_base_of_zero_grants_nothing(self, lang, name):
        assert credit_limit(**{name: 0}).limit == 0

    def test_a_customer_in_default_has_no_open_credit(self, lang):
        found = credit_limit(annual_purchases=1_000_000, terms_days=30, pd=1)
        assert (found.limit, found.binding) == (0, ("default",))

    def test_two_equal_caps_both_bind(self):
        found = credit_limit(tangible_net_worth=500_000, working_capital=500_000)
        assert found.binding == ("net_worth", "working_capital")

    def test_the_last_binary_digit_does_not_cost_a_step(self):
        policy = LimitPolicy(net_worth_share=0.07)
        assert credit_limit(tangible_net_worth=100_000, policy=policy).limit == 7_000
        assert credit_limit(tangible_net_worth=30_000).limit == 3_000

    def test_the_policy_is_the_companys_to_change(self):
        strict = replace(LimitPolicy(), net_worth_share=0.05, step=50_000)
        assert credit_limit(tangible_net_worth=18_000_000, policy=strict).limit == 900_000

    def test_no_information_is_not_no_limit(self, lang):
        with pytest.raises(Undefined) as refused:
            credit_limit(guarantee=100_000)
        assert refused.value.reason == "no_cap"
        assert str(refused.value)

    def test_a_riskless_customer_has_no_risk_cap(self):
        with pytest.raises(Undefined):
            credit_limit(risk_budget=9_000, pd=0, lgd=0.45)

    @pytest.mark.parametrize(
        ("inputs", "said"),
        [
            ({"annual_purchases": 1e6}, "terms_days"),
            ({"risk_budget": 9e3, "pd": 0.02}, "lgd"),
            ({"policy_maximum": 1e6}, "pd"),
            ({"annual_purchases": -1, "terms_days": 30}, "annual_purchases.*-1"),
            ({"supplier_sales": "5m"}, "supplier_sales.*5m"),
            ({"tangible_net_worth": float("nan")}, "tangible_net_worth|net_worth"),
            ({"trade_references": [1e5, None]}, "trade_references"),
            ({"tangible_net_worth": 1e6, "guarantee": -1}, "guarantee"),
            ({"risk_budget": 9e3, "pd": 2, "lgd": 0.45}, "pd.*0.03"),
        ],
    )
    def test_what_cannot_be_used_is_named(self, lang, inputs, said):
        with pytest.raises(InputError, match=said):
            credit_limit(**inputs)

    @given(
        need=optional_amounts,
        net_worth=st.none() | st.floats(-1e9, 1e9),
        working_capital=st.none() | st.floats(-1e9, 1e9),
        sales=optional_amounts,
        maximum=optional_amounts,
        references=st.lists(amounts, max_size=4),
        guarantee=amounts,
        pd=st.floats(1e-6, 1),
    )
    def test_before_the_guarantee_the_limit_exceeds_no_cap(
        self, need, net_worth, working_capital, sales, maximum, references, guarantee, pd
    ):
        bases = (need, net_worth, working_capital, sales, maximum)
        assume(references or any(base is not None for base in bases))
        found = credit_limit(
            annual_purchases=need,
            terms_days=60,
            tangible_net_worth=net_worth,
            working_capital=working_capital,
            supplier_sales=sales,
            policy_maximum=maximum,
            trade_references=references,
            guarantee=guarantee,
            pd=pd,
        )
        assert found.limit % 1000 == 0
        for cap in found.caps:
            assert 0 <= found.limit - min(found.guarantee, found.limit) <= cap.amount + 0.01

    @given(st.floats(1e-6, 1), st.floats(1e-6, 1))
    def test_a_worse_pd_never_raises_the_limit(self, one, other):
        low, high = (
            credit_limit(
                annual_purchases=12_000_000,
                terms_days=75,
                risk_budget=50_000,
                pd=pd,
                lgd=0.45,
                policy_maximum=3_000_000,
            ).limit
            for pd in sorted([one, other])
        )
        assert high <= low


ACCOUNTS = {
    "current_assets": 480,
    "inventory": 180,
    "current_liabilities": 300,
    "total_liabilities": 600,
    "net_worth": 400,
}


class TestWorkingAssets:
    def test_index_and_base_of_the_demonstration_accounts(self):
        found = working_assets(**ACCOUNTS)
        assert (found.index, found.base) == (pytest.approx(0.35), 290)
        assert (found.share, found.limit) == (None, None)

    def test_the_share_comes_from_the_callers_own_table(self):
        found = working_assets(**ACCOUNTS, steps={-1: 0.05, 0: 0.1, 0.35001: 0.2})
        assert (found.share, found.limit) == (0.1, pytest.approx(29))
        assert working_assets(**ACCOUNTS, steps={1: 0.2}).limit == 0

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"current_liabilities": 0}, "no_current_liabilities"),
            ({"net_worth": 0}, "no_net_worth"),
            ({"net_worth": -5}, "no_net_worth"),
        ],
    )
    def test_where_the_model_has_no_answer(self, lang, changes, reason):
        with pytest.raises(Undefined) as refused:
            working_assets(**ACCOUNTS | changes)
        assert refused.value.reason == reason
        assert str(refused.value)


class TestPublishedMigrations:
    def test_the_matrix_is_the_published_one(self, golden):
        published = golden("sp_1981_2016_pct")["expected"]["m"]
        assert [list(row) for row in SP_1981_2016.values()] == published

    def test_default_rates_without_the_withdrawn(self):
        found = [100 * nr_adjusted_pd(row) for row in SP_1981_2016.values()]
        assert found == pytest.approx([0, 0.02, 0.06, 0.19, 0.80, 4.28, 31.65], abs=0.005)

    def test_five_years_of_average_years(self):
        found = [100 * pd for pd in cumulative_default(list(SP_1981_2016.values()), 5)]
        assert found == pytest.approx([0.15, 0.24, 0.55, 1.76, 7.48, 24.80, 68.19], abs=0.005)

    def test_one_year_is_the_adjusted_rate_and_no_year_is_nothing(self):
        rows = list(SP_1981_2016.values())
        assert cumulative_default(rows, 1) == pytest.approx([nr_adjusted_pd(row) for row in rows])
        assert cumulative_default(rows, 0) == [0] * 7

    def test_default_only_accumulates(self):
        rows = list(SP_1981_2016.values())
        for earlier, later in zip(
            cumulative_default(rows, 4), cumulative_default(rows, 5), strict=True
        ):
            assert earlier <= later <= 1

    def test_what_is_no_migration_is_refused(self, lang):
        with pytest.raises(InputError, match="4"):
            cumulative_default([[90, 5, 5, 0], [1, 2, 3, 4], [1, 2, 3, 4]], 1)
        with pytest.raises(InputError, match=r"1\.5"):
            cumulative_default([[90, 5, 5]], 1.5)
        with pytest.raises(Undefined):
            nr_adjusted_pd([0, 0, 100])
