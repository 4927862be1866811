"""Bins: what they must hold, whatever the data; what is refused."""

from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.assessment.scorecard import (
    fit_bins,
    information_value,
    weight_of_evidence,
    woe_table,
)
from creditlib.assessment.scorecard.merging import merge
from creditlib.errors import InputError


def a_variable(seed, rows=600, missing=0.1, effect=1.0, turning=0.0):
    """A number column with ties and gaps, and who defaulted."""
    random = np.random.default_rng(seed)
    x = np.round(random.normal(size=rows), 1)
    bad = random.random(rows) < 1 / (1 + np.exp(1 - effect * x - turning * x**2))
    x[random.random(rows) < missing] = np.nan
    bad[:2] = [True, False]
    return x, bad.astype(int)


variables = st.builds(
    a_variable,
    seed=st.integers(0, 10_000),
    rows=st.integers(2, 900),
    missing=st.sampled_from([0, 0.1, 0.9]),
    effect=st.sampled_from([-1, 0, 0.5, 2]),
    turning=st.sampled_from([0, 1]),
)


@given(variables, st.sampled_from(["auto", "increasing", "decreasing", None]))
@settings(max_examples=60)
def test_the_bins_hold_every_customer_once(variable, monotone):
    x, y = variable
    table = woe_table(x, y, monotone=monotone)
    assert table["count"].sum() == len(x)
    assert table["bads"].sum() == sum(y)
    assert table["goods"].sum() == len(y) - sum(y)
    assert table["share"].sum() == pytest.approx(1)
    assert (table["iv"].dropna() >= 0).all()
    assert table["woe"].isna().equals(table["reason"] != "")


@given(variables)
@settings(max_examples=60)
def test_the_table_agrees_with_the_record_level_formula(variable):
    table = woe_table(*variable, add_half=True)
    groups = table["goods"], table["bads"]
    assert table["woe"].tolist() == pytest.approx(weight_of_evidence(*groups, add_half=True))
    assert table["iv"].sum() == pytest.approx(information_value(*groups, add_half=True))


@given(variables, st.sampled_from(["increasing", "decreasing"]))
@settings(max_examples=60)
def test_a_monotone_grouping_has_monotone_bad_rates(variable, direction):
    binning = fit_bins(*variable, monotone=direction, min_bads=3)
    rates = binning.table()["bad_rate"][1:]
    assert np.all(np.diff(rates) > 0 if direction == "increasing" else np.diff(rates) < 0)
    assert binning.trend in (direction, None)
    assert (binning.trend is None) == (not binning.cuts)


@given(variables, st.sampled_from([0.05, 0.2]), st.integers(1, 40), st.integers(1, 6))
@settings(max_examples=60)
def test_each_bin_is_large_enough(variable, min_share, min_bads, max_bins):
    x, y = variable
    binning = fit_bins(x, y, min_share=min_share, min_bads=min_bads, max_bins=max_bins)
    bins = binning.table()[1:]
    assert len(bins) <= max_bins
    if len(bins) > 1:
        assert bins["count"].min() >= min_share * len(x)
        assert bins[["goods", "bads"]].min().min() >= min_bads


@given(variables)
@settings(max_examples=40)
def test_the_order_of_the_rows_changes_nothing(variable):
    x, y = variable
    order = np.random.default_rng(1).permutation(len(x))
    assert fit_bins(x[order], y[order]) == fit_bins(x, y)


@given(variables)
@settings(max_examples=40)
def test_a_rising_transformation_moves_no_customer(variable):
    x, y = variable
    before, after = fit_bins(x, y), fit_bins(np.exp(x), y)
    assert (after.goods, after.bads) == (before.goods, before.bads)


def every_grouping(goods, bads, direction, min_bads, max_bins):
    """Information value less the price of further bins, for each way to cut that is allowed."""
    price = 3.84 * (1 / sum(goods) + 1 / sum(bads))
    for inner in range(max_bins):
        for cuts in combinations(range(1, len(goods)), inner):
            parts = list(pairwise([0, *cuts, len(goods)]))
            good = [sum(goods[start:end]) for start, end in parts]
            bad = [sum(bads[start:end]) for start, end in parts]
            if min(good + bad) < min_bads:
                continue
            rates = np.array(bad) / (np.array(good) + bad)
            if np.all(direction * np.diff(rates) >= 0):
                yield information_value(good, bad) - price * inner, parts


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=8).filter(
        lambda groups: (
            all(sum(group) for group in groups) and min(map(sum, zip(*groups, strict=True))) >= 5
        )
    ),
    st.sampled_from([("increasing", 1), ("decreasing", -1), (None, 0)]),
)
def test_no_other_grouping_is_worth_more(groups, trend):
    goods, bads = map(np.array, zip(*groups, strict=True))
    ends = merge(
        goods,
        bads,
        totals=(goods.sum(), bads.sum()),
        min_count=0,
        min_bads=5,
        max_bins=4,
        monotone=trend[0],
    )
    worth = {
        tuple(end for _, end in parts): value
        for value, parts in every_grouping(goods.tolist(), bads.tolist(), trend[1], 5, 4)
    }
    assert worth[tuple(ends)] == pytest.approx(max(worth.values()), abs=1e-12)


def test_auto_takes_a_direction_where_there_is_one_and_leaves_a_turn_alone():
    assert fit_bins(*a_variable(1, rows=3000, effect=1)).trend == "increasing"
    assert fit_bins(*a_variable(1, rows=3000, effect=-1)).trend == "decreasing"
    turning = fit_bins(*a_variable(1, rows=3000, effect=0, turning=1))
    assert turning.trend is None
    assert len(turning.cuts) > 1


