"""The report says what the marks say, in the class's language, and runs nothing it was given."""

import csv
import io
import json
import re
from html import escape
from html.parser import HTMLParser

import pytest

from creditlib.classroom.cohort import Cohort
from creditlib.classroom.marks import Marks, gradebook_csv, read_outline
from creditlib.classroom.report import FILES, findings, tables
from creditlib.classroom.report import page as page_of
from creditlib.classroom.report_actions import to_go_over
from creditlib.classroom.report_files import columns_of, table_csv
from creditlib.classroom.report_mistakes import mistakes_made, mistakes_section
from creditlib.classroom.report_points import Point, standings
from creditlib.classroom.report_work import Handed, Work, blanks, read_handed
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
OUTLINE = [
    Point("2.1.1", "财务报表分析", ["dupont"], ["杜邦"]),
    Point("2.1.2", "<评分>", ["auc"]),
]


def page(marks, lang, points=(), how=(), handed=None):
    return page_of(findings(marks, handed or Handed(), points), lang, how)


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
    assert "Less than half marked by hand so far, and listed once it is: memo" in page(
        waiting, "en"
    )


@pytest.mark.parametrize(("marked", "known"), [(0, False), (3, False), (4, True)])
def test_while_most_answers_wait_the_zeros_of_the_blank_ones_are_no_finding(marked, known):
    memo = [0.0, *[5.0] * marked, *[None] * (9 - marked)]
    trainees = {f"t{place}": {"auc": 2.5, "memo": mark} for place, mark in enumerate(memo)}
    waiting = {name: ["memo"] for name, own in trainees.items() if own["memo"] is None}
    marks = Marks("a2", {"auc": 3.0, "memo": 5.0}, trainees, waiting)
    points = [Point("1.1", "A", ["memo"])]
    found = findings(marks, Handed(), points)
    assert ("memo" in [one.name for one in found.questions]) == known
    assert (standings(marks, points)[0].worst == "memo") == known
    assert "memo" not in [one.name for one in to_go_over(found.questions)]


def test_the_page_says_who_waits_that_percents_are_provisional_and_how_to_mark(lang):
    how = ["cd <class> && jupyter lab"]
    shown = page(MARKS, lang, OUTLINE, how)
    assert ("暂时" in shown) == (lang == "zh")
    assert ("provisional" in shown) == (lang == "en")
    assert "cd &lt;class&gt; &amp;&amp; jupyter lab" in shown
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>memo</td>" in shown
    complete = Marks("a2", MARKS.questions, MARKS.trainees)
    assert "provisional" not in page(complete, "en", OUTLINE, how)
    assert "jupyter" not in page(complete, "en", OUTLINE, how)


def test_an_answer_that_changed_after_it_was_marked_is_to_be_looked_at_again(in_english):
    changed = Marks("a2", {"memo": 5.0}, {"张三": {"memo": 4.0}}, {"张三": ["memo"]})
    assert "memo (changed since it was marked: look again)" in page(changed, "en")


def test_who_could_not_be_graded_has_no_marks_and_counts_in_no_mean():
    assert "王五" not in MARKS.marked
    assert MARKS.success() == {"auc": 0.25, "memo": pytest.approx(7.6 / 15), "dupont": 0.75}
    assert "王五,,,\r\n".encode() in gradebook_csv(MARKS, "en")


def test_the_page_says_mean_median_and_distribution(lang):
    shown = page(MARKS, lang, OUTLINE)
    assert f'<html lang="{lang}">' in shown
    assert "<b>41.5%</b>" in shown  # mean of 100, 46, 0 and 20
    assert "<b>33%</b>" in shown
    assert "<b>100%</b>" in page(Marks("a2", {"auc": 1.0}, {"张三": {"auc": 1.0}}), lang)
    assert len(re.findall('<rect [^>]*width="50"', shown)) == 10
    assert ("平均得分率" in shown) == (lang == "zh")


def test_the_page_runs_nothing_and_asks_no_other_host(lang):
    tags, attributes = set(), set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            attributes.update(name for name, _ in attrs)

    Reader().feed(page(MARKS, lang, OUTLINE))
    assert not tags & {"script", "b.ipynb", "link", "img"}
    assert "src" not in attributes
    assert "http" not in page(MARKS, lang, OUTLINE)
    assert "&lt;script&gt;alert(1)" in page(MARKS, lang, OUTLINE)
    assert "kernel &amp; died" in page(MARKS, lang, OUTLINE)


