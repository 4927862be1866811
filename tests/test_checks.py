"""A graded cell's check accepts what is right and says what is wrong with the rest."""

import pickle
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from creditlib.checks import Mistake, difference, expect, rated
from creditlib.i18n import catalogue, text


def double(number):
    return number * 2


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (Decimal("0.5"), 0.5),
        (np.float64(0.5), 0.5),
        (float("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
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


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (0.372, 0.37244897),
        (0.37, 0.37244897),
        (0.0037, 0.0036986),
        (69, 68.75),
        (68, 68.75),
        (53_369, 53_369.8630137),
        (0.37, 0.3701),
    ],
)
def test_a_rounded_result_is_suspected_whatever_its_decimals(actual, expected, in_english):
    with pytest.raises(Mistake, match="was something rounded"):
        expect(lambda: actual, [], expected)
    with pytest.raises(Mistake, match="was something rounded"):
        expect(lambda: {"net": actual}, [], {"net": expected})


@pytest.mark.parametrize(("actual", "expected"), [(0, 0.2), (60, 45.0), (0.0049315, 0.0036986)])
def test_another_number_is_not_called_rounded(actual, expected, in_english):
    with pytest.raises(Mistake, match=r"Mind the rate\.$"):
        expect(lambda: actual, [], expected, why="Mind the rate.")


def test_numbers_are_written_alike_and_with_the_digits_in_which_they_differ(in_english):
    with pytest.raises(Mistake, match=r"should give 750,000, but gave 2,500,000\."):
        expect(lambda: 2_500_000.0, [], 750_000)
    with pytest.raises(
        Mistake, match=r"double\(150_000\) should give 5\.00001, but gave 300,000\."
    ):
        expect(double, [150_000], 5.00001)
    with pytest.raises(Mistake, match=r"should give 1\.0000012, but gave 1\.0000034"):
        expect(lambda: 1.0000034, [], 1.0000012)


DAY, MIDNIGHT = date(2025, 12, 31), datetime(2025, 12, 31)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (DAY, "2025-12-31"),
        (pd.Timestamp("2025-12-31"), "2025-12-31"),
        (datetime(2025, 12, 31, 8, 30), "2025-12-31 08:30:00"),
        (pd.NaT, "NaT"),
        (np.datetime64("2025-12-31"), "2025-12-31"),
        (Decimal("1012.50"), "1_012.50"),
        (Decimal("1E+30"), "1e+30"),
        (np.float64(0.3), "0.3"),
        (np.int64(1_000), "1_000"),
        (np.True_, "True"),
        (np.str_("a"), "'a'"),
        ("2025-12-31", "'2025-12-31'"),
        ("12.50", "'12.50'"),
        ("np.float64(0.3)", "'np.float64(0.3)'"),
        ({np.float64(0.3)}, "{0.3}"),
        (pd.Series([0.3, 0.5]), "[0.3, 0.5]"),
    ],
)
def test_a_value_is_written_as_people_write_it_and_text_keeps_its_quotes(value, written):
    for given, shown in (
        (value, written),
        ([value], f"[{written}]"),
        ((value, value), f"[{written}, {written}]"),
        ({"a": [value]}, f"{{'a': [{written}]}}"),
    ):
        with pytest.raises(Mistake) as said:
            expect(lambda one: 0, [given], "x")
        assert f"({shown})" in said.value.message


def test_dates_and_decimals_are_plain_as_results_and_as_keys_too(in_english):
    with pytest.raises(Mistake, match=r"should give 2025-12-31, but gave '2025-12-31'\."):
        expect(lambda: "2025-12-31", [], DAY)
    with pytest.raises(Mistake, match=r"should give 12\.50, but gave 13\.25\."):
        expect(lambda: Decimal("13.25"), [], Decimal("12.50"))
    with pytest.raises(Mistake, match=r"\['paid'\] should be 12\.50, but is 1,300\."):
        expect(lambda: {"paid": 1300}, [], {"paid": Decimal("12.50")})
    with pytest.raises(Mistake, match=r"should give 12\.5, but gave 12\.50001\."):
        expect(lambda: 12.50001, [], Decimal("12.50"), tolerance=1e-9)
    with pytest.raises(Mistake, match=r"of <lambda>\(\), \[2025-12-31\] should be 1, but is 2\."):
        expect(lambda: {DAY: 2}, [], {DAY: 1})
    with pytest.raises(Mistake, match=r"Missing: 2025-12-31\. Not asked for: '2025-12-31'\."):
        expect(lambda: {"2025-12-31": 1}, [], {DAY: 1})
    with pytest.raises(Mistake, match=r"KeyError: 2025-12-31\."):
        expect(lambda: {}[DAY], [], 1)


def test_a_date_and_a_midnight_are_told_apart(lang):
    with pytest.raises(Mistake) as said:
        expect(lambda: MIDNIGHT, [], DAY)
    for kind in ("date", "datetime"):
        assert text("checks.kind", value="2025-12-31", kind=kind) in said.value.message
    with pytest.raises(Mistake) as said:
        expect(lambda: pd.Timestamp(MIDNIGHT), [], MIDNIGHT)
    assert text("checks.kind", value="2025-12-31", kind="Timestamp") in said.value.message


def test_a_key_that_is_a_number_is_no_place_in_a_list(in_english):
    with pytest.raises(Mistake, match=r"item 2 should be 5"):
        expect(lambda: [0, 0], [], [0, 5])
    with pytest.raises(Mistake, match=r"\[1\] should be 5"):
        expect(lambda: {1: 0}, [], {1: 5})


