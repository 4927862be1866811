"""Which misconceptions a class has, as the checks recorded them; nothing is run for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import Marks
from creditlib.classroom.report_points import Point, where_taught
from creditlib.classroom.report_work import Handed
from creditlib.i18n import text


@dataclass(frozen=True)
class Mistake:
    """A misconception in one question, who showed it, and their share of those who were graded."""

    question: str
    fault: str
    trainees: Sequence[str]
    share: float

    def words(self, lang: str) -> str:
        """Return what is wrong, in the class's language."""
        return text(f"misconceptions.{self.fault}", lang)


def mistakes_made(handed: Handed, marks: Marks) -> list[Mistake]:
    """Return the misconceptions in the class, the most frequent first.

    Of each question the first check that failed counts, since nothing after it was asked.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for trainee, work in handed.works.items():
        for question, fault in work.faults.items():
            if question in marks.questions:
                found.setdefault((question, fault), []).append(trainee)
    order = list(marks.questions)
    ranked = sorted(found.items(), key=lambda one: (-len(one[1]), order.index(one[0][0]), one[0]))
    return [
        Mistake(question, fault, who, len(who) / len(handed.works))
        for (question, fault), who in ranked
    ]


def most_common(mistakes: Sequence[Mistake]) -> Mapping[str, Mistake]:
    """Return the most frequent misconception of each question that has one."""
    found: dict[str, Mistake] = {}
    for one in mistakes:
        found.setdefault(one.question, one)
    return found


def mistakes_section(
    mistakes: Sequence[Mistake], marks: Marks, points: Sequence[Point], lang: str
) -> str:
    """Return the misconceptions as a section of the report; empty if there are none."""
    if not mistakes:
        return ""
    say = partial(text, lang=lang)
    often = [one for one in mistakes if len(one.trainees) > 1]
    once = [one for one in mistakes if len(one.trainees) == 1]
    shown = [parts.paragraph(say("report.mistakes_about"))]
    if often:
        shown.append(_table(often, marks, points, lang))
    if once:
        folded = _table(once, marks, points, lang)
        shown.append(parts.details(say("report.made_once", count=len(once)), folded))
    return parts.section(say("report.mistakes"), *shown, name="mistakes")


def _table(mistakes: Sequence[Mistake], marks: Marks, points: Sequence[Point], lang: str) -> str:
    say = partial(text, lang=lang)
    rows = [
        (
            parts.details(one.words(lang), parts.paragraph(say("report.joint").join(one.trainees))),
            parts.with_code(marks.named(one.question)),
            str(len(one.trainees)),
            f"{one.share:.0%}",
            where_taught(points, one.question, lang),
        )
        for one in mistakes
    ]
    head = ("mistake", "question", "trainees", "share_of_class", "where_head")
    return parts.table([say(f"report.{name}") for name in head], rows)
