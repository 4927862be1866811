"""A graded cell's check accepts what is right and says what is wrong with the rest."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from creditlib.checks import Mistake, difference, expect, rated


def double(number):
    return number * 2


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (Decimal("0.5"), 0.5),
        (np.float64(0.5), 0.5),
        (float("nan"), None),
        ((1, 2), [1, 2]),
        (np.array([1, 2]), [1, 2]),
        (pd.Series([1, 2]), [1, 2]),
        (pd.DataFrame({"a": [1, 2]}), {"a": [1, 2]}),
        ({"a": {"b": 1.0}}, {"a": {"b": 1}}),
        (" 安全 ", "安全"),
    ],
)
def test_the_same_value_in_another_form_agrees(actual, expected):
    assert difference(actual, expected) is None


@pytest.mark.parametrize(
    ("actual", "expected", "place"),
    [
        (0, None, ""),
        (None, 0, ""),
        (1, True, ""),
        ("1", 1, ""),
        ([1, 2], [1, 2, 3], ""),
        ({"a": 1}, {"b": 1}, ""),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, "['a'][1]['b']"),
    ],
)
def test_what_differs_is_found_where_it_stands(actual, expected, place):
    assert difference(actual, expected) == place


def test_a_wrong_value_is_shown_with_call_and_expectation(lang):
    with pytest.raises(Mistake, match=r"double\(number=2\).*5.*4"):
        expect(double, {"number": 2}, 5)


def test_a_wrong_part_is_shown_by_its_place(in_english):
    with pytest.raises(Mistake, match=r"\['b'\]\[1\] should be 3, but is 2"):
        expect(lambda: {"a": 1, "b": [1, 2]}, [], {"a": 1, "b": [1, 3]})


def test_early_rounding_is_suspected(in_english):
    with pytest.raises(Mistake, match="rounded"):
        expect(lambda: 0.372, [], 0.37244897)


def test_an_empty_function_says_so_and_an_error_is_named(in_english):
    def empty():
        raise NotImplementedError

    with pytest.raises(Mistake, match="not written yet"):
        expect(empty, [], 1)
    with pytest.raises(Mistake, match=r"ZeroDivisionError.*Mind the zero"):
        expect(lambda: 1 / 0, [], 1, why="Mind the zero.")


def test_the_function_cannot_change_the_inputs():
    values = [3, 1, 2]
    expect(lambda given: given.sort() or given, [values], [1, 2, 3])
    assert values == [3, 1, 2]


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_any_level_is_a_complete_rating(level):
    rated({"terms": level, "law": 0}, ["terms", "law"])


@pytest.mark.parametrize(
    ("levels", "fault", "named"),
    [
        ({"terms": 1}, "level-missing", "law"),
        ({"terms": 1, "law": None}, "level-missing", "law"),
        ({"terms": None, "law": None}, "level-missing", "terms, law"),
        ({"terms": 1, "law": 5}, "level-out-of-range", "law"),
        ({"terms": -1, "law": 4}, "level-out-of-range", "terms"),
        ({"terms": 1, "law": 2.5}, "level-not-whole", "2.5"),
        ({"terms": 1, "law": "2"}, "level-not-whole", "'2'"),
        ({"terms": True, "law": 2}, "level-not-whole", "terms"),
        ({"terms": 1, "law": 2, "lawyers": 3}, "unknown-skill", "lawyers"),
        ([1, 2], "not-a-table", "None"),
        (None, "not-a-table", "None"),
    ],
)
def test_a_rating_that_is_not_complete_names_the_skill_and_the_fault(levels, fault, named, lang):
    with pytest.raises(Mistake) as said:
        rated(levels, ["terms", "law"])
    assert fault in str(said.value)
    assert named in str(said.value)
