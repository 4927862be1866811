"""The mutants that test the graders: what is changed, and that a gap in a check is found."""

import importlib.util
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("mutants", Path(__file__).with_name("mutants.py"))
mutants = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(mutants)

DISCOUNT = '''
def discount(rate, days):
    """A docstring is no code."""
    if rate < 0 and days:
        return None
    left = 1 - rate
    return rate / left
'''
CHECK = "from creditlib.checks import expect\nexpect(discount, [0.5, 30], 1)\n"


@pytest.fixture(scope="module")
def made():
    return {(one.was, one.becomes): one for one in mutants.mutants("discount", DISCOUNT)}


def test_operators_constants_comparisons_conditions_and_statements_are_changed(made):
    condition = "if rate < 0 and days:"
    assert set(made) == {
        *((condition, f"if {other}:") for other in (
            "rate <= 0 and days", "rate >= 0 and days", "rate < 0 or days", "days", "rate < 0",
            "not (rate < 0 and days)", "rate < 1 and days", "rate < -1 and days",
        )),
        (condition, "pass"),
        ("return None", "return 0"),
        ("return None", "pass"),
        *(("left = 1 - rate", other) for other in (
            "left = 1 + rate", "left = 2 - rate", "left = 0 - rate", "pass",
        )),
        ("return rate / left", "return rate * left"),
        ("return rate / left", "pass"),
    }  # fmt: skip


def test_every_mutant_is_another_program_that_python_reads(made):
    for mutant in made.values():
        compile(mutant.source, "mutant", "exec")
    assert len({mutant.source for mutant in made.values()}) == len(made)


def test_a_mutant_survives_exactly_where_no_check_looks(made):
    mark = {"schema_version": 3, "task": False}
    answer = {"grade_id": "discount", "solution": True, "grade": False, "locked": False}
    check = {"grade_id": "test-discount", "solution": False, "grade": True, "locked": True}
    cells = [
        {"cell_type": "code", "id": name, "source": source, "execution_count": None, "outputs": [],
         "metadata": {"nbgrader": mark | about}}
        for name, source, about in (
            ("a", DISCOUNT, answer), ("b", CHECK, check | {"points": 1}),
        )
    ]  # fmt: skip
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    assert mutants.answers(notebook) == {"discount": DISCOUNT}
    left = {(one.was, one.becomes) for one in mutants.survivors(notebook, made.values())}
    caught = set(made) - left
    assert ("return rate / left", "return rate * left") in caught
    assert ("left = 1 - rate", "left = 1 + rate") in caught
    assert ("left = 1 - rate", "pass") in caught
    assert ("if rate < 0 and days:", "if days:") in caught
    assert ("return None", "return 0") in left  # no check has a negative rate
    assert ("if rate < 0 and days:", "if rate <= 0 and days:") in left
