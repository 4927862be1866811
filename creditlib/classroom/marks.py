"""The marks of an assignment: read from nbgrader's gradebook, summed up, written as CSV."""

import csv
import io
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import mean

from creditlib.classroom import cohort, notebooks, outline, steps
from creditlib.classroom.cohort import Cohort
from creditlib.classroom.lab import opened
from creditlib.errors import InputError
from creditlib.i18n import text

MASTERED = 0.60  # share of the points from which on a question counts as mastered
HEADING = re.compile(r"^#+ +(.+?)(?:\s*[：:]\s*`|$)", re.MULTILINE)


@dataclass(frozen=True)
class Marks:
    """The marks of one assignment.

    `questions`: points of each; `trainees`: per trainee the points per question, None where there
    are none yet; `waiting`: per trainee the questions that wait for marking by hand (or, if there
    are points already, for another look, because the answer has changed since); `problems`:
    trainee, file and message of what could not be collected or graded. `title` and `titles`: what
    the notebook's headings call the assignment and its questions (`10 Countback`), where they do.
    """

    assignment: str
    questions: Mapping[str, float]
    trainees: Mapping[str, Mapping[str, float | None]]
    waiting: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: Sequence[tuple[str, str, str]] = ()
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def maximum(self) -> float:
        """Points of the whole assignment."""
        return sum(self.questions.values())

    @cached_property
    def marked(self) -> list[str]:
        """The trainees who have any marks: those who could not be graded have none."""
        return [trainee for trainee in self.trainees if self.maximum_so_far(trainee)]

    def named(self, question: str) -> str:
        """Return a question by number, id and title, ``10 `countback` Worse in the season?``."""
        title = self.titles.get(question, "")
        number, _, words = title.partition(" ") if title[:1].isdigit() else ("", "", title)
        return " ".join(filter(None, (number, f"`{question}`", words))) if title else question

    def total(self, trainee: str) -> float:
        """Points of a trainee so far."""
        return sum(points or 0 for points in self.trainees[trainee].values())

    def maximum_so_far(self, trainee: str) -> float:
        """Points of the questions in which a trainee has a mark: all, once nothing waits."""
        marks = self.trainees[trainee]
        return sum(most for question, most in self.questions.items() if marks[question] is not None)

    def percent(self, trainee: str) -> float:
        """Points of a trainee in percent of the maximum of what is marked so far.

        An answer that waits for marking by hand counts neither as won nor as lost.
        """
        return 100 * self.total(trainee) / self.maximum_so_far(trainee)

    def success(self) -> dict[str, float]:
        """Share of a question's points that the class got, the hardest question first.

        Over those who have a mark in it; a question that nobody has a mark in yet is left out.
        """
        rates = {}
        for question, most in self.questions.items():
            given = [self.trainees[trainee][question] for trainee in self.marked]
            given = [points for points in given if points is not None]
            if most and given:
                rates[question] = mean(given) / most
        return dict(sorted(rates.items(), key=lambda item: item[1]))

    def by_waiting_question(self) -> dict[str, list[str]]:
        """Return whose answer waits for marking by hand, per question."""
        found: dict[str, list[str]] = {}
        for trainee, questions in self.waiting.items():
            for question in questions:
                found.setdefault(question, []).append(trainee)
        return found


def read_marks(course: Cohort, assignment: str, found: Mapping | None = None) -> Marks:
    """Return the marks that the gradebook holds and the problems that the class recorded.

    `found` is what the step `marks` finds in the gradebook, if somebody has just read it.
    """
    if not (course.folder / "gradebook.db").exists():
        raise InputError("class.nothing_graded", assignment=assignment)
    found = found or steps.run_once(course, "marks", assignment)
    record = cohort.read_record(course, assignment)
    source = notebooks.read_notebook(course.source(assignment))
    order = notebooks.points(source)
    problems = [
        (one["trainee"], one["file"], text(f"class.problem.{one['problem']}", lang=course.lang))
        for one in record["problems"]
    ]
    ungraded = {
        trainee: outcome["problem"]
        for trainee, outcome in record["graded"].items()
        if outcome["problem"]
    }
    for trainee, (key, values) in ungraded.items():
        file = course.submitted(assignment, trainee).name
        problems.append((trainee, file, text(key, lang=course.lang, **values)))
    return Marks(
        assignment,
        {notebooks.question_of(cell): points for cell, points in order.items()},
        {
            trainee: {
                notebooks.question_of(cell): grades.get(cell, {}).get("points") for cell in order
            }
            for trainee, grades in sorted(found["trainees"].items())
        },
        _waiting(found["trainees"], order, ungraded),
        problems,
        *_headings(source, map(notebooks.question_of, order)),
    )


