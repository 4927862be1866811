"""What each trainee handed in for an assignment: every graded notebook read once, nothing run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from creditlib.classroom import notebooks
from creditlib.classroom.cohort import Cohort
from creditlib.classroom.repairs import repairs
from creditlib.i18n import catalogue

FAULT = re.compile(r"\[([\w-]+)\]$")  # at the end of a check's recorded error
SHAPE = re.compile(r"\s+")


@dataclass(frozen=True)
class Work:
    """What one trainee handed in.

    `answers`: what was written, per question; `blank`: the questions left as they were released;
    `faults`: the misconception that the checks named, per question (the first check that failed);
    `level`: the sandbox that held while it was graded, `` if not known; `repairs`: what grading
    had to mend or leave out, as sentences.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    faults: Mapping[str, str] = field(default_factory=dict)
    level: str = ""
    repairs: Sequence[str] = ()


@dataclass(frozen=True)
class Handed:
    """The work of a class; `given`: the released cells, `prose`: what is answered in words."""

    works: Mapping[str, Work] = field(default_factory=dict)
    given: Sequence[str] = ()
    prose: Sequence[str] = ()


def read_handed(course: Cohort, assignment: str) -> Handed:
    """Return the work that grading left behind, of each trainee who handed in."""
    release = course.folder / "release" / assignment / course.source(assignment).name
    cells = notebooks.read_notebook(release)["cells"] if release.exists() else []
    stubs = {
        notebooks.grade_id(cell): _shape(cell) for cell in cells if notebooks.is_solution(cell)
    }
    works = {}
    for trainee in course.trainees(assignment):
        path = course.folder / "autograded" / trainee / assignment / release.name
        if path.exists():
            works[trainee] = _work(notebooks.read_notebook(path), stubs, course.lang)
    return Handed(
        works,
        [notebooks.source_of(cell) for cell in cells],
        [
            notebooks.question_of(notebooks.grade_id(cell))
            for cell in cells
            if notebooks.is_solution(cell) and cell["cell_type"] == "markdown"
        ],
    )


def blanks(handed: Handed) -> dict[str, list[str]]:
    """Return who left a question blank, per question."""
    found: dict[str, list[str]] = {}
    for trainee, work in handed.works.items():
        for question in work.blank:
            found.setdefault(question, []).append(trainee)
    return found


def _work(notebook: dict, stubs: Mapping[str, str], lang: str) -> Work:
    answers, blank, faults = {}, set(), {}
    known = catalogue("misconceptions")
    for cell in notebook["cells"]:
        name = notebooks.grade_id(cell)
        if name and notebooks.is_solution(cell):
            if _shape(cell) in ("", stubs.get(name)):
                blank.add(notebooks.question_of(name))
            else:
                answers[notebooks.question_of(name)] = notebooks.source_of(cell)
        if notebooks.is_grade(cell):
            for output in cell.get("outputs", ()):
                fault = FAULT.search(str(output.get("evalue", "")))
                if fault and fault[1] in known:
                    faults.setdefault(notebooks.question_of(name), fault[1])
    level, repairs = _graded_how(notebook.get("metadata", {}).get("creditlib"), lang)
    return Work(answers, frozenset(blank), faults, level, repairs)


def _graded_how(about: object, lang: str) -> tuple[str, list[str]]:
    # What nbgrader itself graded, or an earlier release of the course, may hold anything here.
    found = about if isinstance(about, Mapping) else {}
    level = found.get("level")
    said = list(repairs(found.get("findings"), lang))
    return level if isinstance(level, str) else "", said


def _shape(cell: dict) -> str:
    return SHAPE.sub(" ", notebooks.source_of(cell)).strip()