def test_an_unwritten_function_says_so(in_english):
    def empty():
        raise NotImplementedError

    with pytest.raises(Mistake, match="not written yet"):
        expect(empty, [], 1)


def test_a_function_without_a_return_says_so(in_english):
    with pytest.raises(Mistake, match=r"gave None\..*is there a return\?.*Add up\."):
        expect(lambda: None, [], 5, why="Add up.")
    with pytest.raises(Mistake, match=r"likely reason") as said:
        expect(lambda: None, [], 0, mistakes={"zero-when-undefined": None})
    assert "return?" not in str(said.value)


def test_an_error_is_named_with_the_line_that_stopped_and_without_why(in_english):
    def divide(number):
        rate = number - number
        return number / rate

    with pytest.raises(Mistake) as said:
        expect(divide, [3], 1, why="Mind the rate.")
    assert "ZeroDivisionError: division by zero" in said.value.message
    line = divide.__code__.co_firstlineno + 2
    assert f"line {line} of the function's cell: `return number / rate`" in said.value.message
    assert "The divisor is 0" in said.value.message
    assert "Mind the rate" not in said.value.message


def test_an_error_from_another_process_is_said_without_a_line(in_english):
    class Standin:
        __name__ = "double"

        def __call__(self, number):
            raise KeyError("amount")

    with pytest.raises(Mistake) as said:
        expect(Standin(), [2], 4)
    assert "double(2) should give 4" in said.value.message
    assert " line " not in said.value.message
    assert "no such key" in said.value.message


def test_the_lines_of_what_stands_in_for_a_function_are_not_shown(in_english):
    def stand_in():
        raise KeyError("amount")

    stand_in.__module__ = "creditlib.classroom.grading.standin"
    with pytest.raises(Mistake) as said:
        expect(stand_in, [], 4)
    assert " line " not in said.value.message


def unbound(number):
    if number < 0:
        total = 0
    return total


@pytest.mark.parametrize(
    ("function", "given", "hint"),
    [
        (lambda rate: rate ^ 2, 0.5, "power"),
        (lambda days: days > 365, None, "none"),
        (lambda days: days * 2.0, None, "none"),
        (lambda day: day - "2025-12-31", "2025-12-01", "dates"),
        (unbound, 1, "unbound"),
        (lambda rate: ratte, 1, "name"),  # noqa: F821
        (lambda band: band["gain"], {}, "key"),
        (lambda sales: 1 / sales, 0, "zero"),
        (lambda sales: int("x"), 0, None),
    ],
)
def test_the_usual_slips_get_a_hint(function, given, hint, lang):
    with pytest.raises(Mistake) as said:
        expect(function, [given], 1)
    hints = {name: text(f"checks.hint.{name}") for name in catalogue("checks")["hint"]}
    assert [name for name, words in hints.items() if words in said.value.message] == (
        [hint] if hint else []
    )


def test_other_keys_are_named(in_english):
    with pytest.raises(Mistake) as said:
        expect(lambda: {"net": 1, "Accept": True}, [], {"net": 1, "accept": True}, why="Mind it.")
    assert "Missing: 'accept'. Not asked for: 'Accept'. Mind it." in said.value.message
    with pytest.raises(Mistake, match=r"Missing: 'b'\.$"):
        expect(lambda: {"a": 1}, [], {"a": 1, "b": 2})


@pytest.mark.parametrize(
    ("actual", "expected", "said"),
    [
        ((1, True), {"net": 1, "accept": True}, "dictionary is wanted.*'net', 'accept'"),
        ("True", True, "leave out the quotes and write True"),
        ("0.25", 0.25, "leave out the quotes and write 0.25"),
    ],
)
def test_a_value_of_another_form_is_told_the_form(actual, expected, said, in_english):
    with pytest.raises(Mistake, match=said):
        expect(lambda: actual, [], expected, why="Mind the rate.")


def test_a_misconception_is_said_in_words_and_its_id_is_only_for_the_record(lang):
    with pytest.raises(Mistake) as said:
        expect(lambda: 0, [], None, mistakes={"zero-when-undefined": 0}, why="Mind the rate.")
    mistake = said.value
    assert mistake.fault == "zero-when-undefined"
    assert str(mistake) == f"{mistake.message} [zero-when-undefined]"
    assert text("misconceptions.zero-when-undefined") in mistake.message
    assert mistake._render_traceback_() == [mistake.message]
    assert "zero-when" not in mistake.message
    again = pickle.loads(pickle.dumps(mistake))
    assert (again.message, again.fault) == (mistake.message, mistake.fault)


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
        ({"terms": None}, "level-missing", "None"),
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
    assert said.value.fault == fault
    assert named in said.value.message
    assert said.value.message.endswith({"zh": "。", "en": "."}[lang])


def test_a_skill_is_called_by_its_name_before_its_id(lang):
    with pytest.raises(Mistake) as said:
        rated({"terms": 1, "law": None}, {"terms": "账期", "law": "法律风险"})
    assert {"zh": "“法律风险”law", "en": "法律风险 (law)"}[lang] in said.value.message
    assert "账期" not in said.value.message


def test_an_empty_rating_after_the_course_is_told_that_its_time_will_come(in_english):
    empty = {"terms": None, "law": None}
    with pytest.raises(Mistake, match="at the end of the course"):
        rated(empty, ["terms", "law"], at_end=True)
    with pytest.raises(Mistake, match="Nothing is rated yet"):
        rated(empty, ["terms", "law"])
    with pytest.raises(Mistake, match="Not rated yet: law"):
        rated({"terms": 2, "law": None}, ["terms", "law"], at_end=True)
