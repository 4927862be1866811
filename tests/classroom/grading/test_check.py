"""The checker decides on data: what passes, what fails and why, what a test may see."""

import pytest

from creditlib.classroom.grading import plan
from creditlib.classroom.grading.check import LONGEST_MESSAGE, run_step


def step(source, points=2.0, fetched=(), imports=()):
    return {"source": source, "points": points, "fetched": fetched, "imports": imports}


def said_of(source, **how):
    return run_step(step(source, **how), {"__name__": "__main__"})


@pytest.mark.parametrize(
    ("source", "score"),
    [
        ("x = 3", 2.0),
        ("assert True", 2.0),
        ("assert False", 0.0),
        ("undefined", 0.0),
        ("raise SystemExit", 0.0),
        ("not python", 0.0),
        ("1.5", 1.5),
        ("import numpy as np\nnp.float64(1)", 2.0),  # nbgrader reads the text, np.float64(1.0)
        ("3", 2.0),
        ("0", 0.0),
        ("-1", 0.0),
        ("float('nan')", 0.0),
        ("1.5;", 2.0),
        ("'good'", 2.0),
        ("None", 2.0),
        ("import sys\nprint('odd', file=sys.stderr)", 2.0),
        ("import warnings\nwarnings.warn('odd')", 2.0),
    ],
)
def test_a_test_cell_passes_fails_or_gives_the_points_of_its_last_line(source, score, recwarn):
    assert said_of(source)["score"] == score


def test_a_failed_test_says_its_message_and_shows_no_line_of_itself():
    secret = "hidden_answer = 42\nassert hidden_answer == 41, 'not the year of the invoice'"
    outcome = said_of(secret)
    assert outcome["message"] == "AssertionError: not the year of the invoice"
    assert "hidden_answer" not in str(outcome)


def test_a_check_says_its_own_sentence(in_english):
    outcome = said_of("from creditlib.checks import expect\nexpect(max, [3, 5], 4)")
    assert outcome["message"] == "max(3, 5) should give 4, but gave 5."
    bare = said_of("assert 1 > 2")
    assert bare["message"] == "This check did not pass."


def test_the_misconception_stands_in_the_record_and_not_in_the_message(in_english):
    source = "from creditlib.checks import expect\nexpect(max, [3, 5], 4, mistakes={FAULT: 5})"
    outcome = said_of(source.replace("FAULT", "'percent-vs-fraction'"))
    (output,) = outcome["outputs"]
    assert "[percent-vs-fraction]" not in outcome["message"]
    assert output["traceback"] == [outcome["message"]]
    assert output["evalue"] == outcome["message"] + " [percent-vs-fraction]"


def test_a_message_that_is_cut_keeps_its_misconception(in_english):
    source = "from creditlib.checks import Mistake\nraise Mistake('x' * 9_999, 'off-by-one')"
    outcome = said_of(source)
    assert outcome["message"] == "x" * LONGEST_MESSAGE
    assert outcome["outputs"][0]["evalue"].endswith("x [off-by-one]")


def test_what_a_test_prints_is_kept():
    (output,) = said_of("print('Well done')")["outputs"]
    assert output == {"output_type": "stream", "name": "stdout", "text": "Well done\n"}


def test_an_error_that_cannot_be_read_is_named():
    unreadable = "class E(Exception):\n    def __str__(self):\n        raise ValueError\nraise E"
    assert said_of(unreadable)["message"] == "E"


def test_a_name_comes_from_who_made_it_last(write):
    steps = plan.steps_of(
        write.notebook(
            "from creditlib.checks import expect\nrates = [0.03]",
            write.answer("a", "import math\nfrom math import log\n\ndef dso(x):\n    return x"),
            write.check("a", "expect(dso, [math.pi, log(2)], rates)\nlen([max])"),
            write.answer("b", "rates = sorted(rates)\nlen = 3"),
            write.check("b", "result = dso(rates)\nassert result == len and limit"),
        )
    )
    assert [one.name for one in steps] == [None, "test-a", "test-b"]
    assert steps[0].fetched == ()
    assert steps[1].fetched == ("dso",)
    assert set(steps[1].imports) == {"import math", "from math import log"}
    assert steps[2].fetched == ("dso", "len", "limit", "rates")


def test_names_inside_functions_and_comprehensions_are_found(write):
    source = "def compare(x):\n    y = 1\n    return dso(x) + y\n[rate(z) for z in [1]]"
    (one,) = plan.steps_of(write.notebook(write.check("a", source)))
    assert one.fetched == ("dso", "rate")