def test_a_page_without_an_outline_claims_nothing_about_it(in_english):
    assert "Points of the outline" not in page(MARKS, "en")
    assert "Points of the outline" in page(MARKS, "en", OUTLINE)


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
    heights = re.findall(r'<rect [^>]*width="50" height="(\d+)"', page(marks, "en"))
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
    shown = page(TITLED, lang)
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
    assert f"<b>{waiting}</b>{noun} {verb} for marking by hand<" in page(some, "en")
    assert "<b>2</b>submissions graded automatically<" in page(some, "en")


STUB = "def countback(receivables, months):\n    raise NotImplementedError()"


def handed_back(folder, trainee, *errors, source="def countback(): ...", about=None):
    """Write a graded notebook in which checks of `countback` left these errors."""
    outputs = [{"output_type": "error", "ename": "Mistake", "evalue": one} for one in errors]
    written = {"grade": False, "grade_id": "countback", "solution": True}
    mark = {"grade": True, "grade_id": "test-countback", "points": 3}
    cells = [
        {"cell_type": "code", "metadata": {"nbgrader": written}, "source": source},
        {"cell_type": "code", "metadata": {"nbgrader": mark}, "source": "", "outputs": outputs},
    ]
    notebook = {"cells": cells, "metadata": {"creditlib": about} if about else {}}
    for room in ("submitted", "autograded"):
        write(folder / room / trainee / "a1" / "overview.ipynb", notebook)


def write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def handed_in(tmp_path, lang):
    """The work of five trainees, as grading left it behind."""
    stub = {"grade": False, "grade_id": "countback", "solution": True}
    cell = {"cell_type": "code", "metadata": {"nbgrader": stub}, "source": STUB}
    for room in ("source", "release"):
        write(tmp_path / room / "a1" / "overview.ipynb", {"cells": [cell]})
    handed_back(tmp_path, "张三", "countback(1) … [oldest-month-first]")
    handed_back(tmp_path, "李四", "countback(2) … [oldest-month-first]")
    handed_back(tmp_path, "王五", "countback(3) … [last-month-whole]")
    finding = ["grading.run.finding_cell_died", {"count": 3}]
    about = {"level": "full", "findings": [finding], "stamp": "x", "messages": {}}
    handed_back(tmp_path, "甄", "KeyError: [no-such-fault]", about=about)
    handed_back(tmp_path, "贾", "ended [oldest-month-first] early", source=STUB + "\n")
    return read_handed(Cohort(tmp_path, lang), "a1")


def test_mistakes_are_counted_from_what_the_checks_recorded(handed_in, lang):
    points = [Point("1.3.1", "DSO", ["countback"], ["倒推法"])]
    found = mistakes_made(handed_in, TITLED)
    assert [(one.fault, list(one.trainees), one.share) for one in found] == [
        ("oldest-month-first", ["张三", "李四"], 0.4),
        ("last-month-whole", ["王五"], 0.2),
    ]
    shown = mistakes_section(found, TITLED, points, lang)
    first = text("misconceptions.oldest-month-first", lang)
    assert f"<details><summary>{first}</summary>" in shown
    assert "1.3.1 DSO" in shown
    assert "倒推法" in shown
    assert shown.index(first) < shown.index(text("misconceptions.last-month-whole", lang))
    assert "oldest-month-first" not in shown
    assert mistakes_section([], TITLED, points, lang) == ""


def test_an_answer_left_as_it_was_released_is_blank(handed_in):
    assert blanks(handed_in) == {"countback": ["贾"]}


def test_how_a_submission_was_graded_stands_beside_the_marks(handed_in, lang):
    marks = Marks("a1", {"countback": 3.0}, {name: {"countback": 0.0} for name in "甄贾"})
    shown = page(marks, lang, handed=handed_in)
    said = text("grading.run.finding_cell_died", lang, count=3)
    assert text("report.sandbox.full", lang) in shown
    assert said in shown
    [row] = [one for one in tables(findings(marks, handed_in), lang)["trainees"] if one["level"]]
    assert (row["trainee"], row["level"], row["repairs"]) == ("甄", "full", said)


@pytest.mark.parametrize("about", ["full", [1], {"findings": [["no.such", {}]], "level": 1}, {}])
def test_what_else_a_notebook_says_of_its_grading_is_left_alone(tmp_path, about):
    write(tmp_path / "source" / "a1" / "overview.ipynb", {"cells": []})
    handed_back(tmp_path, "甄", about=about)
    [work] = read_handed(Cohort(tmp_path, "en"), "a1").works.values()
    assert (work.level, list(work.repairs)) == ("", [])


