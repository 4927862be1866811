"""Discrimination and calibration: golden numbers, scikit-learn's, and what is not defined."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score, roc_curve

from creditlib.assessment.scorecard import calibration, performance, wilson_interval
from creditlib.errors import InputError


@pytest.mark.parametrize("how", ["pd alone", "a score that is higher when worse", "its negative"])
def test_ten_customers(golden, how):
    case = golden("auc_ks10")
    y, s, expected = case["inputs"]["y"], case["inputs"]["s"], case["expected"]
    found = {
        "pd alone": lambda: performance(y, pd=s),
        "a score that is higher when worse": lambda: performance(
            y, s, pd=s, higher_is_better=False
        ),
        "its negative": lambda: performance(y, [-one for one in s], pd=s),
    }[how]()
    measured = [found.auc, found.gini, found.ks, found.brier, found.log_loss]
    assert measured == pytest.approx(
        [expected[name] for name in ("auc", "gini", "ks", "brier", "logloss")], abs=1e-9
    )
    assert (found.count, found.goods, found.bads) == (10, 6, 4)
    assert found.reasons == {}


samples = st.lists(st.tuples(st.booleans(), st.integers(300, 330)), min_size=2, max_size=80).filter(
    lambda rows: len({bad for bad, _ in rows}) == 2
)


@given(samples)
def test_it_agrees_with_scikit_learn(rows):
    bad, score = map(np.array, zip(*rows, strict=True))
    found = performance(bad, score)
    assert found.auc == pytest.approx(roc_auc_score(bad, -score))
    assert found.gini == pytest.approx(2 * found.auc - 1)
    false_alarms, hits, _ = roc_curve(bad, -score, drop_intermediate=False)
    assert found.ks == pytest.approx(np.abs(hits - false_alarms).max())
    turned = performance(bad, score, higher_is_better=False)
    assert turned.auc == pytest.approx(1 - found.auc)
    assert turned.ks == pytest.approx(found.ks)


@given(samples)
def test_an_interval_holds_its_measure_or_is_nan(rows):
    bad, score = zip(*rows, strict=True)
    found = performance(bad, score)
    low, high = found.ks_interval
    assert -1 - 1e-12 <= low <= found.ks <= high <= 1 + 1e-12
    low, high = found.auc_interval
    if math.isnan(low):
        assert found.auc in (0, 1) or min(found.goods, found.bads) < 2
    else:
        assert 0 <= low <= found.auc <= high <= 1
        assert found.gini_interval == pytest.approx((2 * low - 1, 2 * high - 1))


def delong_by_pairs(bad, score):
    """Variance of the AUC from all pairs, as DeLong, DeLong and Clarke-Pearson (1988) write it."""
    goods, bads = score[~bad], score[bad]
    wins = (goods[:, None] > bads) + 0.5 * (goods[:, None] == bads)
    return wins.mean(1).var(ddof=1) / len(goods) + wins.mean(0).var(ddof=1) / len(bads)


def test_delong_by_ranks_is_delong_by_pairs():
    random = np.random.default_rng(0)
    bad = random.random(400) < 0.2
    score = np.round(random.normal(size=400) - bad, 1)
    found = performance(bad, score)
    low, high = (math.log(end / (1 - end)) for end in found.auc_interval)
    spread = (high - low) / 2 / 1.959964 * found.auc * (1 - found.auc)
    assert spread**2 == pytest.approx(delong_by_pairs(bad, score), rel=1e-5)


def test_the_intervals_hold_the_truth_as_often_as_they_say():
    random = np.random.default_rng(1)
    auc, ks = 0.760250, 0.382925  # of two normal scores one standard deviation apart
    held = np.zeros(2)
    for _ in range(200):
        bad = np.arange(580) < 80
        found = performance(bad, random.normal(size=580) - bad)
        held += [
            found.auc_interval[0] <= auc <= found.auc_interval[1],
            found.ks_interval[0] <= ks <= found.ks_interval[1],
        ]
    assert (held / 200 >= [0.90, 0.86]).all()


def drawn(seed=0, rows=4000):
    random = np.random.default_rng(seed)
    pd_of_each = 1 / (1 + np.exp(2.5 - random.normal(size=rows)))
    return (random.random(rows) < pd_of_each).astype(int), pd_of_each


def odds_moved(pd_of_each, intercept=0.0, slope=1.0):
    log_odds = intercept + slope * np.log(pd_of_each / (1 - pd_of_each))
    return 1 / (1 + np.exp(-log_odds))


def test_true_probabilities_have_slope_one_and_intercept_zero():
    found = performance(drawn()[0], pd=drawn()[1])
    assert found.slope == pytest.approx(1, abs=0.15)
    assert found.intercept == pytest.approx(0, abs=0.15)


def test_a_shift_of_the_odds_is_found_in_the_intercept_and_a_stretch_in_the_slope():
    y, true = drawn()
    honest = performance(y, pd=true)
    shifted = performance(y, pd=odds_moved(true, intercept=-0.5))
    assert shifted.intercept == pytest.approx(honest.intercept + 0.5)
    assert shifted.slope == pytest.approx(honest.slope, rel=1e-6)
    stretched = performance(y, pd=odds_moved(true, slope=2))
    assert stretched.slope == pytest.approx(honest.slope / 2, rel=1e-6)


@pytest.mark.parametrize("only", [0, 1])
def test_with_one_class_what_needs_both_is_nan_with_a_reason(only):
    found = performance([only] * 5, [1, 2, 3, 4, 5], pd=[0.1, 0.2, 0.3, 0.4, 0.5])
    assert math.isnan(found.auc)
    assert found.reasons == dict.fromkeys(("auc", "gini", "ks", "intercept", "slope"), "one_class")
    assert found.brier == pytest.approx(np.mean((np.array([0.1, 0.2, 0.3, 0.4, 0.5]) - only) ** 2))
    table = found.table().set_index("measure")
    assert table.loc["auc", "reason"] == "one_class"
    assert table["value"].isna().equals(table["reason"] != "")


@pytest.mark.parametrize(
    ("y", "pds", "reasons"),
    [
        ([0, 1, 0, 1], [0.0, 0.5, 0.2, 0.6], {"intercept": "certain", "slope": "certain"}),
        (
            [1, 1, 0, 0],
            [0.0, 0.5, 0.2, 0.6],
            {"log_loss": "certain", "intercept": "certain", "slope": "certain"},
        ),
        ([1, 0, 0, 0], [0.2] * 4, {"slope": "constant"}),
        ([1, 1, 0, 0], [0.5, 0.4, 0.3, 0.4], {"slope": "separated"}),
    ],
)
def test_what_certain_constant_or_separating_pds_leave_undefined(y, pds, reasons):
    assert performance(y, pd=pds).reasons == reasons


def test_a_score_alone_says_nothing_of_calibration():
    found = performance([1, 0], [300, 600])
    assert set(found.reasons.values()) == {"no_pd"}
    assert (found.auc, found.ks) == (1, 1)


@given(st.integers(1, 25), st.integers(0, 1000))
def test_calibration_bands_hold_every_customer_once(bands, seed):
    y, pd_of_each = drawn(seed, rows=200)
    table = calibration(y, np.round(pd_of_each, 2), bands=bands)
    assert table["count"].sum() == 200
    assert table["bads"].sum() == y.sum()
    assert len(table) <= bands
    assert (table["reason"] == "").all()
    for row in table.itertuples():
        assert (row.low, row.high) == wilson_interval(row.bads, row.count)
        assert row.inside == (row.low <= row.mean_pd <= row.high)


def test_honest_pds_lie_inside_and_halved_ones_do_not():
    y, true = drawn()
    assert calibration(y, true, bands=5)["inside"].sum() >= 4
    assert calibration(y, true / 2, bands=5)["inside"].sum() <= 1


def test_a_band_without_customers_has_no_rate_but_a_reason():
    table = calibration([0, 0, 1], [0.01, 0.02, 0.5], bands=[0.02, 0.1])
    assert table["count"].tolist() == [2, 0, 1]
    assert table["reason"].tolist() == ["", "no_customers", ""]
    assert math.isnan(table["bad_rate"][1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: performance([0, 1]), "give `score`, or `pd`"),
        (lambda: performance([0, 1], [1, 2, 3]), "3 score but 2 y"),
        (lambda: performance([0, 1], [1, None]), "row 1, column “score”: the score is missing"),
        (lambda: performance([0, 1], pd=[0.5, 5]), "row 1, column “pd”: PD is 5"),
        (lambda: performance([0, 1], [1, 2], pd=[0.5]), "there are 2 y but 1 pd"),
        (lambda: performance([0, 2], [1, 2]), "row 1: “2” is neither 0 nor 1"),
        (lambda: performance([], []), "there is no data"),
        (lambda: performance(["a", 0], [1, 2]), "row 0: “a” is neither 0 nor 1"),
        (lambda: performance([0, 1], ["high", 2]), "row 0, column “score”: “high” is not a number"),
        (lambda: calibration(pd.Series([0, 1]), [0.1]), "there are 1 pd but 2 y"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(in_english, call, message):
    with pytest.raises(InputError, match=message):
        call()
