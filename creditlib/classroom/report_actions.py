"""What stands on top of an instructor's report: at most three things to go over again."""

from collections.abc import Sequence
from functools import partial

from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import Marks
from creditlib.classroom.report_points import Point, where_taught
from creditlib.classroom.report_questions import Question
from creditlib.i18n import text

MOST = 3
FINE = 0.80  # share of points from which on a question need not be gone over


def to_go_over(questions: Sequence[Question]) -> list[Question]:
    """Return at most three questions to go over in the next session: where the class lost most.

    Only those with less than 80 % of the points, and of these the lowest shares; a question that
    has to be checked itself is among them, and is then said to be. Of equal shares first the one
    in which more trainees made the same mistake.
    """
    hard = [one for one in questions if one.share.share < FINE]
    return sorted(hard, key=_urgency)[:MOST]


def _urgency(one: Question) -> tuple[float, int, str]:
    shared = len(one.mistake.trainees) if one.mistake else 0
    return one.share.share, -shared, one.name


def actions_section(
    questions: Sequence[Question],
    marks: Marks,
    points: Sequence[Point],
    also: Sequence[tuple[str, str]],
    lang: str,
) -> str:
    """Return the top of the report; `also` are sentences on the rest, each with its section."""
    say = partial(text, lang=lang)
    chosen = [_said(one, marks, points, lang) for one in to_go_over(questions)]
    listed = parts.items(chosen) if chosen else parts.paragraph(say("report.nothing_presses"))
    links = [parts.link(words, name) for words, name in also]
    more = parts.paragraph(parts.Html(" · ".join(links))) if links else ""
    title = say("report.actions" if chosen else "report.actions_none")
    return parts.section(title, listed, more, kind="first")


def _said(one: Question, marks: Marks, points: Sequence[Point], lang: str) -> str:
    say = partial(text, lang=lang)
    sentences = [
        say(
            "report.action.share",
            question=marks.named(one.name),
            share=f"{one.share.share:.0%}",
            n=one.share.n,
        )
    ]
    if one.says == "check":
        sentences.append(say("report.action.check"))
    if one.mistake is not None and len(one.mistake.trainees) > 1:
        count, words = len(one.mistake.trainees), one.mistake.words(lang)
        sentences.append(say("report.action.mistake", count=count, words=words))
    if one.blank:
        sentences.append(say("report.action.blank", count=len(one.blank)))
    if where := where_taught(points, one.name, lang):
        sentences.append(say("report.action.where", where=where))
    return parts.with_code(say("report.sentence_joint").join(sentences))
