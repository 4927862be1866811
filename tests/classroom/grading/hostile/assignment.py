"""A small assignment: five questions, of which an attacker solves two and writes the memo."""

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from creditlib.classroom.grading.limits import Limits
from creditlib.classroom.grading.rebuild import master
from creditlib.classroom.grading.session import Times
from creditlib.classroom.notebooks import grade_id, is_solution

TIMES = Times(cell=4.0, call=1.5, test=6.0, notebook=30.0)
LIMITS = Limits(memory=700 << 20, cpu_seconds=20, scratch_bytes=64 << 20)
SECRET = "SECRET-4711"  # stands in every file of the victim's
VICTIM = "VICTIM"  # in the code of an attack: the folder of a class, full of other people's work

START = """from creditlib import use_language
from creditlib.checks import expect

use_language("en")
invoices = [1_200, 950, 2_067]"""
RIGHT = {
    "dso": "def dso(receivables, sales, days):\n    return receivables / sales * days",
    "buckets": (
        "def buckets(days):\n"
        "    return [sum(low <= one <= high for one in days)\n"
        "            for low, high in ((0, 0), (1, 30), (31, 60), (61, 9_999))]"
    ),
    "limit": (
        'def limit(equity, rating):\n    return equity * {"A": 0.1, "B": 0.05, "C": 0.02}[rating]'
    ),
    "total": "total = sum(invoices)",
    "memo": "The reference memo.",
}
TESTS = {
    "dso": """expect(dso, (100, 1000, 365), 36.5)
### BEGIN HIDDEN TESTS
expect(dso, (51, 1020, 360), 18)
### END HIDDEN TESTS""",
    "buckets": """expect(buckets, ([0, 10, 45, 90, 3],), [1, 2, 1, 1])
### BEGIN HIDDEN TESTS
expect(buckets, ([],), [0, 0, 0, 0])
### END HIDDEN TESTS""",
    "limit": """expect(limit, (1_000_000, "A"), 100_000)
### BEGIN HIDDEN TESTS
expect(limit, (777_000, "B"), 38_850)
expect(limit, (3_000_000, "C"), 60_000)
### END HIDDEN TESTS""",
    "total": """assert total == 4_217
### BEGIN HIDDEN TESTS
assert isinstance(total, int)
### END HIDDEN TESTS""",
}
POINTS = {"dso": 2, "buckets": 2, "limit": 3, "total": 2, "memo": 5}
STUB = "raise NotImplementedError()"
WRONG = {"limit": "def limit(equity, rating):\n    return 0", "total": "total = 0"}
# What an attacker has answered by honest work.
OWN = {**{name: RIGHT[name] for name in ("dso", "buckets")}, **WRONG, "memo": "Ask why they pay."}
KEPT = {"test-dso": 2.0, "test-buckets": 2.0, "test-limit": 0.0, "test-total": 0.0}
NOTHING = dict.fromkeys(KEPT, 0.0)
ALL = {f"test-{name}": float(POINTS[name]) for name in TESTS}


def cell(source: str, name: str, kind: str = "code", **mark: object) -> dict:
    """Return a cell of a notebook; with marks, one that nbgrader knows."""
    about = {"solution": False, "grade": False, "locked": False, "task": False}
    marks = {"nbgrader": {**about, "schema_version": 3, **mark}} if mark else {}
    made = {"cell_type": kind, "id": name, "metadata": marks, "source": source}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _written(answers: Mapping[str, str], tests: Mapping[str, str]) -> dict:
    cells = [cell(START, "start")]
    for name, test in tests.items():
        cells.append(cell(answers[name], name, grade_id=name, solution=True))
        mark = {"grade_id": f"test-{name}", "grade": True, "locked": True, "points": POINTS[name]}
        cells.append(cell(test, f"test-{name}", **mark))
    mark = {"grade_id": "memo", "grade": True, "solution": True, "points": POINTS["memo"]}
    cells.append(cell(answers["memo"], "memo", "markdown", **mark))
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": cells}


RELEASE = _written(
    dict.fromkeys(RIGHT, STUB),
    {name: test.partition("### BEGIN")[0].rstrip() for name, test in TESTS.items()},
)
SOURCE = master(_written(RIGHT, TESTS), RELEASE)


@dataclass(frozen=True)
class Submission:
    """A file that somebody hands in, and what it must get.

    `does` says in a line what it tries. `data(victim)` is the file, for a class folder `victim`.
    `scores`: per test, None where it may lose what it had, and gains nothing; `problem` or
    `finding`: the end of a message's key; `waits`: whether the memo waits for the instructor.
    `fools_plain`: the tests that it passes without an answer where they run in the process of the
    code that they test.
    """

    name: str
    does: str
    data: Callable[[Path], bytes]
    scores: Mapping[str, float] | None = field(default_factory=lambda: KEPT)
    problem: str = ""
    finding: str = ""
    waits: bool = True
    fools_plain: tuple[str, ...] = ()


def handed_in(
    answers: Mapping[str, str] = OWN, before: str | tuple[str, ...] = (), after: str = ""
) -> dict:
    """Return the released notebook with answers, and cells added `before` and `after` it all."""
    notebook = copy.deepcopy(RELEASE)
    for one in notebook["cells"]:
        if is_solution(one):
            one["source"] = answers.get(grade_id(one), one["source"])
    added = (before,) if isinstance(before, str) else before
    first = [cell(source, f"mine-{number}") for number, source in enumerate(added)]
    notebook["cells"][1:1] = first
    notebook["cells"] += [cell(after, "mine-last")] if after else []
    return notebook


def in_code(
    name: str,
    does: str,
    *,
    before: str | tuple[str, ...] = (),
    after: str = "",
    answers: Mapping[str, str] | None = None,
    **must: object,
) -> Submission:
    """Return a submission that does what it does in its code; `answers` beside the own ones."""
    notebook = handed_in(OWN | (answers or {}), before, after)
    text = json.dumps(notebook)
    return Submission(name, does, lambda victim: text.replace(VICTIM, str(victim)).encode(), **must)


def in_file(
    name: str, does: str, change: Callable[[dict], dict | bytes | None], **must: object
) -> Submission:
    """Return a submission that changes the notebook of an attacker's own honest work."""

    def data(victim: Path) -> bytes:
        notebook = handed_in()
        changed = change(notebook)
        changed = notebook if changed is None else changed
        return changed if isinstance(changed, bytes) else json.dumps(changed).encode()

    return Submission(name, does, data, **must)


def tests_of(notebook: dict) -> list[dict]:
    """Return the test cells of a notebook."""
    return [one for one in notebook["cells"] if str(grade_id(one)).startswith("test-")]


def named(notebook: dict, name: str) -> dict:
    """Return the cell with this grade id."""
    return next(one for one in notebook["cells"] if grade_id(one) == name)
