"""What trainees say of their own skills, before and after the course.

The levels are read from the notebooks that were handed in, as text: nothing in them is run.
"""

import ast
import csv
import io
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from creditlib.classroom import notebooks
from creditlib.classroom.cohort import Cohort
from creditlib.classroom.marks import (
    no_formula,
)
from creditlib.i18n import text

ASSIGNMENT = "self-assessment"
TIMES = ("before", "after")
LONGEST = 10_000  # characters of a cell that is still read as a table of levels

Levels = Mapping[str, Mapping[str, Mapping[str, int]]]  # trainee → before/after → skill → level


def read_skills(root: Path) -> list[dict]:
    """Return the skills of `course/skills.yml`; none where `root` does not hold the course."""
    import yaml

    path = root / "course" / "skills.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["skills"] if path.exists() else []


def read_levels(course: Cohort, skills: Sequence[Mapping]) -> Levels:
    """Return the levels that each trainee of the class gave; empty without the assignment."""
    if not (course.folder / "source" / ASSIGNMENT).is_dir():
        return {}
    names = [skill["id"] for skill in skills]
    highest = {skill["id"]: len(skill["levels"]) - 1 for skill in skills}
    found = {}
    for trainee in course.trainees(ASSIGNMENT):
        notebook = notebooks.read_notebook(course.submitted(ASSIGNMENT, trainee))
        given = {time: levels_given(notebook, time) for time in TIMES}
        found[trainee] = {
            time: {
                skill: given[time][skill]
                for skill in names
                if _is_level(given[time].get(skill), highest[skill])
            }
            for time in TIMES
        }
    return found


def levels_given(notebook: Mapping, time: str) -> dict:
    """Return the table that the cell `before` or `after` assigns to `my_levels_…`.

    Only a dictionary written out in full counts; anything else is as if nothing was given.

    >>> def told(source):
    ...     mark = {"nbgrader": {"grade_id": "before"}}
    ...     cell = {"cell_type": "code", "metadata": mark, "source": source}
    ...     return levels_given({"cells": [cell]}, "before")
    >>> told('my_levels_before = {"terms": 2, "law": None}')
    {'terms': 2, 'law': None}
    >>> told('my_levels_before = dict(terms=2)')
    {}
    """
    cells = [cell for cell in notebook["cells"] if notebooks.grade_id(cell) == time]
    try:
        (source,) = map(notebooks.source_of, cells)
        found = _assigned(source, f"my_levels_{time}")
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _assigned(source: str, name: str) -> object:
    """Return what the last assignment to `name` writes out; ValueError where there is none."""
    if len(source) > LONGEST:
        raise ValueError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a backslash in a trainee's text
        statements = ast.parse(source).body
    values = [
        statement.value
        for statement in statements
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id == name
    ]
    if not values:
        raise ValueError
    return ast.literal_eval(values[-1])


def not_given(levels: Levels, skills: Sequence[Mapping]) -> list[tuple[str, str, list[str]]]:
    """Return who left what unrated: trainee, time and skills.

    A time at which nobody has rated anything yet is left out: it has not come.
    """
    return [
        (trainee, time, missing)
        for time in TIMES
        if any(given[time] for given in levels.values())
        for trainee, given in levels.items()
        if (missing := [skill["id"] for skill in skills if skill["id"] not in given[time]])
    ]


def levels_csv(levels: Levels, skills: Sequence[Mapping], lang: str) -> bytes:
    """Return the levels as CSV that Excel opens as it is: one row per trainee."""
    written = io.StringIO()
    table = csv.writer(written)
    columns = [
        text(f"skills.column.{time}", lang=lang, skill=skill[lang])
        for skill in skills
        for time in TIMES
    ]
    table.writerow([text("report.trainee", lang=lang), *columns])
    for trainee, given in levels.items():
        row = [given[time].get(skill["id"], "") for skill in skills for time in TIMES]
        table.writerow([no_formula(trainee), *row])
    return written.getvalue().encode("utf-8-sig")


def _is_level(value: object, highest: int) -> bool:
    return type(value) is int and 0 <= value <= highest
