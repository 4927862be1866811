"""A class over its assignments: how it and each trainee stand, who falls behind, who is missing."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from creditlib.classroom import outline
from creditlib.classroom import report_parts as parts
from creditlib.classroom.cohort import Cohort, handed_in_at
from creditlib.classroom.marks import MASTERED, Marks, graded_assignments, read_marks
from creditlib.classroom.skills import ASSIGNMENT as SELF_ASSESSMENT
from creditlib.i18n import text

DROP = 15  # percentage points under one's own earlier standing in the class


@dataclass(frozen=True)
class Stage:
    """One assignment of a class: percent and hand-in (`on_time`, `late`, `handed_in`, `missing`).

    `handed_in` where the class has no due date, so that nobody can be late; `unreadable` where
    something was handed in that could not be taken or graded. `percents` has no entry for those
    without marks.
    """

    assignment: str
    title: str
    percents: Mapping[str, float]
    hand_in: Mapping[str, str]

    @property
    def median(self) -> float | None:
        """Median percent of those who have marks, None where nobody has."""
        return median(self.percents.values()) if self.percents else None


def read_stages(course: Cohort, marks: Marks, root: Path) -> list[Stage]:
    """Return every graded assignment of the class that has marks, in the outline's order."""
    names = [name for name in graded_assignments(course) if name != SELF_ASSESSMENT]
    if marks.assignment not in names and marks.assignment != SELF_ASSESSMENT:
        names.append(marks.assignment)
    known = _order(root)
    names.sort(key=lambda name: (known.index(name) if name in known else len(known), name))
    all_marks = [marks if name == marks.assignment else read_marks(course, name) for name in names]
    due = _due_dates(course)
    people = sorted(
        {trainee for one in all_marks for trainee in one.trainees}
        | {trainee for name in names for trainee in course.trainees(name)}
        | {trainee for one in all_marks for trainee, _, _ in one.problems if trainee}
    )
    return [
        Stage(
            one.assignment,
            one.title or one.assignment,
            {trainee: one.percent(trainee) for trainee in one.marked},
            {trainee: _hand_in(course, one, trainee, due) for trainee in people},
        )
        for one in all_marks
    ]


def behind(stages: Sequence[Stage]) -> dict[str, str]:
    """Return who falls behind, each with the reason as a key.

    `missing`: nothing handed in for the last assignment, which at least half of the class handed
    in; `low`: below 60 % in the last two assignments; `dropped`: below 60 % in the last one, and
    15 percentage points or more lower against the class's median than in one's earlier ones.
    With one assignment there is nothing to compare: only `missing` is then said.
    """
    if not stages:
        return {}
    last, earlier = stages[-1], stages[:-1]
    gone = [trainee for trainee, how in last.hand_in.items() if how == "missing"]
    found = dict.fromkeys(gone if 2 * len(gone) <= len(last.hand_in) else (), "missing")
    for trainee, percent in last.percents.items():
        if percent >= 100 * MASTERED or not earlier:
            continue
        had = [one.percents[trainee] for one in earlier if trainee in one.percents]
        before = [one.percents[trainee] - one.median for one in earlier if trainee in one.percents]
        if trainee in earlier[-1].percents and had[-1] < 100 * MASTERED:
            found[trainee] = "low"
        elif before and sum(before) / len(before) - (percent - last.median) >= DROP:
            found[trainee] = "dropped"
    return found


def history_section(stages: Sequence[Stage], lang: str) -> str:
    """Return the class and each trainee over the assignments, those who fall behind first."""
    say = partial(text, lang=lang)
    if not stages:
        return ""
    slow = behind(stages)
    people = sorted(stages[-1].hand_in, key=lambda trainee: (trainee not in slow, trainee))
    drawn = len(stages) > 1
    rows = [
        (
            say("report.class_median"),
            *([parts.line([one.median for one in stages])] if drawn else []),
            *("–" if one.median is None else parts.percent(one.median) for one in stages),
            "",
        )
    ]
    rows += [
        (
            trainee,
            *([parts.line([one.percents.get(trainee) for one in stages])] if drawn else []),
            *(_cell(one, trainee, say) for one in stages),
            parts.tag(say(f"report.behind.{slow[trainee]}"), "not_yet") if trainee in slow else "",
        )
        for trainee in people
    ]
    head = [
        say("report.trainee"),
        *([say("report.line")] if drawn else []),
        *(one.title for one in stages),
    ]
    table = parts.table([*head, say("report.behind_head")], rows)
    dated = any(how in ("late", "on_time") for one in stages for how in one.hand_in.values())
    notes = [say("report.history_about", mastered=f"{MASTERED:.0%}", drop=DROP)]
    notes += [] if dated else [say("report.no_due_date")]
    notes += [say("report.one_stage")] if not drawn else []
    return parts.section(say("report.history"), *map(parts.paragraph, notes), table, name="history")


def _cell(stage: Stage, trainee: str, say) -> str:
    how = stage.hand_in.get(trainee, "missing")
    shown = parts.percent(stage.percents[trainee]) if trainee in stage.percents else ""
    said = "" if how in ("on_time", "handed_in") and shown else say(f"report.hand_in.{how}")
    return " ".join(filter(None, (shown, said)))


def _order(root: Path) -> list[str]:
    if not (root / "course" / "syllabus.yml").exists():
        return []
    return [chapter.get("assignment", "") for chapter in outline.chapters(root)]


def _hand_in(course: Cohort, marks: Marks, trainee: str, due: Mapping[str, datetime]) -> str:
    file = course.submitted(marks.assignment, trainee)
    problems = {name for name, _, _ in marks.problems}
    if not file.exists():
        return "unreadable" if trainee in problems else "missing"
    if trainee not in marks.marked and trainee in problems:
        return "unreadable"
    when = handed_in_at(course, marks.assignment, trainee)
    if marks.assignment not in due or when is None:
        return "handed_in"
    return "late" if when > due[marks.assignment] else "on_time"


def _due_dates(course: Cohort) -> dict[str, datetime]:
    """Return the due dates that were set in formgrader, from the gradebook, opened to be read."""
    book = (course.folder / "gradebook.db").as_uri()
    with closing(sqlite3.connect(f"{book}?mode=ro", uri=True)) as gradebook:
        rows = gradebook.execute("SELECT name, duedate FROM assignment WHERE duedate IS NOT NULL")
        return {name: datetime.fromisoformat(due).replace(tzinfo=UTC) for name, due in rows}