@pytest.mark.parametrize("by", ["instructor", "answer", "test"])
def test_what_a_star_imports_is_the_checkers_own(write, by):
    star = {by: "from math import *\n"}
    source = write.notebook(
        star.get("instructor", "import math"),
        write.answer("a", star.get("answer", "") + "def f(x):\n    return x"),
        write.check("a", star.get("test", "") + "assert isclose(f(2), 3)"),
    )
    easy = "def f(x):\n    return x\ndef isclose(*a):\n    return True"
    assert write.graded(source, {"a": easy}).scores == {"test-a": 0}
    right = "def f(x):\n    return x + 1"
    assert write.graded(source, {"a": right}).scores == {"test-a": 1}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("f(2)", "4"),
        ("f.__name__", "'f'"),
        ("f(n=3)", "9"),
        ("f(Decimal('1.5'))", "Decimal('2.25')"),
        ("list(pd.Series([1, 2]).map(f))", "[1, 4]"),
        ("f(pd.Series([1, 2])).tolist()", "[1, 4]"),
        ("make(3)(4)", "12"),
        ("table['when']", "datetime.date(2025, 12, 31)"),
        ("callable(Customer)", "True"),
        ("isinstance(f, type(lambda: 0))", "True"),
    ],
)
def test_the_trainees_functions_and_values_work_as_if_they_were_here(write, expression, expected):
    work = (
        "from datetime import date\n"
        "def f(n):\n    return n * n\n"
        "def make(k):\n    return lambda n: k * n\n"
        "class Customer:\n    pass\n"
        "table = {'when': date(2025, 12, 31)}"
    )
    source = write.notebook(
        "from decimal import Decimal\nimport pandas as pd",
        write.answer("a", work),
        write.check("a", f"shown = repr({expression})\nassert shown == {expected!r}, shown"),
    )
    assert write.graded(source).messages == {"test-a": ""}


def test_a_function_that_changes_its_input_does_not_change_the_tests(write):
    source = write.notebook(
        write.answer("a", "def f(items):\n    items.clear()\n    return 0"),
        write.check("a", "bills = [1, 2]\nf(bills)\nassert bills == [1, 2]"),
    )
    assert write.graded(source).scores == {"test-a": 1}


def test_the_error_of_a_function_is_caught_as_what_it_is(write):
    source = write.notebook(
        "from creditlib.errors import Undefined",
        write.answer("a", ""),
        write.check(
            "a",
            "caught = []\n"
            "kinds = ValueError, ZeroDivisionError, Undefined, NotImplementedError, Exception\n"
            "for kind in kinds:\n"
            "    try:\n        f(kind.__name__)\n"
            "    except kind as error:\n        caught.append(type(error).__name__)\n"
            "assert caught == ['TooLate', 'ZeroDivisionError', 'Undefined',\n"
            "                  'NotImplementedError', 'SystemExit'], caught",
        ),
    )
    work = """
from creditlib.errors import Undefined
class TooLate(ValueError):
    pass
def f(name):
    if name == "ValueError":
        raise TooLate("30 days")
    if name == "ZeroDivisionError":
        return 1 / 0
    if name == "Undefined":
        raise Undefined("errors.zero_denominator", measure="DSO", denominator="sales")
    if name == "NotImplementedError":
        raise NotImplementedError
    raise SystemExit(0)
"""
    assert write.graded(source, {"a": work}).messages == {"test-a": ""}


@pytest.mark.parametrize(
    "work",
    [
        "class Same:\n    def __eq__(self, other):\n        return True\n"
        "def f():\n    return Same()",
        "def f():\n    yield 1",
        "def f():\n    return iter([1])",
        "def f():\n    return f",
        "expect = print\n\ndef f():\n    return 2",
        "import creditlib.checks\ncreditlib.checks.expect = print\n\ndef f():\n    return 2",
        "import builtins\nbuiltins.AssertionError = ValueError\n\ndef f():\n    return 2",
    ],
)
def test_only_the_value_that_is_expected_passes(write, work):
    source = write.notebook(
        write.answer("a", ""),
        write.check("a", "from creditlib.checks import expect\nexpect(f, [], [1])"),
    )
    result = write.graded(source, {"a": work})
    assert result.scores == {"test-a": 0}
    assert result.messages["test-a"].startswith("f() should give [1], but gave ")
    assert " at 0x" not in result.messages["test-a"]


def test_a_test_that_the_trainees_value_keeps_from_ending_costs_only_itself(write):
    source = write.notebook(
        write.answer("a", "x = range(10**12)\ny = 3"),
        write.check("a", "assert sum(1 for _ in x) < 0"),
        write.check("b", "assert y == 3"),
    )
    result = write.graded(source, times=type(write.times)(cell=2, call=1, test=1, notebook=30))
    assert result.scores == {"test-a": 0, "test-b": 1}
