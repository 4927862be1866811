"""No hard question hides behind easy ones; who falls behind is so by the rule that is printed."""

import json
import sqlite3

import pytest

from creditlib.classroom.cohort import Cohort
from creditlib.classroom.marks import Marks
from creditlib.classroom.report_history import Stage, behind, history_section, read_stages
from creditlib.classroom.report_points import (
    Point,
    points_section,
    read_points,
    standings,
    where_taught,
)
from creditlib.i18n import text


def class_of(n=40, **solved):
    """A class in which the first `solved` of `n` trainees solved each question."""
    trainees = {
        f"t{place:02}": {name: float(place < count) for name, count in solved.items()}
        for place in range(n)
    }
    return Marks("a", dict.fromkeys(solved, 1.0), trainees)


def state(marks, *questions):
    [found] = standings(marks, [Point("1.1.1", "A", questions)])
    return found


def test_a_hard_question_does_not_hide_behind_easy_ones():
    found = state(class_of(easy=40, fine=40, hard=10), "easy", "fine", "hard")
    assert found.together.share == pytest.approx(0.75)
    assert (found.state, found.worst, found.worst_share.share) == ("not_yet", "hard", 0.25)


def test_a_point_is_mastered_when_each_of_its_questions_surely_is():
    assert state(class_of(one=36, two=38), "one", "two").state == "mastered"
    assert state(class_of(one=26, two=38), "one", "two").state == "unknown"  # 65 %, from 49 % on
    assert state(class_of(n=3, one=3), "one").state == "unknown"  # three are too few


def test_what_nobody_asked_or_nobody_marked_is_not_mastered():
    marks = class_of(one=40)
    assert state(marks).state == state(marks, "elsewhere").state == "unchecked"
    waiting = Marks(
        "a",
        {"one": 1.0, "memo": 5.0},
        {name: {**own, "memo": None} for name, own in marks.trainees.items()},
    )
    assert state(waiting, "memo").state == "unknown"
    assert state(waiting, "memo").together is None
    assert state(waiting, "one", "memo").state == "unknown"
    assert state(waiting, "one").state == "mastered"


def test_what_is_not_mastered_stands_first(lang):
    marks = class_of(one=40, two=5)
    points = [Point("1", "A", ["one"]), Point("2", "B", []), Point("3", "<b>", ["two"])]
    found = standings(marks, points)
    assert [one.state for one in found] == ["not_yet", "mastered", "unchecked"]
    shown = points_section(found, marks, lang)
    assert "3 &lt;b&gt;" in shown
    assert text("report.state.unchecked", lang) in shown
    assert points_section([], marks, lang) == ""


def test_where_a_question_is_taught_names_points_and_each_page_once(root):
    points = read_points(root, "a1-overview", "en")
    where = where_taught(points, "broken_principles", "en")
    assert where.count("Three principles") == 1
    assert all(point in where for point in ("1.2.2", "1.2.3", "1.2.4"))
    assert where_taught(points, "no_such", "en") == ""
    assert read_points(root / "tests", "a1-overview", "en") == []


def stage(name, hand_in=None, **percents):
    how = dict.fromkeys(percents, "handed_in") | (hand_in or {})
    return Stage(name, name, {who: float(one) for who, one in percents.items()}, how)


CLASS = {"b": 70, "c": 70, "d": 70}


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        ([stage("1", a=50, **CLASS)], None),  # one assignment: nothing to compare with
        ([stage("1", a=50, **CLASS), stage("2", a=55, **CLASS)], "low"),
        ([stage("1", a=80, **CLASS), stage("2", a=55, **CLASS)], "dropped"),
        ([stage("1", a=69, **CLASS), stage("2", a=55, **CLASS)], None),  # 14 points lower
        ([stage("1", a=80, **CLASS), stage("2", a=60, **CLASS)], None),  # not below 60 %
        # The assignment was hard for all: nobody fell behind.
        ([stage("1", a=80, b=80, c=80), stage("2", a=50, b=50, c=50)], None),
        ([stage("1", a=80, **CLASS), stage("2", {"a": "missing"}, **CLASS)], "missing"),
        ([stage("1", {"a": "missing"}, **CLASS), stage("2", a=50, **CLASS)], None),
        ([stage("1", a=80, **CLASS), stage("2", {"a": "unreadable"}, **CLASS)], None),
    ],
)
def test_who_falls_behind_does_so_by_the_rule(stages, reason):
    assert behind(stages).get("a") == reason


def test_where_most_have_not_handed_in_yet_nobody_is_behind():
    gone = dict.fromkeys("abc", "missing")
    assert behind([stage("1", a=80, **CLASS), stage("2", gone, d=70)]) == {}
    assert behind([]) == {}


def test_those_who_fall_behind_stand_first(lang):
    stages = [stage("<1>", z=80, **CLASS), stage("2", z=50, **CLASS)]
    shown = history_section(stages, lang)
    assert shown.index("<td>z</td>") < shown.index("<td>b</td>")
    assert "&lt;1&gt;" in shown
    assert text("report.no_due_date", lang) in shown
    assert shown.count("<svg") == 5


@pytest.fixture
def dated(tmp_path):
    """A class with one assignment that was due on 1 March 2026, noon."""
    notebook = tmp_path / "source" / "a" / "x.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text('{"cells": []}')
    book = sqlite3.connect(tmp_path / "gradebook.db")
    book.execute("CREATE TABLE assignment (name VARCHAR, duedate DATETIME)")
    book.execute("INSERT INTO assignment VALUES ('a', '2026-03-01 12:00:00.000000')")
    book.commit()
    book.close()
    times = {
        "early": "2026-03-01 11:59:00.000000 UTC",
        "late": "2026-03-01 12:00:01 UTC",
        "abroad": "2026-03-01 19:30:00+08:00",
        "odd": "tomorrow",
    }
    for name, said in times.items():
        file = tmp_path / "submitted" / name / "a" / "x.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text("{}")
        file.with_name("timestamp.txt").write_text(said)
    (tmp_path / "records").mkdir()
    kept = {"problems": [], "graded": {"early": {"stamp": "", "problem": None}}}
    (tmp_path / "records" / "a.json").write_text(json.dumps(kept))
    return Cohort(tmp_path, "en")


def test_late_and_missing_are_read_from_the_class(dated, tmp_path):
    people = ("early", "late", "abroad", "odd", "gone", "docx")
    trainees = {name: {"q": 1.0 if name in ("early", "late") else None} for name in people}
    marks = Marks("a", {"q": 1.0}, trainees, problems=[("docx", "x.docx", "not a notebook")])
    [found] = read_stages(dated, marks, tmp_path)
    assert found.hand_in == {
        "early": "on_time",
        "late": "late",
        "abroad": "on_time",
        "odd": "handed_in",
        "gone": "missing",
        "docx": "unreadable",
    }
    assert found.percents == {"early": 100, "late": 100}
