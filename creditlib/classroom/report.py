"""What an instructor keeps of a graded assignment: the gradebook (CSV) and one page (HTML)."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from statistics import mean, median

import creditlib
from creditlib.classroom import cohort
from creditlib.classroom.cohort import cohort_at
from creditlib.classroom.marks import (
    MASTERED,
    Marks,
    gradebook_csv,
    read_marks,
    read_outline,
    weak_points,
)
from creditlib.errors import InputError
from creditlib.i18n import text

ROOT = Path(creditlib.__file__).parent.parent
BANDS = 10  # of the histogram, ten percent each; 100 % falls in the last
STYLE = """
body { font: 15px/1.5 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif;
  color: #222; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
table { border-collapse: collapse; } th, td { padding: .2rem .8rem; text-align: left; }
tr + tr { border-top: 1px solid #ddd; } td.number { text-align: right; }
.facts { display: flex; gap: 2.5rem; } .facts b { display: block; font-size: 1.5rem; }
.bar { background: #e8eef5; width: 12rem; } .bar i { display: block; height: .8rem; }
.good { background: #2f6f9f; } .weak { background: #c0562f; }
@media print { body { margin: 0; max-width: none; } }
"""


def report(
    folder: str | Path, assignment: str, outline: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Write `report/<assignment>-gradebook.csv` and `report/<assignment>.html` in the class.

    `outline` gives, per question, the points of the course outline that it checks; by default as
    in `course/syllabus.yml`.
    """
    course = cohort_at(folder, assignment)
    marks = read_marks(course, assignment)
    if not marks.marked:
        raise InputError("class.nothing_graded", assignment=assignment)
    outline = read_outline(ROOT, assignment, course.lang) if outline is None else outline
    place = course.folder / "report"
    gradebook, shown = place / f"{assignment}-gradebook.csv", place / f"{assignment}.html"
    cohort.write_whole(gradebook, gradebook_csv(marks, course.lang))
    cohort.write_whole(shown, page(marks, outline, course.lang).encode())
    print(text("report.written", page=shown, gradebook=gradebook))


def page(marks: Marks, outline: Mapping[str, Sequence[str]], lang: str) -> str:
    """Return the report as one HTML page that needs no other file; all names are escaped."""

    def say(name: str, **values: object) -> str:
        return escape(text(f"report.{name}", lang=lang, **values))

    percents = [marks.percent(trainee) for trainee in marks.marked]
    facts = {
        "count": len(percents),
        "mean": f"{mean(percents):.1f} %",
        "median": f"{median(percents):.1f} %",
        "manual": len(marks.manual),
        "problems": len(marks.problems),
    }
    title = say("title", assignment=marks.assignment)
    order = sorted(marks.marked, key=marks.total, reverse=True)
    totals = [
        (who, f"{marks.total(who):g} / {marks.maximum:g}", f"{marks.percent(who):.1f}")
        for who in order
    ]
    sections = [
        (say("distribution"), _histogram(percents, say("distribution_about"))),
        (say("questions"), _rates(marks.success())),
        (say("marks"), _table([say(head) for head in ("trainee", "points", "percent")], totals)),
    ]
    if any(outline.get(question) for question in marks.questions):
        weak = weak_points(marks, outline)
        content = _rates(weak) if weak else f"<p>{say('no_weak')}</p>"
        sections.insert(2, (say("weak"), content))
    if marks.manual:
        sections.append((say("waiting"), _table([say("trainee")], [[who] for who in marks.manual])))
    if marks.problems:
        head = [say("trainee"), say("file"), say("what")]
        sections.append((say("troubles"), _table(head, marks.problems)))
    shown = "".join(f"<div><b>{value}</b>{say(name)}</div>" for name, value in facts.items())
    body = "".join(f"<section><h2>{head}</h2>{content}</section>" for head, content in sections)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<style>{STYLE}</style></head><body><h1>{title}</h1><div class="facts">{shown}</div>'
        f"{body}</body></html>\n"
    )


def _histogram(percents: Sequence[float], about: str) -> str:
    counts = [0] * BANDS
    for percent in percents:
        counts[min(int(percent * BANDS / 100), BANDS - 1)] += 1
    width, height, highest = 56, 140, max(counts)
    parts = []
    for band, count in enumerate(counts):
        tall, left = round(height * count / highest), band * width
        parts.append(
            f'<rect x="{left + 3}" y="{20 + height - tall}" width="{width - 6}" height="{tall}"'
            f' fill="#2f6f9f"/><text x="{left + width / 2}" y="{height + 36}"'
            f' text-anchor="middle">{band * 10}–{band * 10 + 10}</text>'
        )
        if count:
            parts.append(
                f'<text x="{left + width / 2}" y="{15 + height - tall}"'
                f' text-anchor="middle">{count}</text>'
            )
    size = f'width="{BANDS * width}" height="{height + 44}"'
    return (
        f'<svg {size} role="img" aria-label="{about}" font-size="12">'
        f'<line x1="0" x2="{BANDS * width}" y1="{20 + height}" y2="{20 + height}" stroke="#888"/>'
        f"{''.join(parts)}</svg><p>{about}</p>"
    )


def _rates(rates: Mapping[str, float]) -> str:
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="number">{rate:.0%}</td><td><div class="bar">'
        f'<i class="{"good" if rate >= MASTERED else "weak"}" style="width:{rate:.0%}"></i>'
        "</div></td></tr>"
        for name, rate in rates.items()
    )
    return f"<table>{rows}</table>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    first = "".join(f"<th>{name}</th>" for name in head)
    others = "".join(
        f"<tr>{''.join(f'<td>{escape(value)}</td>' for value in row)}</tr>" for row in rows
    )
    return f"<table><tr>{first}</tr>{others}</table>"
