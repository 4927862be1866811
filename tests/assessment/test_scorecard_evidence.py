"""Weight of evidence, information value, the points scale, few defaults: without pandas."""

import math
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.assessment import scorecard
from creditlib.errors import InputError, Undefined

counts = st.lists(
    st.tuples(st.integers(1, 10_000), st.integers(1, 10_000)), min_size=1, max_size=12
)


def test_record_level_names_load_no_numpy_pandas_or_scikit_learn():
    code = (
        "import sys; from creditlib.assessment import scorecard as s;"
        "s.weight_of_evidence([5, 7], [3, 1]); s.points_scale(); s.prior_correction(.6, .05, .5);"
        "s.wilson_interval(3, 120);"
        "print({'numpy', 'pandas', 'sklearn', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_exported_name_is_there():
    assert all(getattr(scorecard, name) is not None for name in scorecard.__all__)
    with pytest.raises(AttributeError, match="no attribute 'woe'"):
        _ = scorecard.woe


def test_weight_of_evidence_of_the_published_age_groups(golden):
    case = golden("woe_iv_analyticbridge")
    groups = case["inputs"]["good"], case["inputs"]["bad"]
    expected = case["expected"]
    assert scorecard.weight_of_evidence(*groups) == pytest.approx(expected["woe"], abs=1e-9)
    assert scorecard.information_value(*groups) == pytest.approx(expected["iv"], abs=1e-9)


def test_weight_of_evidence_of_siddiqis_age_table(golden):
    case = golden("woe_iv_siddiqi_age")
    groups = case["inputs"]["good"], case["inputs"]["bad"]
    times_100 = [100 * woe for woe in scorecard.weight_of_evidence(*groups)]
    assert times_100 == pytest.approx(case["expected"]["woe_x100"], abs=case["abs_tol"])
    assert scorecard.information_value(*groups) == pytest.approx(case["expected"]["iv"], abs=1e-9)


@given(counts)
def test_information_value_is_never_negative_and_is_the_weighted_sum_of_the_evidence(groups):
    goods, bads = zip(*groups, strict=True)
    woe = scorecard.weight_of_evidence(goods, bads)
    iv = sum(
        (good / sum(goods) - bad / sum(bads)) * each
        for good, bad, each in zip(goods, bads, woe, strict=True)
    )
    assert scorecard.information_value(goods, bads) == pytest.approx(iv, abs=1e-12)
    assert iv >= 0


@given(counts)
def test_swapping_good_and_bad_turns_the_sign_of_the_evidence(groups):
    goods, bads = zip(*groups, strict=True)
    turned = [-woe for woe in scorecard.weight_of_evidence(bads, goods)]
    assert scorecard.weight_of_evidence(goods, bads) == pytest.approx(turned, abs=1e-12)


def test_an_empty_cell_has_no_evidence_and_the_message_says_merge(lang):
    with pytest.raises(Undefined) as caught:
        scorecard.weight_of_evidence([10, 20], [5, 0])
    assert caught.value.reason == "empty_cell"
    assert {"zh": "合并", "en": "Merge it"}[lang] in str(caught.value)


def test_half_is_added_to_both_cells_of_an_empty_group_only_when_asked():
    woe = scorecard.weight_of_evidence([10, 20], [5, 0], add_half=True)
    assert woe == pytest.approx([math.log((10 / 30) / (5 / 5)), math.log((20.5 / 30) / (0.5 / 5))])


def test_one_class_only_has_no_evidence():
    with pytest.raises(Undefined) as caught:
        scorecard.information_value([10, 20], [0, 0])
    assert caught.value.reason == "one_class"


def test_groups_must_correspond_and_counts_be_counts(in_english):
    with pytest.raises(InputError, match="2 goods but 1 bads"):
        scorecard.weight_of_evidence([1, 2], [3])
    with pytest.raises(InputError, match="row 2: -2 cannot be negative"):
        scorecard.weight_of_evidence([1, -2], [3, 4])


@pytest.mark.parametrize(
    ("iv", "band"),
    [
        (0, "useless"),
        (0.02, "weak"),
        (0.0999, "weak"),
        (0.1, "medium"),
        (0.3, "strong"),
        (0.5, "suspicious"),
    ],
)
def test_information_value_has_a_band(iv, band):
    assert scorecard.iv_band(iv) == band


@pytest.mark.parametrize(
    "case", ["scale_600_50_20", "scale_600_30_20", "scale_600_60_20", "scale_660_72_40"]
)
def test_scale_has_the_published_factor_and_offset(golden, case):
    given, expected = golden(case)["inputs"], golden(case)["expected"]
    scale = scorecard.points_scale(given["PDO"], given["odds0"], given["S0"])
    assert scale.factor == pytest.approx(expected["factor"], abs=1e-9)
    assert scale.offset == pytest.approx(expected["offset"], abs=1e-9)


def test_points_at_600_for_50_to_1_and_20_to_double():
    scale = scorecard.points_scale(pdo=20, odds=50, points=600)
    found = [scale.score(100), scale.score(25), scale.score(1), scale.score_of_pd(0.05)]
    assert found == pytest.approx([620, 580, 487.12, 572.08], abs=0.005)


@given(st.floats(1, 200), st.floats(0.01, 1000), st.floats(-500, 1500), st.floats(0.001, 10_000))
def test_doubling_the_odds_adds_the_points_to_double(pdo, base, points, odds):
    scale = scorecard.points_scale(pdo, base, points)
    assert scale.score(2 * odds) - scale.score(odds) == pytest.approx(pdo, abs=1e-6)
    assert scale.score(base) == pytest.approx(points, abs=1e-6)


@given(st.floats(1e-9, 1 - 1e-9))
def test_pd_and_score_are_each_others_inverse(pd):
    scale = scorecard.points_scale()
    assert scale.pd(scale.score_of_pd(pd)) == pytest.approx(pd, rel=1e-6)


@pytest.mark.parametrize("score", [-1e6, 1e6])
def test_pd_of_an_absurd_score_is_still_a_probability(score):
    assert 0 <= scorecard.points_scale().pd(score) <= 1


def test_prior_correction(golden):
    case = golden("prior_correction")
    given = case["inputs"]
    found = scorecard.prior_correction(given["p"], given["pi"], given["s"])
    assert found == pytest.approx(case["expected"]["p"], abs=case["abs_tol"])


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_correcting_there_and_back_changes_nothing(pd, population, sample):
    there = scorecard.prior_correction(pd, population, sample)
    assert scorecard.prior_correction(there, sample, population) == pytest.approx(pd)


@pytest.mark.parametrize("certain", [0, 1])
def test_a_certain_pd_has_no_odds(certain):
    with pytest.raises(Undefined) as caught:
        scorecard.points_scale().score_of_pd(certain)
    assert caught.value.reason == "certain"
    with pytest.raises(Undefined):
        scorecard.prior_correction(0.1, certain, 0.5)


def test_scale_refuses_what_cannot_be_a_scale(in_english):
    with pytest.raises(InputError, match="pdo must be above zero, and is 0"):
        scorecard.points_scale(pdo=0)
    with pytest.raises(InputError, match="odds must be above zero"):
        scorecard.points_scale(odds=-3)
    with pytest.raises(InputError, match="PD is 5; it must lie between 0 and 1"):
        scorecard.points_scale().score_of_pd(5)


def test_wilson_interval_of_three_defaults_in_120():
    assert scorecard.wilson_interval(3, 120) == pytest.approx((0.00854, 0.07093), abs=5e-6)


def test_no_default_at_all_still_has_an_upper_end():
    low, high = scorecard.wilson_interval(0, 100)
    assert low == 0 < high < 0.04
    assert scorecard.upper_default_rate(0, 100, 0.9) == pytest.approx(0.02276, abs=5e-6)
    assert scorecard.upper_default_rate(0, 100, 0.5) == pytest.approx(0.00691, abs=5e-6)


def test_six_defaults_in_120_are_too_many_for_a_pd_of_two_percent():
    assert scorecard.at_least_probability(6, 120, 0.02) == pytest.approx(0.0341, abs=5e-5)


@given(st.integers(1, 300), st.data())
def test_the_observed_rate_lies_in_its_interval_and_under_its_upper_end(count, data):
    bads = data.draw(st.integers(0, count))
    low, high = scorecard.wilson_interval(bads, count)
    assert 0 <= low <= bads / count <= high <= 1
    assert scorecard.upper_default_rate(bads, count) >= bads / count
    assert scorecard.upper_default_rate(count, count) == 1


@given(st.integers(1, 60), st.floats(0, 1))
def test_at_least_probability_falls_from_one_as_more_defaults_are_asked(count, pd):
    chances = [scorecard.at_least_probability(k, count, pd) for k in range(count + 2)]
    assert chances[0] == 1
    assert chances[-1] == pytest.approx(0, abs=1e-9)
    assert all(more <= less + 1e-12 for less, more in pairwise(chances))


def test_default_rates_need_customers_and_honest_counts(in_english):
    with pytest.raises(Undefined):
        scorecard.wilson_interval(0, 0)
    with pytest.raises(InputError, match="more than the 3 in all"):
        scorecard.wilson_interval(5, 3)
    with pytest.raises(InputError, match="cannot be negative"):
        scorecard.upper_default_rate(-1, 3)
    with pytest.raises(InputError, match="confidence is 95"):
        scorecard.wilson_interval(1, 3, confidence=95)
    with pytest.raises(InputError, match="PD is 2"):
        scorecard.at_least_probability(1, 3, 2)
