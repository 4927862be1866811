"""The tables beside an instructor's report: CSV files that Excel opens as they are."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import Marks, no_formula
from creditlib.classroom.report_alike import Alike
from creditlib.classroom.report_history import Stage, behind
from creditlib.classroom.report_mistakes import Mistake
from creditlib.classroom.report_points import Point, Standing, where_taught
from creditlib.classroom.report_questions import Question
from creditlib.classroom.report_work import Work
from creditlib.i18n import catalogue, text

Row = Mapping[str, object]


def columns_of(file: str) -> list[str]:
    """Return the columns of a file, in order: those that the message catalogue describes."""
    return list(catalogue("report")["column"][file])


def table_csv(file: str, rows: Iterable[Row], lang: str) -> bytes:
    """Return rows as the CSV `file`, UTF-8 with BOM, headed in the class's language.

    A share is a number between 0 and 1; what is not known is empty, never 0; a text that a
    spreadsheet would run is marked as text.
    """
    columns = columns_of(file)
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_head(file, column, lang) for column in columns)
    for row in rows:
        table.writerow(_cell(row[column]) for column in columns)
    return written.getvalue().encode("utf-8-sig")


def files_section(assignment: str, files: Sequence[str], lang: str) -> str:
    """Return what the files beside the report hold, column by column, folded."""
    say = partial(text, lang=lang)
    head = [say("report.column_head"), say("report.column_about")]
    listed = [
        parts.details(
            f"{assignment}-{file}.csv",
            parts.table(
                head,
                [
                    (_head(file, name, lang), say(f"report.column.{file}.{name}.about"))
                    for name in columns_of(file)
                ],
            ),
        )
        for file in files
    ]
    return parts.section(say("report.files"), parts.paragraph(say("report.files_about")), *listed)


def trainee_rows(
    marks: Marks, works: Mapping[str, Work], stages: Sequence[Stage], lang: str
) -> list[Row]:
    """Return a row per trainee of the class, also those who handed in nothing."""
    slow = behind(stages)
    last = {one.assignment: one for one in stages}.get(marks.assignment)
    people = sorted(set(marks.trainees) | set(last.hand_in if last else ()))
    return [_trainee(who, marks, works.get(who), last, slow.get(who), lang) for who in people]


def _trainee(who: str, marks: Marks, work: Work | None, last: Stage | None, slow, lang: str) -> Row:
    marked = who in marks.marked
    hand_in = last.hand_in.get(who) if last else None
    return {
        "trainee": who,
        "points": marks.total(who) if marked else None,
        "max": marks.maximum_so_far(who) if marked else None,
        "percent": round(marks.percent(who), 1) if marked else None,
        "waits": " ".join(marks.waiting.get(who, ())),
        "blank": len(work.blank) if work else None,
        "hand_in": text(f"report.hand_in.{hand_in}", lang=lang) if hand_in else "",
        "behind": text(f"report.behind.{slow}", lang=lang) if slow else "",
        "level": work.level if work else "",
        "repairs": " ".join(work.repairs) if work else "",
    }


def question_rows(found: Sequence[Question], marks: Marks, lang: str) -> list[Row]:
    """Return a row per question, the hardest first."""
    return [
        {
            "question": one.name,
            "title": marks.named(one.name).replace("`", ""),
            **_interval(one.share),
            "point_biserial": _short(one.told.point_biserial),
            "r_low": _short(one.told.low),
            "r_high": _short(one.told.high),
            "thirds": _short(one.told.thirds),
            "reason": one.told.reason,
            "reading": text(f"report.reading.{one.says}", lang=lang),
            "blank": len(one.blank),
            "mistake": one.mistake.words(lang) if one.mistake else "",
            "made_by": len(one.mistake.trainees) if one.mistake else 0,
        }
        for one in found
    ]


def point_rows(found: Sequence[Standing], lang: str) -> list[Row]:
    """Return a row per point of the outline."""
    return [
        {
            "point": one.point.id,
            "name": one.point.name,
            "state": text(f"report.state.{one.state}", lang=lang),
            **_interval(one.together),
            "worst": one.worst,
            **{f"worst_{name}": value for name, value in _interval(one.worst_share).items()},
            "pages": text("report.joint", lang=lang).join(one.point.pages),
        }
        for one in found
    ]


def mistake_rows(found: Sequence[Mistake], points: Sequence[Point], lang: str) -> list[Row]:
    """Return a row per misconception and question."""
    return [
        {
            "question": one.question,
            "id": one.fault,
            "mistake": one.words(lang),
            "count": len(one.trainees),
            "share": _short(one.share),
            "trainees": text("report.joint", lang=lang).join(one.trainees),
            "where": where_taught(points, one.question, lang),
        }
        for one in found
    ]


def pair_rows(found: Sequence[Alike]) -> list[Row]:
    """Return a row per pair whose answers are alike."""
    return [
        {
            "first": one.pair[0],
            "second": one.pair[1],
            "mean": _short(one.mean),
            "answers": len(one.likeness),
            "same": len(one.nearly_same),
            "questions": " ".join(one.nearly_same),
            "mistakes": " ".join(one.mistakes),
        }
        for one in found
    ]


def _interval(found) -> dict[str, float | int | None]:
    if found is None:
        return dict.fromkeys(("share", "low", "high", "n"))
    shares = {name: _short(getattr(found, name)) for name in ("share", "low", "high")}
    return shares | {"n": found.n}


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _head(file: str, column: str, lang: str) -> str:
    return text(f"report.column.{file}.{column}.head", lang=lang)


def _cell(value: object) -> object:
    if value is None:
        return ""
    return no_formula(value) if isinstance(value, str) else f"{value:g}"
