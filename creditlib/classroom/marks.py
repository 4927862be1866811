"""The marks of an assignment: read from nbgrader's gradebook, summed up, written as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from creditlib.classroom import cohort, notebooks, outline, steps
from creditlib.classroom.cohort import Cohort
from creditlib.errors import InputError
from creditlib.i18n import text

MASTERED = 0.60  # an outline point counts as mastered by the class from this success rate on


@dataclass(frozen=True)
class Marks:
    """The marks of one assignment.

    `questions`: points of each; `trainees`: per trainee the points per question, None where there
    are none yet; `manual`: who still waits for marking by hand; `problems`: trainee, file and
    message of what could not be collected or graded.
    """

    assignment: str
    questions: Mapping[str, float]
    trainees: Mapping[str, Mapping[str, float | None]]
    manual: Sequence[str] = ()
    problems: Sequence[tuple[str, str, str]] = ()

    @property
    def maximum(self) -> float:
        """Points of the whole assignment."""
        return sum(self.questions.values())

    @property
    def marked(self) -> list[str]:
        """The trainees who have any marks: those who could not be graded have none."""
        return [
            trainee
            for trainee, marks in self.trainees.items()
            if any(points is not None for points in marks.values())
        ]

    def total(self, trainee: str) -> float:
        """Points of a trainee so far."""
        return sum(points or 0 for points in self.trainees[trainee].values())

    def percent(self, trainee: str) -> float:
        """Points of a trainee in percent of the maximum."""
        return 100 * self.total(trainee) / self.maximum

    def success(self) -> dict[str, float]:
        """Share of a question's points that the class got, the hardest question first."""
        marked = [self.trainees[trainee] for trainee in self.marked]
        rates = {
            question: mean((marks[question] or 0) / most for marks in marked)
            for question, most in self.questions.items()
            if most
        }
        return dict(sorted(rates.items(), key=lambda item: item[1]))


def read_marks(course: Cohort, assignment: str) -> Marks:
    """Return the marks that the gradebook holds and the problems that the class recorded."""
    if not (course.folder / "gradebook.db").exists():
        raise InputError("class.nothing_graded", assignment=assignment)
    found = steps.run_once(course, "marks", assignment)
    record = cohort.read_record(course, assignment)
    order = notebooks.points(notebooks.read_notebook(course.source(assignment)))
    problems = [
        (one["trainee"], one["file"], text(f"class.problem.{one['problem']}", lang=course.lang))
        for one in record["problems"]
    ]
    for trainee, outcome in record["graded"].items():
        if outcome["problem"]:
            key, values = outcome["problem"]
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
        [
            trainee
            for trainee, grades in sorted(found["trainees"].items())
            if any(grade["manual"] for grade in grades.values())
        ],
        problems,
    )


def gradebook_csv(marks: Marks, lang: str) -> bytes:
    """Return the marks as CSV that Excel opens as it is: one row per trainee."""
    words = [text(f"report.{name}", lang=lang) for name in ("trainee", "total", "max", "percent")]
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow([words[0], *marks.questions, *words[1:]])
    for trainee, points in marks.trainees.items():
        row = [_no_formula(trainee), *(_short(points[question]) for question in marks.questions)]
        if trainee in marks.marked:
            row += [_short(marks.total(trainee)), _short(marks.maximum)]
            row.append(f"{marks.percent(trainee):.1f}")
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


def weak_points(marks: Marks, checked: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the outline points that fewer than 60 % mastered, with their success rate.

    A point that several questions check has the mean of their rates.
    """
    rates: dict[str, list[float]] = {}
    for question, rate in marks.success().items():
        for point in checked.get(question, ()):
            rates.setdefault(point, []).append(rate)
    means = {point: mean(found) for point, found in rates.items()}
    weak = {point: rate for point, rate in means.items() if rate < MASTERED}
    return dict(sorted(weak.items(), key=lambda item: item[1]))


def _short(points: float | None) -> str:
    return "" if points is None else f"{points:g}"


def _no_formula(name: str) -> str:
    # Excel would run a cell that begins like this.
    return "'" + name if name.startswith(("=", "+", "-", "@")) else name
