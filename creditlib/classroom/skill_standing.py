"""How a class stands in each skill: its own ratings beside its marks in what asks for the skill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from creditlib.classroom.cohort import Cohort
from creditlib.classroom.marks import MASTERED, Marks, graded_assignments, read_marks, read_outline
from creditlib.classroom.report_items import difficulty
from creditlib.classroom.skills import TIMES, Levels

ALONE = 3  # the level from which one says that one can do it alone
ALMOST_ALL = 0.80
FEWEST = 5  # people, of whom it is said that they rate themselves high or low


@dataclass(frozen=True)
class Asked:
    """A graded question: its id, the outline's points that it checks, each trainee's share."""

    question: str
    points: frozenset[str]
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Compared:
    """How `people` who rated a skill after the course, and have marks in it, stand on average."""

    people: int
    level: float
    success: float


@dataclass(frozen=True)
class Standing:
    """A skill of a class: mean levels (None where nobody rated it) and success in its questions.

    `change` is the mean change of those who rated it at both times; `rated` counts those who
    rated it before, after and both times; `success` is the class's share of points over
    `questions` graded questions that ask for the skill, None where there are none; `compared` has
    those people only who have both, a rating after the course and marks.
    """

    skill: str
    name: str
    before: float | None
    after: float | None
    change: float | None
    rated: tuple[int, int, int]
    success: float | None
    questions: int
    compared: Compared | None = None

    @property
    def confidence(self) -> str:
        """`over` or `under` where the rating after the course and the success lie far apart.

        Over: on average said to be done alone (level 3), with less than 60 % of the points.
        Under: on average said to need help (below level 2), with 80 % of them or more.
        Of the same people, five at least; else ``.
        """
        if self.compared is None or self.compared.people < FEWEST:
            return ""
        if self.compared.level >= ALONE and self.compared.success < MASTERED:
            return "over"
        low = self.compared.level < ALONE - 1 and self.compared.success >= ALMOST_ALL
        return "under" if low else ""


def graded_questions(course: Cohort, root: Path) -> list[Asked]:
    """Return `questions_of` every assignment in which the class has marks."""
    found = []
    for assignment in graded_assignments(course):
        if checked := read_outline(root, assignment, course.lang):
            found += questions_of(read_marks(course, assignment), checked)
    return found


def questions_of(marks: Marks, checked: Mapping[str, Sequence[str]]) -> list[Asked]:
    """Return the questions that check points of the outline, once half of the class is marked."""
    return [
        Asked(
            question,
            frozenset(point.split()[0] for point in checked[question]),
            {
                trainee: points / marks.questions[question]
                for trainee in marks.marked
                if (points := marks.trainees[trainee][question]) is not None
            },
        )
        for question in difficulty(marks)
        if question in checked
    ]


def standings(
    skills: Sequence[Mapping],
    levels: Levels,
    questions: Sequence[Asked],
    lang: str,
) -> list[Standing]:
    """Return how the class stands in each skill.

    A skill rests on the questions that it names under `checked`, as far as they check one of its
    own points of the outline.
    """
    return [_standing(skill, levels, questions, lang) for skill in skills]


def _standing(skill, levels: Levels, questions, lang: str) -> Standing:
    pairs = [tuple(given[time].get(skill["id"]) for time in TIMES) for given in levels.values()]
    before = [one for one, _ in pairs if one is not None]
    after = [other for _, other in pairs if other is not None]
    changes = [other - one for one, other in pairs if one is not None and other is not None]
    asked = [
        one
        for one in questions
        if one.question in skill["checked"] and one.points & set(skill["points"])
    ]
    return Standing(
        skill["id"],
        skill[lang],
        mean(before) if before else None,
        mean(after) if after else None,
        mean(changes) if changes else None,
        (len(before), len(after), len(changes)),
        mean(mean(one.shares.values()) for one in asked) if asked else None,
        len(asked),
        _compared(skill["id"], levels, asked),
    )


def _compared(skill: str, levels: Levels, asked: Sequence[Asked]) -> Compared | None:
    both = {
        trainee: (given["after"][skill], shares)
        for trainee, given in levels.items()
        if skill in given["after"]
        and (shares := [one.shares[trainee] for one in asked if trainee in one.shares])
    }
    if not both:
        return None
    return Compared(
        len(both),
        mean(level for level, _ in both.values()),
        mean(mean(shares) for _, shares in both.values()),
    )