SOLVED = {"one": 2, "two": 6, "three": 6, "four": 7, "five": 11}  # of twelve trainees
HARD = Marks(
    "a",
    dict.fromkeys(SOLVED, 1.0),
    {
        f"t{place:02}": {name: float(place < count) for name, count in SOLVED.items()}
        for place in range(12)
    },
)


def test_on_top_stand_the_three_questions_that_lost_most(lang):
    works = {f"t{place:02}": Work(faults={"three": "oldest-month-first"}) for place in (8, 9)}
    found = findings(HARD, Handed(works))
    assert [one.name for one in to_go_over(found.questions)] == ["one", "three", "two"]
    top = page_of(found, lang).partition('<div class="facts">')[0]
    assert text("misconceptions.oldest-month-first", lang) in top
    assert top.count("<li>") == 3


def test_where_all_is_well_nothing_presses(in_english):
    fine = Marks("a", {"one": 1.0}, {f"t{place}": {"one": 1.0} for place in range(12)})
    assert "go on to what comes next" in page(fine, "en")


def test_a_small_class_is_said_to_be_small(in_english):
    assert "12 trainees: few" in page(HARD, "en")
    many = {f"t{place}": {"one": float(place % 2)} for place in range(30)}
    assert "trainees: few" not in page(Marks("a", {"one": 1.0}, many), "en")


CODE = 'def f(x):\n    x = "</pre><script>alert(2)</script>"\n    return [max(one, 7) for one in x]'


@pytest.fixture
def hostile():
    """A class of eight with names like scripts, two of whom have the same answers."""
    names = [f"<img src=x onerror=alert({place})>" for place in range(8)]
    works = {
        name: Work({q: CODE if place < 2 else f"x = {'1+' * place}{place}" for q in "abc"})
        for place, name in enumerate(names)
    }
    marks = Marks("a", dict.fromkeys("abc", 1.0), {n: dict.fromkeys("abc", 1.0) for n in names})
    return findings(marks, Handed(works))


def test_hostile_names_and_code_are_text_side_by_side(hostile, lang):
    assert len(hostile.pairs) == 1
    shown = page_of(hostile, lang)
    assert shown.count("&lt;/pre&gt;&lt;script&gt;") == 6
    assert "<script" not in shown
    assert "<img" not in shown


def test_the_wording_is_a_hint_and_no_verdict(hostile, lang):
    shown = page_of(hostile, lang)
    assert text("report.alike.about", lang) in shown
    for word in ("cheat", "plagiar", "作弊", "抄袭"):
        assert word not in shown.lower()


@pytest.mark.parametrize("file", FILES)
def test_every_table_opens_in_excel_and_says_what_its_columns_are(file, lang):
    rows = tables(findings(MARKS, Handed(), OUTLINE), lang)[file]
    written = table_csv(file, rows, lang)
    assert written.startswith(b"\xef\xbb\xbf")
    head, *others = csv.reader(io.StringIO(written.decode("utf-8-sig")))
    assert len(head) == len(set(head)) == len(columns_of(file))
    assert len(others) == len(rows)
    shown = page(MARKS, lang, OUTLINE)
    for column in columns_of(file):
        assert escape(text(f"report.column.{file}.{column}.about", lang)) in shown


def test_the_gradebook_is_among_the_tables_and_says_what_its_columns_are(lang):
    shown = page(MARKS, lang, OUTLINE)
    assert "a2-gradebook.csv" in shown
    head = gradebook_csv(MARKS, lang).decode("utf-8-sig").splitlines()[0].split(",")
    listed = [text(f"report.column.gradebook.{one}.head", lang) for one in columns_of("gradebook")]
    assert [*listed[:1], *MARKS.questions, *listed[2:]] == head
    for column in columns_of("gradebook"):
        assert escape(text(f"report.column.gradebook.{column}.about", lang)) in shown


def test_a_table_runs_nothing_and_leaves_empty_what_is_not_known():
    rows = tables(findings(MARKS, Handed()), "en")
    trainees = table_csv("trainees", rows["trainees"], "en").decode()
    assert "\n'=cmd|x," in trainees
    assert "\n王五,,,," in trainees
    questions = table_csv("questions", rows["questions"], "en").decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(questions)))
    assert {(one["r"], one["why not"]) for one in found} == {("", "few")}
