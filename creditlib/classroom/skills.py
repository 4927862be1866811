"""What trainees say of their own skills, before and after the course, beside what they can do.

The levels are read from the notebooks that were handed in, as text: nothing in them is run.
"""

import ast
import csv
import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from creditlib.classroom import notebooks
from creditlib.classroom.cohort import Cohort
from creditlib.classroom.marks import (
    MASTERED,
    Marks,
    graded_assignments,
    no_formula,
    read_marks,
    read_outline,
)
from creditlib.i18n import text

ASSIGNMENT = "self-assessment"
TIMES = ("before", "after")
LONGEST = 10_000  # characters of a cell that is still read as a table of levels
ALONE = 3  # the level from which one says that one can do it alone
ALMOST_ALL = 0.80

Levels = Mapping[str, Mapping[str, Mapping[str, int]]]  # trainee → before/after → skill → level


@dataclass(frozen=True)
class Standing:
    """A skill of a class: mean levels (None where nobody rated it) and success in its questions.

    `change` is the mean change of those who rated it at both times; `rated` counts those who
    rated it before, after and both times; `success` is a share of points over `questions` graded
    questions of the same outline points, None where there are none.
    """

    skill: str
    name: str
    before: float | None
    after: float | None
    change: float | None
    rated: tuple[int, int, int]
    success: float | None
    questions: int

    @property
    def confidence(self) -> str:
        """`over` or `under` where the newest rating and the success lie far apart, else ``.

        Over: on average said to be done alone (level 3), with less than 60 % of the points.
        Under: on average said to need help (below level 2), with 80 % of them or more.
        """
        level = self.before if self.after is None else self.after
        if level is None or self.success is None:
            return ""
        if level >= ALONE and self.success < MASTERED:
            return "over"
        return "under" if level < ALONE - 1 and self.success >= ALMOST_ALL else ""


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


def graded_questions(course: Cohort, root: Path) -> list[tuple[set[str], float]]:
    """Return `questions_of` every assignment in which the class has marks."""
    found = []
    for assignment in graded_assignments(course):
        if checked := read_outline(root, assignment, course.lang):
            found += questions_of(read_marks(course, assignment), checked)
    return found


def questions_of(
    marks: Marks, checked: Mapping[str, Sequence[str]]
) -> list[tuple[set[str], float]]:
    """Return, per question that checks points of the outline, their ids and the class's success."""
    return [
        ({point.split()[0] for point in checked[question]}, rate)
        for question, rate in marks.success().items()
        if question in checked
    ]


def standings(
    skills: Sequence[Mapping],
    levels: Levels,
    questions: Sequence[tuple[set[str], float]],
    lang: str,
) -> list[Standing]:
    """Return how the class stands in each skill."""
    return [_standing(skill, levels, questions, lang) for skill in skills]


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


def _standing(skill, levels: Levels, questions, lang: str) -> Standing:
    pairs = [tuple(given[time].get(skill["id"]) for time in TIMES) for given in levels.values()]
    before = [one for one, _ in pairs if one is not None]
    after = [other for _, other in pairs if other is not None]
    changes = [other - one for one, other in pairs if one is not None and other is not None]
    rates = [rate for points, rate in questions if points & set(skill["points"])]
    return Standing(
        skill["id"],
        skill[lang],
        mean(before) if before else None,
        mean(after) if after else None,
        mean(changes) if changes else None,
        (len(before), len(after), len(changes)),
        mean(rates) if rates else None,
        len(rates),
    )


def _is_level(value: object, highest: int) -> bool:
    return type(value) is int and 0 <= value <= highest
