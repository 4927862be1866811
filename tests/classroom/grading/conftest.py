"""Small assignments, written a cell a line, and a way to grade an answer to them."""

import copy
import json
from itertools import count
from types import SimpleNamespace

import pytest

from creditlib.classroom.answers import compose
from creditlib.classroom.grading import engine
from creditlib.classroom.grading.session import Times

QUICK = Times(cell=1.5, call=1.0, test=5.0, notebook=60.0)
NUMBERS = count(1)


def cell(source, kind="code", **mark):
    """A cell; with marks, one that nbgrader knows."""
    about = {"solution": False, "grade": False, "locked": False, "task": False}
    marks = {"nbgrader": {**about, "schema_version": 3, **mark}} if mark else {}
    made = {"cell_type": kind, "id": f"c{next(NUMBERS)}", "metadata": marks, "source": source}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def answer(name, source=""):
    """A cell in which a trainee writes."""
    return cell(source, grade_id=name, solution=True)


def check(name, source, points=1):
    """A test cell."""
    return cell(source, grade_id=f"test-{name}", grade=True, locked=True, points=points)


def written(name, source, points=5):
    """A text that is marked by hand."""
    return cell(source, "markdown", grade_id=name, grade=True, solution=True, points=points)


def notebook(*cells):
    """A notebook of these cells; texts are code cells without marks."""
    cells = [cell(one) if isinstance(one, str) else one for one in cells]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def graded(source, answers=None, *, added=(), at=0, times=QUICK, **settings):
    """The result of a submission: these answers, these cells added before the cell `at`."""
    handed_in = copy.deepcopy(compose(source, answers or {}))
    handed_in["cells"][at:at] = [cell(one) for one in added]
    data = json.dumps(handed_in).encode()
    return engine.grade_one(source, data, times=times, unsandboxed=True, **settings)


@pytest.fixture(scope="session")
def write():
    """What writes a notebook's cells, and grades it."""
    return SimpleNamespace(
        cell=cell,
        answer=answer,
        check=check,
        written=written,
        notebook=notebook,
        graded=graded,
        times=QUICK,
        patient=Times(),
    )
