"""How a class stands in the points of the outline, judged so that no hard question can hide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from creditlib.classroom import outline
from creditlib.classroom import report_parts as parts
from creditlib.classroom.marks import MASTERED, Marks
from creditlib.classroom.pages import path_of
from creditlib.classroom.report_items import Interval, difficulty, wilson
from creditlib.i18n import text

TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)
STATES = ("not_yet", "unknown", "mastered", "unchecked")  # in the order of the report


@dataclass(frozen=True)
class Point:
    """A point of the outline, the graded questions that check it and the pages that teach it."""

    id: str
    name: str
    questions: Sequence[str]
    pages: Sequence[str] = ()


@dataclass(frozen=True)
class Standing:
    """How a class stands in a point: `state`, all its questions together, the worst of them."""

    point: Point
    state: str
    together: Interval | None = None
    worst: str = ""
    worst_share: Interval | None = None


def read_points(root: Path, assignment: str, lang: str) -> list[Point]:
    """Return the points of the chapter that an assignment belongs to, in the outline's order.

    Empty where the course's source folder `root` has no outline.
    """
    if not (root / "course" / "syllabus.yml").exists():
        return []
    return [
        Point(
            point["id"],
            point[lang],
            [check for check in point.get("checked", ()) if not outline.is_quiz(check)],
            [_title(root, page, lang) for page in point.get("pages", ())],
        )
        for chapter, point in outline.points(outline.chapters(root))
        if chapter.get("assignment") == assignment
    ]


def standings(marks: Marks, points: Sequence[Point]) -> list[Standing]:
    """Return how the class stands in each point: first what it has not mastered.

    `mastered`: in each of its questions the whole 95 % interval lies at 60 % or above; `not_yet`:
    in one of them the whole interval lies below; `unknown`: neither, or an answer nobody has
    marked yet; `unchecked`: no question of this assignment asks for it.
    """
    shares = difficulty(marks)
    found = [_standing(marks, point, shares) for point in points]
    return sorted(
        found,
        key=lambda one: (
            STATES.index(one.state),
            one.worst_share.share if one.worst_share else 1,
        ),
    )


def _standing(marks: Marks, point: Point, shares: Mapping[str, Interval]) -> Standing:
    asked = [question for question in point.questions if question in marks.questions]
    rated = [question for question in asked if question in shares]
    if not rated:
        return Standing(point, "unknown" if asked else "unchecked")
    worst = min(rated, key=lambda question: shares[question].share)
    if any(shares[question].high < MASTERED for question in rated):
        state = "not_yet"
    elif len(rated) == len(asked) and all(shares[one].low >= MASTERED for one in rated):
        state = "mastered"
    else:
        state = "unknown"
    return Standing(point, state, _together(marks, rated), worst, shares[worst])


def _together(marks: Marks, questions: Sequence[str]) -> Interval:
    """Return the mean share of points in some questions, over those with a mark in any of them."""
    shares = []
    for trainee in marks.marked:
        own = marks.trainees[trainee]
        had = [question for question in questions if own[question] is not None]
        if most := sum(marks.questions[question] for question in had):
            shares.append(sum(own[question] for question in had) / most)
    # One trainee's answers hang together: the interval counts trainees, not answers.
    return wilson(min(1.0, sum(shares) / len(shares)), len(shares))


def where_taught(points: Sequence[Point], question: str, lang: str) -> str:
    """Return where a question is taught: the points that it checks and their pages."""
    say = partial(text, lang=lang)
    asked = [point for point in points if question in point.questions]
    named = say("report.joint").join(f"{point.id} {point.name}" for point in asked)
    pages = dict.fromkeys(page for point in asked for page in point.pages)
    if not pages:
        return named
    titles = say("report.page_joint").join(say("report.page", title=title) for title in pages)
    return say("report.where", points=named, pages=titles)


def points_section(found: Sequence[Standing], marks: Marks, lang: str) -> str:
    """Return the points of the outline as a section of the report; empty without an outline."""
    if not found:
        return ""
    say = partial(text, lang=lang)
    rows = [
        (
            f"{one.point.id} {one.point.name}",
            parts.tag(say(f"report.state.{one.state}"), one.state),
            parts.interval(one.together, lang) if one.together else "–",
            parts.with_code(marks.named(one.worst)) if one.worst else "–",
            parts.interval(one.worst_share, lang) if one.worst_share else "–",
        )
        for one in found
    ]
    head = [say(f"report.point_head.{name}") for name in ("point", "state", "share", "worst")]
    table = parts.table([*head, say("report.point_head.worst_share")], rows)
    about = parts.paragraph(say("report.points_about", mastered=f"{MASTERED:.0%}"))
    return parts.section(say("report.points_title"), about, table, name="points")


def _title(root: Path, page: str, lang: str) -> str:
    file = path_of(root, outline.source_name(f"{page}.md"), lang)
    found = TITLE.search(file.read_text(encoding="utf-8")) if file.exists() else None
    return found[1] if found else page
