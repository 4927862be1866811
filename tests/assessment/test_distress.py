"""The Altman and Beneish screens: published weights, their cut-offs, and where they are silent."""

import math
from dataclasses import asdict, replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.assessment import distress
from creditlib.assessment.distress import (
    VARIANTS,
    altman_score,
    altman_z,
    beneish_indices,
    beneish_m,
    beneish_score,
    label,
)
from creditlib.assessment.manipulation import THRESHOLD, WEIGHTS
from creditlib.assessment.statements import EXAMPLE, Statement
from creditlib.errors import InputError, Undefined

LATER = replace(EXAMPLE, year=2025)


def frame_of(*rows):
    return pd.DataFrame([{"customer_id": customer} | asdict(each) for customer, each in rows])


# Altman


@pytest.fixture
def demo(golden):
    case = golden("altman_demo")
    given = case["inputs"]
    statement = Statement(
        year=2024,
        current_assets=given["CA"],
        total_assets=given["TA"],
        current_liabilities=given["CL"],
        total_liabilities=given["TL"],
        surplus_reserve=40.0,
        retained_profit=given["RE"] - 40.0,
        total_equity=given["BVE"],
        revenue=given["S"],
        interest_expense=20.0,
        total_profit=given["EBIT"] - 20.0,
        net_profit=60.0,
    )
    return statement, given["MVE"], case


@pytest.mark.parametrize(
    ("variant", "name", "zone"),
    [
        ("public", "Z", "grey"),
        ("private", "Zp", "grey"),
        ("emerging", "Zpp", "safe"),
        ("em_score", "EM", "safe"),
    ],
)
def test_one_company_four_models_and_they_disagree(demo, variant, name, zone):
    statement, market_equity, case = demo
    found = altman_z(statement, variant, market_equity)
    assert found.score == pytest.approx(case["expected"][name], abs=case["abs_tol"])
    assert found.zone == zone
    assert sum(found.parts.values()) == found.score


@pytest.mark.parametrize(
    ("group", "name", "zone"), [("bankrupt", "Zb", "distress"), ("nonbankrupt", "Zn", "safe")]
)
def test_the_group_means_of_1968_lie_on_either_side(golden, group, name, zone):
    case = golden("altman_1968_means")
    found = altman_score(*case["inputs"][group], variant="public")
    assert found.score == pytest.approx(case["expected"][name], abs=case["abs_tol"])
    assert found.zone == zone


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_score_on_a_cut_off_is_grey(variant):
    model = VARIANTS[variant]
    for cut_off, step, beyond in (
        (model.distress_below, -1e-6, "distress"),
        (model.safe_above, 1e-6, "safe"),
    ):
        x4 = (cut_off - model.constant) / model.weights["X4"]
        assert altman_score(0, 0, 0, x4, 0, variant).zone == "grey"
        assert altman_score(0, 0, 0, x4 + step, 0, variant).zone == beyond


@given(st.floats(-0.05, 1), st.floats(-5, 1), st.floats(-1, 1), st.floats(-0.5, 10))
def test_the_em_score_lies_in_the_zone_of_the_model_it_shifts(x1, x2, x3, x4):
    emerging, shifted = (altman_score(x1, x2, x3, x4, variant=v) for v in ("emerging", "em_score"))
    assert shifted.score == pytest.approx(emerging.score + 3.25)
    assert shifted.zone == emerging.zone


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.sampled_from(list(VARIANTS)))
def test_more_profit_never_lowers_the_score(profit, more, variant):
    low, high = (
        altman_z(replace(EXAMPLE, total_profit=each), variant, market_equity=720.0).score
        for each in (profit, profit + more)
    )
    assert high >= low


@given(st.floats(0, 400), st.sampled_from(["private", "emerging"]))
def test_equity_turned_into_debt_never_raises_the_score(moved, variant):
    geared = replace(EXAMPLE, total_liabilities=600 + moved, total_equity=400 - moved)
    assert altman_z(geared, variant).score <= altman_z(EXAMPLE, variant).score


def test_percentages_in_place_of_decimals_are_refused(golden, in_english):
    means = golden("altman_1968_means")["inputs"]
    failed, sound = (
        [100 * x for x in means[group][:4]] + means[group][4:]
        for group in ("bankrupt", "nonbankrupt")
    )
    for variant in VARIANTS:
        with pytest.raises(InputError, match=r"divide X1 to X4 by 100 \(X1 would be 0\.414\)"):
            altman_score(*sound, variant=variant)
    for variant in ("private", "emerging", "em_score"):
        with pytest.raises(InputError, match=r"X1 would be -0\.061"):
            altman_score(*failed, variant=variant)


