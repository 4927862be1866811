"""The part of an instructor's report on each question, in figures and in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import Marks
from creditlib.classroom.report_items import (
    FEWEST,
    SMALL,
    Discrimination,
    Interval,
    difficulty,
    discrimination,
    reading,
)
from creditlib.classroom.report_mistakes import Mistake, most_common
from creditlib.i18n import text


@dataclass(frozen=True)
class Question:
    """What is known of a question: how hard, whom it tells apart, who left it blank, what it says.

    `says` is the key of the plain words; `mistake` the most common misconception, if there is one.
    """

    name: str
    share: Interval
    told: Discrimination
    blank: Sequence[str]
    mistake: Mistake | None

    @property
    def says(self) -> str:
        """The key of what share and discrimination say together."""
        return reading(self.share, self.told)


def questions_of_report(
    marks: Marks, blank: Mapping[str, Sequence[str]], mistakes: Sequence[Mistake]
) -> list[Question]:
    """Return what is known of each question that half of the class is marked in, hardest first."""
    common = most_common(mistakes)
    return [
        Question(name, share, discrimination(marks, name), blank.get(name, ()), common.get(name))
        for name, share in difficulty(marks).items()
    ]


def questions_section(found: Sequence[Question], marks: Marks, lang: str) -> str:
    """Return the questions as a section of the report."""
    say = partial(text, lang=lang)
    rows = [
        (
            parts.with_code(marks.named(one.name)),
            parts.interval(one.share, lang),
            parts.tag(say(f"report.reading.{one.says}"), one.says),
            _told(one.told, say),
            str(len(one.blank)),
            _mistake(one, lang),
        )
        for one in found
    ]
    head = ("question", "share", "says", "told", "blank", "mistake")
    table = parts.table([say(f"report.question_head.{name}") for name in head], rows)
    notes = [say("report.questions_about", fewest=FEWEST)]
    known = {one.name for one in found}
    unmarked = [name for name in marks.by_waiting_question() if name not in known]
    if unmarked:
        notes.append(say("report.not_yet", questions=", ".join(map(marks.named, unmarked))))
    shown = [parts.paragraph(parts.with_code(note)) for note in notes]
    return parts.section(say("report.questions"), *small_numbers(marks, lang), *shown, table)


def small_numbers(marks: Marks, lang: str) -> list[str]:
    """Return the warning that a class is small, where it is."""
    n = len(marks.marked)
    if n >= SMALL:
        return []
    return [parts.paragraph(text("report.small", lang=lang, n=n), "note")]


def _told(told: Discrimination, say) -> str:
    if told.reason == "few":
        return "–"  # said once, above the table
    if told.reason:
        return say(f"report.undefined.{told.reason}", fewest=FEWEST, n=told.n)
    return say(
        "report.told",
        r=_two(told.point_biserial),
        low=_two(told.low),
        high=_two(told.high),
        thirds=f"{100 * told.thirds:+.0f}",
    )


def _two(value: float) -> str:
    return f"{round(value, 2) + 0:.2f}"  # not "-0.00"


def _mistake(one: Question, lang: str) -> str:
    if one.mistake is None:
        return "–"
    count = len(one.mistake.trainees)
    return text("report.counted", lang=lang, words=one.mistake.words(lang), count=count)
