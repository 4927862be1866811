"""What a trainee is told of a graded notebook, as plain data; `feedback_page` shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from creditlib.classroom import notebooks
from creditlib.classroom.feedback_said import Said, said_by
from creditlib.classroom.grading.rebuild import is_unanswered
from creditlib.classroom.marks import HEADING
from creditlib.classroom.repairs import repairs


@dataclass(frozen=True)
class Mark:
    """The mark of a graded cell: `points` (None: none yet) of `most`.

    `waits`: an instructor is to look at it, for the first time or again; `by_hand`: an instructor
    gave the points.
    """

    points: float | None
    most: float
    waits: bool = False
    by_hand: bool = False


@dataclass(frozen=True)
class Question:
    """A question as a trainee handed it in and as it was marked.

    `state` is `right`, `partly`, `wrong`, `blank` (unanswered, no points) or `waits` (no points
    yet); `answers` are the cells that the trainee wrote; `again` says that the answer changed
    since it was marked.
    """

    name: str
    title: str
    points: float | None
    most: float
    state: str
    answers: Sequence[Mapping]
    said: Said
    blank: bool = False
    again: bool = False
    by_hand: bool = False
    comment: str = ""

    @property
    def missed(self) -> bool:
        """Say whether points are missing that are not to come yet."""
        return self.points is not None and self.points < self.most


@dataclass(frozen=True)
class Feedback:
    """All that a page says: `title` of the assignment, its questions, what grading put right
    (sentences) and the cells that the trainee added.
    """

    title: str
    questions: Sequence[Question]
    repairs: Sequence[str]
    added: Sequence[Mapping]

    @property
    def points(self) -> float:
        """Points so far."""
        return sum(one.points or 0 for one in self.questions)

    @property
    def most(self) -> float:
        """Points of the questions that have a mark."""
        return sum(one.most for one in self.questions if one.points is not None)

    @property
    def waiting(self) -> float:
        """Points of the questions that have no mark yet."""
        return sum(one.most for one in self.questions if one.points is None)


def feedback_of(
    graded: Mapping,
    source: Mapping,
    marks: Mapping[str, Mark],
    comments: Mapping[str, str],
    lang: str,
) -> Feedback:
    """Return what to tell the trainee of the notebook `graded`.

    `source` is the instructor's notebook, `marks` and `comments` what the gradebook holds per
    graded and per answer cell. Works for what our engine left and for what nbgrader's own
    autograde did.
    """
    about = graded.get("metadata", {}).get("creditlib")
    about = about if isinstance(about, Mapping) else {}
    texts = {notebooks.source_of(cell).strip() for cell in source["cells"]}
    heads = _headings(source)
    groups: dict[str, list[Mapping]] = {}
    added = []
    for cell in graded["cells"]:
        if name := notebooks.grade_id(cell):
            groups.setdefault(notebooks.question_of(name), []).append(cell)
        elif (written := notebooks.source_of(cell).strip()) and written not in texts:
            added.append(cell)
    messages = about.get("messages")
    questions = [
        _question(name, heads.get(f"task-{name}", name), cells, marks, comments, messages, lang)
        for name, cells in groups.items()
        if any(notebooks.grade_id(cell) in marks for cell in cells)
    ]
    titles = {one.name: one.title for one in questions}

    def named(cell: str) -> str:
        return titles.get(notebooks.question_of(cell), cell)

    put_right = list(repairs(about.get("findings"), lang, named))
    return Feedback(heads.get("", ""), questions, put_right, added)


def _question(name, title, cells, marks, comments, messages, lang) -> Question:
    ids = [notebooks.grade_id(cell) for cell in cells]
    found = [marks[one] for one in ids if one in marks]
    given = [mark.points for mark in found if mark.points is not None]
    points = sum(given) if len(given) == len(found) else None
    most = sum(mark.most for mark in found)
    answers = [cell for cell in cells if notebooks.is_solution(cell)]
    blank = bool(answers) and all(map(is_unanswered, answers))
    tests = [cell for cell in cells if notebooks.is_grade(cell) and cell not in answers]
    messages = messages if isinstance(messages, Mapping) else {}
    said = [said_by(cell, messages.get(notebooks.grade_id(cell)), lang) for cell in tests]
    return Question(
        name,
        title,
        points,
        most,
        _state(points, most, blank),
        [] if blank else answers,
        _first_failed(said) if tests else Said(tested=False),
        blank=blank,
        again=points is not None and any(mark.waits for mark in found),
        by_hand=any(mark.by_hand for mark in found),
        comment="\n\n".join(comments[one] for one in dict.fromkeys(ids) if comments.get(one)),
    )


def _first_failed(said: Sequence[Said]) -> Said:
    """Return what the first test said that failed; where none did, the mistakes of them all."""
    mistakes = dict.fromkeys(mistake for one in said for mistake in one.mistakes)
    return next((one for one in said if one.message), Said(mistakes=tuple(mistakes)))


def _state(points: float | None, most: float, blank: bool) -> str:
    if points is None:
        return "waits"
    if points >= most:
        return "right"
    if points > 0:
        return "partly"
    return "blank" if blank else "wrong"


def _headings(source: Mapping) -> dict[str, str]:
    """Return the heading of each marked text, by its id; under "" the first heading of all."""
    found: dict[str, str] = {}
    for cell in source["cells"]:
        head = HEADING.search(notebooks.source_of(cell))
        if head and cell["cell_type"] == "markdown":
            found.setdefault("", head[1])
            found.setdefault(notebooks.grade_id(cell) or "", head[1])
    return found
