"""What is said of a question is what published formulas give, and says why where it is nothing."""

import math

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from creditlib.classroom.marks import Marks
from creditlib.classroom.report_items import (
    Discrimination,
    difficulty,
    discrimination,
    point_biserial,
    reading,
    thirds,
    wilson,
)
from creditlib.errors import Undefined

# Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score without correction).
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("reached", "n", "low", "high"), PUBLISHED)
def test_the_interval_is_the_published_one(reached, n, low, high):
    found = wilson(reached / n, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_is_that_of_scipy(pair):
    reached, n = pair
    found = wilson(reached / n, n)
    assert 0 <= found.low <= found.share <= found.high <= 1
    theirs = scipy.stats.binomtest(reached, n).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.floats(0, 1), st.integers(1, 200))
def test_more_trainees_never_widen_the_interval(share, n):
    few, many = wilson(share, n), wilson(share, 2 * n)
    assert many.high - many.low <= few.high - few.low + 1e-12


def test_nobody_with_a_mark_has_no_interval():
    with pytest.raises(Undefined) as raised:
        wilson(0.0, 0)
    assert raised.value.reason == "nobody"


MANY = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 20)), min_size=10, max_size=40).filter(
    lambda pairs: all(len({pair[side] for pair in pairs}) > 1 for side in (0, 1))
)


@given(MANY)
def test_the_point_biserial_is_that_of_scipy(pairs):
    item, rest = zip(*pairs, strict=True)
    expected = scipy.stats.pointbiserialr(item, rest).statistic
    assert point_biserial(item, rest) == pytest.approx(expected, abs=1e-9)


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_the_class_decides_nothing(pairs, chance):
    mixed = chance.sample(pairs, len(pairs))
    for measure in (point_biserial, thirds):
        before, after = (measure(*zip(*some, strict=True)) for some in (pairs, mixed))
        assert before == pytest.approx(after, abs=1e-9)
        assert -1 <= before <= 1


@given(MANY)
def test_the_thirds_turn_round_with_the_strong_and_the_weak(pairs):
    item, rest = zip(*pairs, strict=True)
    turned = [-one for one in rest]
    assert thirds(item, turned) == pytest.approx(-thirds(item, rest), abs=1e-9)


def class_of(marks, questions=("a", "b", "c")):
    trainees = {
        f"t{place:02}": dict(zip(questions, row, strict=True)) for place, row in enumerate(marks)
    }
    return Marks("x", dict.fromkeys(questions, 1.0), trainees)


def test_a_question_is_not_compared_with_itself():
    """By hand: a against b + c, of ten trainees; with a itself in the total it would be .85."""
    rows = [(1, 1, 1)] * 4 + [(1, 0, 0)] + [(0, 1, 0)] + [(0, 0, 0)] * 4
    found = discrimination(class_of(rows), "a")
    # a: mean .5; b + c: 8 and 1 points over ten, mean .9; products 8, squares 4 * 4 + 1 = 17.
    cov, sd = 8 / 10 - 0.5 * 0.9, math.sqrt(0.25 * (17 / 10 - 0.81))
    assert found.point_biserial == pytest.approx(cov / sd)
    assert found.low < found.point_biserial < found.high
    assert found.n == 10
    assert found.thirds == 1 - 1 / 5  # weakest three: of five with nothing, one solved it


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(1, 0, 1), (0, 1, 0)] * 4, "few"),
        ([(1, 0, 1), (1, 1, 1)] * 5, "same_marks"),
        ([(1, 1, 0), (0, 0, 1)] * 5, "same_rest"),
        ([(1, None, None), (0, None, None)] * 5, "alone"),
        ([(None, 1, 1)] * 10, "alone"),
    ],
)
def test_where_it_is_not_defined_the_report_says_why(rows, reason):
    found = discrimination(class_of(rows), "a")
    assert found.reason == reason
    assert found.point_biserial is found.thirds is None


def test_a_waiting_answer_counts_neither_as_won_nor_as_lost():
    rows = [(1, 1, None), (0, 1, 1)] * 5
    shares = difficulty(class_of(rows))
    assert (shares["c"].n, shares["c"].share) == (5, 1)
    assert (shares["a"].n, shares["a"].share) == (10, 0.5)


def told(r, gap=0.0):
    return Discrimination(40, r, r - 0.2, r + 0.2, gap)


@pytest.mark.parametrize(
    ("share", "found", "says"),
    [
        (0.95, told(0.1), "easy"),
        (0.95, told(-0.2, -0.1), "easy"),
        (0.5, told(0.5), "splits"),
        (0.5, told(0.25), "some"),
        (0.5, told(0.1), "little"),
        (0.5, told(-0.2, -0.3), "check"),
        (0.2, told(-0.2, -0.3), "check"),
        (0.2, told(0.4), "hard"),
        (0.2, told(0.1), "hard_for_all"),
        (0.2, Discrimination(4, reason="few"), "hard"),
        (0.5, Discrimination(4, reason="few"), "open"),
        (1.0, Discrimination(40, reason="same_marks"), "easy"),
    ],
)
def test_the_reading_in_plain_words(share, found, says):
    assert reading(wilson(share, 40), found) == says