def _headings(source: Mapping, questions: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return the notebook's first heading, and the heading of each question's task."""
    texts = [cell for cell in source["cells"] if cell["cell_type"] == "markdown"]
    heads = [HEADING.search(notebooks.source_of(cell)) for cell in texts]
    tasks = {
        notebooks.grade_id(cell): head[1] for cell, head in zip(texts, heads, strict=True) if head
    }
    title = next((head[1] for head in heads if head), "")
    return title, {name: tasks[f"task-{name}"] for name in questions if f"task-{name}" in tasks}


def _waiting(
    trainees: Mapping[str, Mapping], order: Iterable[str], ungraded: Container[str]
) -> dict[str, list[str]]:
    waiting = {
        trainee: [
            notebooks.question_of(cell) for cell in order if grades.get(cell, {}).get("waiting")
        ]
        for trainee, grades in sorted(trainees.items())
        # nbgrader has every cell wait until it was graded, if only in an earlier notebook.
        if trainee not in ungraded or any(one["points"] is not None for one in grades.values())
    }
    return {trainee: questions for trainee, questions in waiting.items() if questions}


def waiting_lines(marks: Marks, course: Cohort) -> list[str]:
    """Return, as sentences, whose answers wait for marking by hand, and how to mark them."""
    waiting = marks.by_waiting_question()
    lines = [
        text(
            "class.waiting",
            question=question,
            count=len(names),
            names=text("class.joint").join(names),
        )
        for question, names in waiting.items()
    ]
    return lines + (how_to_mark(course, marks.assignment) if waiting else [])


def how_to_mark(course: Cohort, assignment: str, lang: str | None = None) -> list[str]:
    """Return, as sentences, where answers are marked by hand, and by which rubric."""
    where = {"command": opened(course.folder), "assignment": assignment}
    lines = [text("class.mark_by_hand", lang=lang, **where)]
    guides = cohort.marking_guides(course.folder, assignment)
    if guides.is_dir():
        lines.append(text("class.mark_with", lang=lang, folder=guides))
    return lines


def graded_assignments(course: Cohort) -> list[str]:
    """Return the assignments of a class in which something was graded."""
    known = sorted(path.name for path in (course.folder / "source").iterdir() if path.is_dir())
    return [name for name in known if cohort.read_record(course, name)["graded"]]


def gradebook_csv(marks: Marks, lang: str) -> bytes:
    """Return the marks as CSV that Excel opens as it is: one row per trainee.

    A question is headed by its number, id and title; the percent is that of the total in what is
    marked so far; the last column names what waits.
    """
    columns = ("trainee", "total", "max", "percent", "waits")
    words = [text(f"report.column.gradebook.{name}.head", lang=lang) for name in columns]
    written = io.StringIO()
    table = csv.writer(written)
    heads = [marks.named(question).replace("`", "") for question in marks.questions]
    table.writerow([words[0], *heads, *words[1:]])
    for trainee, points in marks.trainees.items():
        row = [no_formula(trainee), *(_short(points[question]) for question in marks.questions)]
        if trainee in marks.marked:
            row += [_short(marks.total(trainee)), _short(marks.maximum_so_far(trainee))]
            row += [f"{marks.percent(trainee):.1f}", " ".join(marks.waiting.get(trainee, ()))]
        table.writerow(row)
    return written.getvalue().encode("utf-8-sig")


def read_outline(root: Path, assignment: str, lang: str) -> dict[str, list[str]]:
    """Return, per question of an assignment, the outline's points it checks, as `2.1.2 name`.

    Empty where the course's source folder `root` has no outline.
    """
    if not (root / "course" / "syllabus.yml").exists():
        return {}
    checked: dict[str, list[str]] = {}
    for chapter, point in outline.points(outline.chapters(root)):
        if chapter.get("assignment") == assignment:
            for question in point["checked"]:
                checked.setdefault(question, []).append(f"{point['id']} {point[lang]}")
    return checked


def no_formula(name: str) -> str:
    """Return a name that a spreadsheet takes as text.

    >>> no_formula("=cmd|x"), no_formula("Li Min")
    ("'=cmd|x", 'Li Min')
    """
    # Excel would run a cell that begins like this.
    return "'" + name if name.startswith(("=", "+", "-", "@")) else name


def _short(points: float | None) -> str:
    return "" if points is None else f"{points:g}"