@given(st.data())
def test_no_company_that_can_exist_is_taken_for_percentages(data):
    assets = data.draw(st.floats(1, 1e6))
    liabilities = data.draw(st.floats(1, 1e7))
    current_assets = data.draw(st.floats(0, 1)) * assets
    current_liabilities = data.draw(st.floats(0, 1)) * liabilities
    x1 = (current_assets - current_liabilities) / assets
    x4 = (assets - liabilities) / liabilities
    assert altman_score(x1, 0, 0, x4, 0, "private").ratios["X1"] == x1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"total_assets": 0.0}, "no_assets"),
        ({"total_liabilities": 0.0}, "no_liabilities"),
        ({"revenue": math.nan}, "not_given"),
    ],
)
def test_a_company_that_the_model_cannot_score_says_why(change, reason, lang):
    with pytest.raises(Undefined) as raised:
        altman_z(replace(EXAMPLE, **change))
    assert raised.value.reason == reason
    assert str(raised.value)


def test_the_listed_model_needs_a_market_value(lang):
    with pytest.raises(Undefined, match="market_equity"):
        altman_z(EXAMPLE, "public")
    with pytest.raises(InputError):
        altman_z(EXAMPLE, "public", market_equity=-1.0)


def test_a_ratio_that_the_model_needs_must_be_given(lang):
    assert altman_score(0.1, 0.1, 0.1, 0.5, variant="emerging").score > 0
    with pytest.raises(Undefined, match="X5"):
        altman_score(0.1, 0.1, 0.1, 0.5, variant="private")


def test_an_unknown_model_says_which_there_are(in_english):
    with pytest.raises(InputError, match=r"“Z2”.*public, private, emerging, em_score"):
        altman_z(EXAMPLE, "Z2")


# Beneish


@pytest.fixture
def suspect(golden):
    case = golden("beneish_demo")

    def statement(year, given):
        return Statement(
            year=year,
            accounts_receivable=given["REC"],
            current_assets=given["CA"],
            fixed_assets=given["PPE"],
            total_assets=given["TA"],
            current_liabilities=given["CL"],
            long_term_borrowings=given["LTD"],
            total_liabilities=given["CL"] + given["LTD"],
            total_equity=given["TA"] - given["CL"] - given["LTD"],
            revenue=given["S"],
            cost_of_sales=given["COGS"],
            selling_expenses=given["SGA"],
            total_profit=given.get("NI", 0.0),
            net_profit=given.get("NI", 0.0),
            depreciation=given["DEP"],
            operating_cash_flow=given.get("CFO", math.nan),
        )

    return statement(2024, case["inputs"]["t"]), statement(2023, case["inputs"]["t1"]), case


def test_the_eight_indices_and_the_score_of_the_worked_case(suspect):
    current, previous, case = suspect
    found = beneish_m(current, previous)
    expected = case["expected"]
    assert dict(found.indices) == pytest.approx(
        {name: expected[name] for name in WEIGHTS}, abs=case["abs_tol"]
    )
    assert found.score == pytest.approx(expected["M8"], abs=case["abs_tol"])
    assert found.probability == pytest.approx(expected["p"], abs=case["abs_tol"])
    assert found.flagged
    assert found.reasons == {}


def test_nothing_changed_is_not_suspicious(golden):
    case = golden("beneish_neutral")
    found = beneish_score(dict.fromkeys(WEIGHTS, 1.0) | {"TATA": 0.0})
    assert found.score == pytest.approx(case["expected"]["M8"], abs=case["abs_tol"])
    assert not found.flagged


def test_the_probability_is_that_of_the_normal_distribution():
    at_zero = (THRESHOLD - beneish_score(dict.fromkeys(WEIGHTS, 0.0)).score) / WEIGHTS["TATA"]
    found = beneish_score(dict.fromkeys(WEIGHTS, 0.0) | {"TATA": at_zero})
    assert found.probability == pytest.approx(0.0375, abs=1e-4)