def test_noise_carries_next_to_no_information():
    random = np.random.default_rng(5)
    noise, bad = random.normal(size=20_000), random.random(20_000) < 0.1
    assert fit_bins(noise, bad).iv < 0.02


def test_cuts_are_short_numbers_that_move_no_customer():
    x = np.random.default_rng(2).normal(size=4000) * 37.123456789
    y = (x + np.random.default_rng(3).normal(size=4000) * 40 > 30).astype(int)
    binning = fit_bins(x, y)
    assert all(len(f"{cut:.15g}") <= 8 for cut in binning.cuts)
    assert binning.labels()[1] == f"≤ {binning.cuts[0]:.15g}"


def test_missing_is_a_bin_of_its_own_however_small(in_english):
    x, y = a_variable(3, rows=500, missing=0)
    x[:3] = np.nan
    y[:3] = [1, 0, 0]
    table = woe_table(x, y)
    assert table.iloc[-1][["bin", "goods", "bads", "reason"]].tolist() == ["missing", 2, 1, ""]


def test_a_bin_without_bads_has_no_evidence_but_a_reason():
    x, y = a_variable(3, rows=500, missing=0)
    x[:3] = np.nan
    y[:3] = 0
    last = woe_table(x, y).iloc[-1]
    assert np.isnan(last["woe"])
    assert np.isnan(last["iv"])
    assert last["reason"] == "empty_cell"
    assert woe_table(x, y, add_half=True).iloc[-1]["reason"] == "half_added"


def test_your_own_cuts_are_kept_up_to_and_including():
    table = woe_table([10, 30, 31, 60, 61, 90], [0, 1, 0, 1, 0, 1], cuts=[30, 60])
    assert table["bin"].tolist() == ["≤ 30", "30 < … ≤ 60", "> 60"]
    assert table["count"].tolist() == [2, 2, 2]


def sectors():
    names = ["steel"] * 300 + ["retail"] * 300 + ["tyres"] * 10 + [None] * 40
    bad = (
        ([1] * 100 + [0] * 200) + ([1] * 30 + [0] * 270) + ([1] * 4 + [0] * 6) + [1] * 8 + [0] * 32
    )
    return pd.Series(names, name="sector"), np.array(bad)


def test_rare_and_unknown_categories_are_other_and_missing_is_apart(in_english):
    x, y = sectors()
    binning = fit_bins(x, y)
    assert binning.groups == (("retail",), ("steel",))
    assert binning.labels() == ["missing", "retail", "steel", "other"]
    later = pd.Series(["retail", "steel", "tyres", "fishery", None])
    assert binning.codes(later).tolist() == [1, 2, 3, 3, 0]
    assert woe_table(x, y)["bin"].tolist() == ["retail", "steel", "other", "missing"]


def test_categories_alike_share_a_bin():
    x = pd.Series(["a", "b", "c"] * 200)
    y = [1, 0, 1] * 50 + [0, 0, 0] * 100 + [0, 1, 0] * 50
    assert [set(group) for group in fit_bins(x, y).groups] == [{"a", "b", "c"}]


def test_booleans_and_whole_numbers_with_gaps_are_numbers():
    y = [0, 1] * 100
    assert fit_bins(pd.Series([True, False] * 100), y).groups is None
    assert fit_bins(pd.Series([1, None] * 100, dtype="Int64"), y).goods == (0, 100)
    assert fit_bins(pd.Series([True, None] * 100, dtype=object), y).goods == (0, 100)


@pytest.mark.parametrize(
    ("x", "y", "options", "message"),
    [
        ([1, 2, 3], [0, 1, 2], {}, "row 2: “2” is neither 0 nor 1"),
        ([1, 2, 3], [0, 1, None], {}, "row 2: “None” is neither"),
        ([1, 2, 3], [0, 1, "yes"], {}, "row 2: “yes” is neither"),
        ([1, 2, 3], [1, 1, 1], {}, "y is 1 throughout"),
        ([1, 2, 3], [0, 1], {}, "3 X but 2 y"),
        ([1, "n/a", 3], [0, 1, 0], {}, "row 1, column “days”: “n/a” is not a number"),
        (["1", "12,5", "3"], [0, 1, 0], {}, "row 1, column “days”: “12,5” is not a number"),
        ([1, 2, np.inf], [0, 1, 0], {}, "row 2, column “days”: the value is infinite"),
        (pd.to_datetime(["2024-01-01"] * 2), [0, 1], {}, "column “days”: this column holds dates"),
        ([1, 2, 3], [0, 1, 0], {"cuts": [3, 1]}, r"the cuts \[3, 1\] must be"),
        ([1, 2, 3], [0, 1, 0], {"cuts": ["a"]}, "must be numbers"),
        (["a", "b"], [0, 1], {"cuts": [1]}, "column “days”: this column is text"),
        (pd.Categorical([1, 2]), [0, 1], {}, "row 0, column “days”: “1” is not text"),
        ([1, 2, 3], [0, 1, 0], {"monotone": "up"}, "“up”; choose one of: auto, increasing"),
        ([1, 2, 3], [0, 1, 0], {"min_share": 5}, "min_share is 5"),
        ([1, 2, 3], [0, 1, 0], {"max_bins": 0}, "max_bins must be above zero"),
    ],
)
def test_bad_input_is_refused_in_a_sentence_with_its_place(in_english, x, y, options, message):
    with pytest.raises(InputError, match=message):
        woe_table(pd.Series(x, name="days"), y, **options)
