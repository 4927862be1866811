"""The report says what the marks say, in the class's language, and runs nothing it was given."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from creditlib.classroom.cohort import Cohort
from creditlib.classroom.marks import Marks, gradebook_csv, read_outline, weak_points
from creditlib.classroom.report import page
from creditlib.classroom.report_mistakes import mistakes_made, mistakes_table
from creditlib.i18n import text

MARKS = Marks(
    "a2",
    {"dupont": 2.0, "auc": 3.0, "memo": 5.0},
    {
        "张三": {"dupont": 2.0, "auc": 3.0, "memo": 5.0},
        "李 四": {"dupont": 2.0, "auc": 0.0, "memo": 2.6},
        "<script>alert(1)</script>": {"dupont": 0.0, "auc": 0.0, "memo": None},
        "=cmd|x": {"dupont": 2.0, "auc": 0.0, "memo": 0.0},
        "王五": {"dupont": None, "auc": None, "memo": None},
    },
    waiting={"<script>alert(1)</script>": ["memo"]},
    problems=[("王五", "<b>.ipynb", "kernel & died")],
)
OUTLINE = {"dupont": ["2.1.1 财务报表分析"], "auc": ["2.1.3 机器学习", "2.1.2 <评分>"]}


def test_the_gradebook_opens_in_excel_with_every_question_and_total():
    written = gradebook_csv(MARKS, "zh")
    assert written.startswith("\ufeff学员,".encode())
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert rows[0] == [
        *("学员", "dupont", "auc", "memo", "总分", "已评题目满分", "得分率（%）", "待评")
    ]
    assert rows[2] == ["李 四", "2", "0", "2.6", "4.6", "10", "46.0", ""]


def test_a_name_that_excel_would_run_is_text():
    assert b"\n'=cmd|x,2," in gradebook_csv(MARKS, "en")


def test_until_all_is_marked_a_percent_is_of_what_is_marked_so_far():
    waiting = Marks("a2", {"auc": 3.0, "memo": 5.0}, {"张三": {"auc": 1.5, "memo": None}})
    assert (waiting.total("张三"), waiting.maximum_so_far("张三")) == (1.5, 3)
    assert waiting.percent("张三") == 50
    complete = Marks("a2", waiting.questions, {"张三": {"auc": 1.5, "memo": 2.5}})
    assert complete.percent("张三") == 50
    assert complete.maximum_so_far("张三") == complete.maximum == 8


def test_a_question_that_nobody_has_a_mark_in_yet_has_no_success():
    one = {"张三": {"auc": 3.0, "memo": None}}
    waiting = Marks("a2", {"auc": 3.0, "memo": 5.0}, one, {"张三": ["memo"]})
    assert waiting.success() == {"auc": 1.0}
    assert weak_points(waiting, {"memo": ["1.1.1 A"]}) == {}
    assert "Not marked for anyone yet: memo" in page(waiting, {}, "en")


def test_the_page_says_who_waits_that_percents_are_provisional_and_how_to_mark(lang):
    how = ["cd <class> && jupyter lab"]
    shown = page(MARKS, OUTLINE, lang, how)
    assert ("暂时" in shown) == (lang == "zh")
    assert ("provisional" in shown) == (lang == "en")
    assert "cd &lt;class&gt; &amp;&amp; jupyter lab" in shown
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>memo</td>" in shown
    complete = Marks("a2", MARKS.questions, MARKS.trainees)
    assert "provisional" not in page(complete, OUTLINE, "en", how)
    assert "jupyter" not in page(complete, OUTLINE, "en", how)


def test_an_answer_that_changed_after_it_was_marked_is_to_be_looked_at_again(in_english):
    changed = Marks("a2", {"memo": 5.0}, {"张三": {"memo": 4.0}}, {"张三": ["memo"]})
    assert "memo (changed since it was marked: look again)" in page(changed, {}, "en")


def test_who_could_not_be_graded_has_no_marks_and_counts_in_no_mean():
    assert "王五" not in MARKS.marked
    assert MARKS.success() == {"auc": 0.25, "memo": pytest.approx(7.6 / 15), "dupont": 0.75}
    assert "王五,,,\r\n".encode() in gradebook_csv(MARKS, "en")


def test_an_outline_point_is_weak_below_sixty_percent():
    assert weak_points(MARKS, OUTLINE) == {"2.1.3 机器学习": 0.25, "2.1.2 <评分>": 0.25}
    assert weak_points(MARKS, {}) == {}


def test_the_page_says_mean_median_and_distribution(lang):
    shown = page(MARKS, OUTLINE, lang)
    assert f'<html lang="{lang}">' in shown
    assert "<b>41.5%</b>" in shown  # mean of 100, 46, 0 and 20
    assert "<b>33%</b>" in shown
    assert "<b>100%</b>" in page(Marks("a2", {"auc": 1.0}, {"张三": {"auc": 1.0}}), {}, lang)
    assert len(re.findall("<rect", shown)) == 10
    assert ("平均得分率" in shown) == (lang == "zh")


def test_the_page_runs_nothing_and_asks_no_other_host(lang):
    tags, attributes = set(), set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            attributes.update(name for name, _ in attrs)

    Reader().feed(page(MARKS, OUTLINE, lang))
    assert not tags & {"script", "b.ipynb", "link", "img"}
    assert not attributes & {"src", "href"}
    assert "&lt;script&gt;alert(1)" in page(MARKS, OUTLINE, lang)
    assert "kernel &amp; died" in page(MARKS, OUTLINE, lang)


def test_a_page_without_an_outline_claims_nothing_about_it(in_english):
    assert "60%" not in page(MARKS, {}, "en")


def test_the_outline_is_read_from_the_syllabus(tmp_path):
    assert read_outline(tmp_path, "a2", "zh") == {}
    syllabus = tmp_path / "course" / "syllabus.yml"
    syllabus.parent.mkdir()
    point = "{id: 2.1.1, zh: 财务报表分析, en: Statements, checked: [dupont, q.json]}"
    syllabus.write_text(
        f"- {{assignment: a2, sections: [{{points: [{point}]}}]}}", encoding="utf-8"
    )
    assert read_outline(tmp_path, "a2", "en")["dupont"] == ["2.1.1 Statements"]
    assert read_outline(tmp_path, "a3", "en") == {}


@pytest.mark.parametrize(("percent", "band"), [(0, 0), (9.9, 0), (10, 1), (100, 9)])
def test_a_full_mark_falls_in_the_last_band(percent, band):
    marks = Marks("a2", {"auc": 100.0}, {"张三": {"auc": float(percent)}})
    heights = re.findall(r'<rect [^>]*height="(\d+)"', page(marks, {}, "en"))
    assert [number for number, height in enumerate(heights) if height != "0"] == [band]


TITLED = Marks(
    "a1",
    {"countback": 3.0, "memo": 6.0},
    {"张三": {"countback": 0.0, "memo": None}, "李四": {"countback": 3.0, "memo": 6.0}},
    waiting={"张三": ["memo"]},
    title="作业 1：概述 <1>",
    titles={"countback": "10 旺季里收款变差了吗", "memo": "写一段"},
)


def test_the_report_calls_assignment_and_questions_as_the_notebook_does(lang):
    shown = page(TITLED, {}, lang)
    assert "作业 1：概述 &lt;1&gt;</h1>" in shown
    assert "<td>10 <code>countback</code> 旺季里收款变差了吗</td>" in shown
    rows = list(csv.reader(io.StringIO(gradebook_csv(TITLED, lang).decode("utf-8-sig"))))
    assert rows[0][1:3] == ["10 countback 旺季里收款变差了吗", "memo 写一段"]


@pytest.mark.parametrize(("waiting", "verb"), [(1, "waits"), (2, "wait"), (0, "wait")])
def test_numbers_are_said_in_the_singular_and_in_the_plural(waiting, verb, in_english):
    names = ("张三", "李四")
    trainees = {name: {"memo": None, "dso": 1} for name in names}
    waits = {name: ["memo"] for name in names[:waiting]}
    some = Marks("a", {"memo": 6.0, "dso": 1.0}, trainees, waits)
    noun = "submission" if waiting == 1 else "submissions"
    assert f"<b>{waiting}</b>{noun} {verb} for marking by hand<" in page(some, {}, "en")
    assert "<b>2</b>submissions graded automatically<" in page(some, {}, "en")


def handed_back(folder, trainee, *errors):
    """Write a graded notebook in which checks of `countback` left these errors."""
    outputs = [{"output_type": "error", "ename": "Mistake", "evalue": one} for one in errors]
    mark = {"grade": True, "grade_id": "test-countback", "points": 3}
    cell = {"cell_type": "code", "metadata": {"nbgrader": mark}, "source": "", "outputs": outputs}
    for room in ("submitted", "autograded"):
        path = folder / room / trainee / "a1" / "overview.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")


def test_mistakes_are_counted_from_what_the_checks_recorded(tmp_path, lang):
    (tmp_path / "source" / "a1").mkdir(parents=True)
    (tmp_path / "source" / "a1" / "overview.ipynb").write_text("{}")
    handed_back(tmp_path, "张三", "countback(1) … [oldest-month-first]")
    handed_back(tmp_path, "李四", "countback(2) … [oldest-month-first]")
    handed_back(tmp_path, "王五", "countback(3) … [last-month-whole]")
    handed_back(tmp_path, "甄", "KeyError: [no-such-fault]")
    handed_back(tmp_path, "贾", "ended [oldest-month-first] early")
    found = mistakes_made(Cohort(tmp_path, lang), "a1")
    assert found == {
        ("countback", "oldest-month-first"): 2,
        ("countback", "last-month-whole"): 1,
    }
    shown = mistakes_table(found, TITLED, lang)
    first = text("misconceptions.oldest-month-first", lang)
    assert f"旺季里收款变差了吗</td><td>{first}</td><td>2</td>" in shown
    assert shown.index(first) < shown.index(text("misconceptions.last-month-whole", lang))
    assert "oldest-month-first" not in shown
    assert mistakes_table({}, TITLED, lang) == ""