@pytest.mark.parametrize(
    ("index", "current", "previous", "reason"),
    [
        ("DEPI", {"depreciation": math.nan}, {}, "not_given"),
        ("DEPI", {"depreciation": 0.0}, {}, "no_base"),
        ("DEPI", {}, {"depreciation": 0.0, "fixed_assets": 0.0}, "no_depreciable_assets"),
        ("AQI", {}, {"current_assets": 580.0}, "no_base"),
        (
            "SGAI",
            {},
            {"selling_expenses": 0.0, "administrative_expenses": 0.0, "research_expenses": 0.0},
            "no_base",
        ),
    ],
)
def test_three_indices_stand_at_their_neutral_value_and_say_so(index, current, previous, reason):
    found = beneish_m(replace(LATER, **current), replace(EXAMPLE, **previous))
    assert found.indices[index] == 1
    assert found.reasons == {index: reason}
    assert label(reason)


@pytest.mark.parametrize(
    ("current", "previous", "reason"),
    [
        ({}, {"revenue": 0.0}, "no_revenue"),
        (
            {},
            {"accounts_receivable": 0.0, "notes_receivable": 0.0, "receivables_financing": 0.0},
            "no_base",
        ),
        ({"cost_of_sales": 1200.0}, {}, "no_gross_margin"),
        ({}, {"cost_of_sales": 1150.0}, "no_gross_margin"),
        ({"operating_cash_flow": math.nan}, {}, "not_given"),
        ({}, {"current_liabilities": 0.0, "long_term_borrowings": 0.0}, "no_base"),
    ],
)
def test_without_the_other_indices_there_is_no_score(current, previous, reason, lang):
    with pytest.raises(Undefined) as raised:
        beneish_m(replace(LATER, **current), replace(EXAMPLE, **previous))
    assert raised.value.reason == reason
    assert str(raised.value)


def test_research_counts_among_the_overheads():
    moved = replace(LATER, administrative_expenses=0.0, research_expenses=85.0)
    assert beneish_indices(moved, EXAMPLE)[0]["SGAI"] == 1


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_profit_without_cash_never_lowers_the_score(cash, less):
    scores = [
        beneish_m(replace(LATER, operating_cash_flow=flow), EXAMPLE).score
        for flow in (cash, cash - less)
    ]
    assert scores[0] <= scores[1]


def test_the_years_must_follow_each_other(lang):
    with pytest.raises(InputError, match="2024"):
        beneish_m(EXAMPLE, LATER)


def test_a_missing_index_is_named(in_english):
    with pytest.raises(InputError, match="the index DSRI is missing"):
        beneish_score({})


# Whole tables


def test_the_tables_agree_with_the_records(suspect):
    current, previous, _ = suspect
    broken = replace(EXAMPLE, total_liabilities=0.0)
    frame = frame_of(("C002", current), ("C002", previous), ("C003", broken))
    frame.index = [5, 6, 6]

    scored = distress.distress_table(frame, "emerging")
    assert scored.index.tolist() == [5, 6, 6]
    assert scored["score"].iloc[0] == altman_z(current, "emerging").score
    assert scored["zone"].iloc[0] == altman_z(current, "emerging").zone
    assert scored["zone"].isna().tolist() == [False, False, True]
    assert scored["reason"].tolist() == ["", "", "no_liabilities"]

    screened = distress.manipulation_table(frame)
    assert screened["score"].iloc[0] == beneish_m(current, previous).score
    assert screened["flagged"].iloc[0]
    assert screened["flagged"].isna().tolist() == [False, True, True]
    assert screened["reason"].tolist() == ["", "first_year", "first_year"]


def test_the_screen_table_names_neutral_and_undefined_indices():
    blank = replace(LATER, depreciation=math.nan)
    loss = replace(LATER, cost_of_sales=1200.0)
    frame = frame_of(("C001", EXAMPLE), ("C001", blank), ("C002", EXAMPLE), ("C002", loss))
    screened = distress.manipulation_table(frame)
    assert screened["reason"].tolist() == [
        "first_year",
        "DEPI: not_given",
        "first_year",
        "no_gross_margin",
    ]


def test_the_listed_model_reads_the_market_value_from_its_column(in_english):
    frame = frame_of(("C001", EXAMPLE), ("C002", EXAMPLE))
    with pytest.raises(InputError, match="“market_equity” is missing"):
        distress.distress_table(frame, "public")
    scored = distress.distress_table(frame.assign(market_equity=[720.0, math.nan]), "public")
    assert scored["score"].iloc[0] == altman_z(EXAMPLE, "public", 720.0).score
    assert scored["reason"].tolist() == ["", "no_market_value"]


def test_every_zone_model_ratio_and_index_has_a_name(lang):
    names = ["distress", "grey", "safe", *VARIANTS, *WEIGHTS, "X1", "X2", "X3", "X4", "X5"]
    assert all(label(name) for name in names)
