"""A class from its making to its feedback."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from types import SimpleNamespace

import pytest
from nbgrader import api

from creditlib import cli, i18n
from creditlib.classroom import cohort, course, notebooks, steps
from creditlib.classroom.answers import compose, read_bank
from creditlib.classroom.class_settings import check_settings
from creditlib.classroom.grading.submission import MOST_CELLS
from creditlib.classroom.marks import how_to_mark, read_marks
from creditlib.classroom.nbgrader_child import newest_version
from creditlib.classroom.report import report
from creditlib.errors import CreditError, InputError, MissingPackage
from creditlib.i18n import text

KILLER = "import os\nos._exit(1)"
SCRIPT = """from IPython.display import HTML, display
display(HTML("<script>alert('from a submission')</script>"))
def dso(receivables, sales, days):
    return receivables / sales * days
"""
MEMO = "The customer pays 20 days late; ask for the reason before the next order."
NOTE = {
    "cell_type": "markdown",
    "id": "note",
    "metadata": {},
    "source": "| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>alert('from a note')</script>"
    " <b onclick='x()'>b</b>",
}


def test_a_class_is_an_nbgrader_course_directory(school):
    assert {path.name for path in school.iterdir()} >= {
        *("source", "release", "submitted", "autograded", "feedback"),
        *("nbgrader_config.py", "class.json"),
    }
    assert json.loads((school / "class.json").read_text())["language"] == "zh"
    source = notebooks.read_notebook(school / "source/tiny/pages.ipynb")
    assert source["metadata"]["kernelspec"]["name"] == "python3"
    assert notebooks.points(source) == {"test-dso": 2, "test-discount": 3, "memo": 5}


def test_the_guides_for_marking_by_hand_are_the_instructors_alone(school, tiny, tmp_path, capsys):
    guide = school / "marking" / "tiny" / "memo.md"
    assert "SECRET RUBRIC" in guide.read_text(encoding="utf-8")
    course.new(tmp_path / "another", "en", tiny / "solutions")
    assert str(tmp_path / "another" / "marking") in capsys.readouterr().out
    course.release(school, "tiny")
    released = [path for path in (school / "release").rglob("*") if path.is_file()]
    assert [path.name for path in released] == ["pages.ipynb"]
    assert "SECRET" not in released[0].read_text(encoding="utf-8")
    assert "memo" not in [path.name for path in (school / "source").rglob("*")]


def test_the_commands_that_are_told_can_be_pasted(tiny, tmp_path, in_english, capsys):
    folder = tmp_path / "春季 班 (二)"
    course.new(folder, "zh", tiny / "solutions")
    following = capsys.readouterr().out.partition("Next: ")[2].splitlines()[0]
    assert shlex.split(following)[-4:] == ["class", "release", str(folder), "tiny"]
    how, *_ = how_to_mark(cohort.cohort_at(folder), "tiny")
    go, start = how.removeprefix("To mark: ").partition(", menu")[0].split(" && ")
    assert shlex.split(go) == ["cd", str(folder)]
    assert subprocess.run([*shlex.split(start), "--version"], capture_output=True).returncode == 0


def test_a_folder_with_something_in_it_is_left_alone(school, tiny, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="Nothing in it was touched"):
        course.new(tmp_path / "full", "zh", tiny / "solutions")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_missing_nbgrader_says_what_to_install(tmp_path, monkeypatch, in_english):
    monkeypatch.setattr(cohort, "find_spec", lambda name: None)
    with pytest.raises(MissingPackage, match=r"creditlib\[classroom\]"):
        course.new(tmp_path / "class", "zh")


def test_a_step_out_of_order_says_which_comes_first(school):
    with pytest.raises(InputError, match="class release first"):
        course.grade(school, "tiny")
    with pytest.raises(InputError, match="class grade first"):
        course.feedback(school, "tiny")
    with pytest.raises(InputError, match="Nothing was graded"):
        report(school, "tiny")


OLD = """from creditlib.classroom.feedback_page import FeedbackStyle, page
from creditlib.classroom.feedback_styles import safe_html
from creditlib.classroom.nbgrader_parts import ClearAnswers, MarksSoFar
c = get_config()
c.GenerateFeedback.preprocessors = [MarksSoFar, FeedbackStyle]
"""


@pytest.mark.parametrize("step", ["release", "grade", "feedback"])
def test_settings_of_an_older_course_are_told_in_a_sentence(step, school, capsys, lang):
    settings = school / "nbgrader_config.py"
    settings.write_text(OLD, encoding="utf-8")
    (school / "autograded" / "张三" / "tiny").mkdir(parents=True)
    assert cli.main(["class", step, str(school), "tiny"]) == 1
    names = [
        f"creditlib.classroom.{name}"
        for name in ("feedback_page.FeedbackStyle", "feedback_styles.safe_html")
    ]
    names = text("class.joint").join([*names, "creditlib.classroom.nbgrader_parts.MarksSoFar"])
    said = text("class.settings_old", settings=settings, names=names)
    assert capsys.readouterr().err == said + "\n"
    assert settings.read_text(encoding="utf-8") == OLD


@pytest.mark.nbgrader
def test_renamed_old_settings_are_written_anew_and_the_class_goes_on(school, capsys):
    settings = school / "nbgrader_config.py"
    written = settings.read_text(encoding="utf-8")
    settings.rename(school / "nbgrader_config_old.py")
    course.release(school, "tiny")
    assert settings.read_text(encoding="utf-8") == written
    assert (school / "release/tiny/pages.ipynb").exists()


def test_settings_with_lines_of_the_instructors_own_are_as_good(school):
    made = cohort.cohort_at(school)
    with (school / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
        settings.write("import creditlib.classroom.pages\nfrom creditlib import *\n")
        settings.write("from creditlib.classroom import pages\nimport no_such_package\n")
        settings.write("from creditlib.classroom.pages import ROOT\n")
        settings.write("c.FeedbackExporter.book = 'https://example.org/book'\n")
    check_settings(made)


def test_settings_that_are_no_python_are_told_with_the_line(school, capsys):
    (school / "nbgrader_config.py").write_text("c = get_config()\nc.x = = 1\n")
    assert cli.main(["class", "release", str(school), "tiny"]) == 1
    said = capsys.readouterr().err
    assert re.search(r"nbgrader_config\.py.*row 2.*not correct Python \(invalid syntax", said)
    assert len(said.splitlines()) == 1


def one_cell(source, **mark):
    return {"cells": [{"source": source, "metadata": {"nbgrader": mark}}]}


def test_an_answer_that_was_not_cleared_is_noticed():
    answer = one_cell("x = 1", solution=True, grade_id="answer")
    assert notebooks.leaks(answer, answer) == ["answer"]
    assert notebooks.leaks(answer, one_cell("x = 0", solution=True, grade_id="answer")) == []


def test_a_hidden_test_that_stands_elsewhere_too_is_noticed():
    hidden = "### BEGIN HIDDEN TESTS\nassert f(2) == 4\n### END HIDDEN TESTS"
    source = one_cell(hidden, grade=True, grade_id="test-f")
    assert notebooks.leaks(source, one_cell("    assert f(2) == 4")) == ["test-f"]
    assert notebooks.leaks(source, one_cell("assert f(1) == 1")) == []


def test_a_release_that_leaks_is_deleted_and_refused(school, monkeypatch):
    released = school / "release/tiny/pages.ipynb"
    cohort.write_whole(released, (school / "source/tiny/pages.ipynb").read_bytes())
    monkeypatch.setattr(steps, "run_once", lambda *step: {})
    with pytest.raises(CreditError, match="cells: discount, dso, memo, test-dso"):
        course.release(school, "tiny")
    assert not released.exists()


@pytest.fixture(scope="module")
def graded(tiny, tmp_path_factory):
    """A class that handed in and was graded once: its folder, what `grade` returned and said."""
    folder = tmp_path_factory.mktemp("course") / "三班 class"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", "en")
        course.new(folder, "zh", tiny / "solutions")
        course.release(folder, "tiny")
        for name, notebook in handed_in(folder, tiny).items():
            path = folder.parent / "returned" / f"{name}.ipynb"
            cohort.write_whole(path, json.dumps(notebook).encode())
        course.collect(folder, "tiny", folder.parent / "returned")
        with redirect_stdout(io.StringIO()) as said:
            done = course.grade(folder, "tiny")
        return SimpleNamespace(folder=folder, done=done, said=said.getvalue())


@pytest.fixture(scope="module")
def fed_back(graded):
    """What `feedback` said, and each trainee's page."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as said:
        patch.setattr(i18n, "_chosen", "en")
        course.feedback(graded.folder, "tiny")
    pages = graded.folder.glob("feedback/*/tiny/pages.html")
    shown = {page.parent.parent.name: page.read_text(encoding="utf-8") for page in pages}
    return SimpleNamespace(said=said.getvalue(), pages=shown)


def handed_in(folder, tiny):
    blank = notebooks.read_notebook(folder / "release/tiny/pages.ipynb")
    known = read_bank(tiny / "answers" / "tiny")
    right = {question: answers[0].source for question, answers in known.items()}
    wrong = right | {"dso": known["dso"][-1].source, "memo": MEMO}
    cut = compose(blank, right)
    cut["cells"] = [cell for cell in cut["cells"] if notebooks.grade_id(cell) != "test-dso"]
    many = compose(blank, right)
    many["cells"] += [NOTE | {"id": f"note-{number}"} for number in range(MOST_CELLS)]
    script = compose(blank, right | {"dso": SCRIPT})
    script["cells"].append(NOTE)
    return {
        "甄全对": compose(blank, right),
        "甄错一": compose(blank, wrong),
        "甄慎言": compose(blank, right | {"memo": MEMO}),
        "甄空白": blank,
        "Source Itself": notebooks.read_notebook(folder / "source/tiny/pages.ipynb"),
        "贾崩溃": compose(blank, right | {"dso": KILLER}),
        "贾删题": cut,
        "贾太多": many,
        "贾脚本": script,
    }


def points(graded):
    found = read_marks(cohort.cohort_at(graded.folder), "tiny")
    return {name: [marks["dso"], marks["discount"]] for name, marks in found.trainees.items()}


@pytest.mark.nbgrader
def test_every_submission_has_its_marks_and_a_crash_costs_its_own_question_only(graded):
    assert points(graded) == {
        "甄全对": [2, 3],
        "甄错一": [0, 3],
        "甄慎言": [2, 3],
        "甄空白": [0, 0],
        "Source Itself": [2, 3],
        "贾崩溃": [0, 3],
        "贾删题": [2, 3],
        "贾太多": [None, None],
        "贾脚本": [2, 3],
    }
    assert graded.done is False


@pytest.mark.nbgrader
def test_what_cannot_be_graded_is_tried_each_time_and_said_in_one_line(graded, capfd, in_english):
    assert course.grade(graded.folder, "tiny") is False
    said = capfd.readouterr()
    for shown in (graded.said, said.out):
        [line] = [line for line in shown.splitlines() if line.startswith("贾太多")]
        assert line.startswith("贾太多：没有批改成功，Notebook 有 2007 个单元格，超过 2000 个。")
    assert "Graded 8, unchanged and left as they are 0, could not be graded 1" in graded.said
    assert "Graded 0, unchanged and left as they are 8, could not be graded 1" in said.out
    assert said.err == ""  # nothing of nbgrader's, and no bar where there is no terminal


def marks_of(graded):
    return read_marks(cohort.cohort_at(graded.folder), "tiny")


def hand_in_again(graded, tmp_path, trainee, notebook):
    notebook = notebook | {"metadata": {"note": "again"}}
    cohort.write_whole(tmp_path / "again" / f"{trainee}.ipynb", json.dumps(notebook).encode())
    course.collect(graded.folder, "tiny", tmp_path / "again")
    course.grade(graded.folder, "tiny")


@pytest.mark.nbgrader
def test_an_answer_marked_by_hand_waits_and_an_untouched_one_gets_nothing(graded):
    found = marks_of(graded)
    assert found.waiting == {name: ["memo"] for name in ("Source Itself", "甄慎言", "甄错一")}
    assert found.trainees["甄错一"]["memo"] is None
    assert found.trainees["甄空白"]["memo"] == 0
    assert found.percent("甄错一") == 100 * 3 / 5


@pytest.mark.nbgrader
def test_grading_says_who_waits_and_how_to_mark(graded):
    assert "“memo” waits for marking by hand (3): Source Itself, 甄慎言, 甄错一" in graded.said
    assert "Formgrader → Manual Grading → tiny" in graded.said
    assert str(graded.folder / "marking" / "tiny") in graded.said


@pytest.mark.nbgrader
def test_feedback_says_what_is_not_marked_yet_and_later_the_mark(graded, fed_back):
    assert "In 3 of them an answer still waits" in fed_back.said
    assert "还没有评" in fed_back.pages["甄慎言"]
    assert "已评的 5 分中得 5 分" in fed_back.pages["甄慎言"]
    assert "还没有评" not in fed_back.pages["甄空白"]  # nothing written: nothing to wait for
    mark_by_hand(graded.folder, "甄慎言", "memo", 3.5)
    made = cohort.cohort_at(graded.folder)
    assert [one["problem"] for one in steps.run_for_each(made, "feedback", "tiny", ["甄慎言"])] == [
        None
    ]
    later = (graded.folder / "feedback/甄慎言/tiny/pages.html").read_text(encoding="utf-8")
    assert "还没有评" not in later
    assert "8.5 / 10 分" in later


@pytest.mark.nbgrader
def test_a_mark_given_by_hand_stands_while_its_answer_does(graded, tmp_path, tiny, in_english):
    mark_by_hand(graded.folder, "甄错一", "memo", 4.5)
    before = graded_at(graded.folder)
    known = handed_in(graded.folder, tiny)
    better = compose(known["甄全对"], {"memo": MEMO})
    hand_in_again(graded, tmp_path, "甄错一", better)
    after = graded_at(graded.folder)
    assert {name for name in after if after[name] != before[name]} == {"甄错一"}
    assert marks_of(graded).trainees["甄错一"] == {"dso": 2, "discount": 3, "memo": 4.5}
    assert "甄错一" not in marks_of(graded).waiting  # the memo is the one that was marked
    hand_in_again(graded, tmp_path, "甄错一", compose(better, {"memo": MEMO + " And more."}))
    assert marks_of(graded).trainees["甄错一"]["memo"] == 4.5
    assert marks_of(graded).waiting["甄错一"] == ["memo"]  # another text: look at it again


@pytest.mark.nbgrader
def test_a_mark_by_hand_on_a_machine_graded_question_falls_with_its_answer(
    graded, tmp_path, tiny, in_english
):
    mark_by_hand(graded.folder, "贾脚本", "test-dso", 1)
    known = handed_in(graded.folder, tiny)
    hand_in_again(graded, tmp_path, "贾脚本", known["甄全对"])
    assert marks_of(graded).waiting["贾脚本"] == ["dso"]


@pytest.mark.nbgrader
def test_a_corrected_release_that_nbgrader_refuses_leaves_the_earlier_one(graded, in_english):
    source, released = (
        graded.folder / place / "tiny/pages.ipynb" for place in ("source", "release")
    )
    kept, before = source.read_bytes(), released.read_bytes()
    page = json.loads(kept)
    page["cells"] = [one for one in page["cells"] if notebooks.grade_id(one) != "test-dso"]
    source.write_text(json.dumps(page), encoding="utf-8")
    try:
        with pytest.raises(CreditError, match=r"no longer be added or removed \(test-dso\)"):
            course.release(graded.folder, "tiny")
    finally:
        source.write_bytes(kept)
    assert released.read_bytes() == before


@pytest.mark.nbgrader
def test_marks_by_hand_are_in_report_and_gradebook(graded, in_english):
    mark_by_hand(graded.folder, "Source Itself", "memo", 2.5)
    report(graded.folder, "tiny")
    gradebook = (graded.folder / "report/tiny-gradebook.csv").read_text(encoding="utf-8-sig")
    assert "Source Itself,2,3,2.5,7.5,10,75.0," in gradebook.splitlines()
    shown = (graded.folder / "report/tiny.html").read_text(encoding="utf-8")
    rows = re.findall(r"<td>Source Itself</td>(.*?)</tr>", shown)
    assert any(">7.5 / 10<" in row and ">75.0<" in row for row in rows)


@pytest.mark.nbgrader
def test_feedback_shows_no_hidden_test_and_runs_nothing(fed_back):
    pages = fed_back.pages
    assert len(pages) == 8
    for shown in pages.values():
        assert "两道小题" in shown
        assert "HIDDEN TESTS" not in shown
        assert "1020" not in re.sub(r"<[^>]*>", "", shown.partition("<body")[2])
    assert "<script>alert(" not in pages["贾脚本"]
    assert "<b onclick" not in pages["贾脚本"]
    assert "<th>b</th>" in pages["贾脚本"]


@pytest.mark.nbgrader
def test_formgrader_and_nbgrader_itself_work_in_the_class(graded):
    command = ["-m", "nbgrader", "autograde", "tiny", "--student=甄全对", "--force"]
    done = subprocess.run([sys.executable, *command], cwd=graded.folder, capture_output=True)
    assert done.returncode == 0
    assert points(graded)["甄全对"] == [2, 3]


@pytest.mark.nbgrader
def test_feedback_on_an_earlier_notebook_is_said_to_be(graded, tmp_path, tiny, in_english, capsys):
    known = handed_in(graded.folder, tiny)
    hand_in_again(
        graded, tmp_path, "甄慎言", compose(known["甄慎言"], {"memo": "Ask, then write."})
    )
    hand_in_again(graded, tmp_path, "甄慎言", known["贾太多"])
    capsys.readouterr()
    course.feedback(graded.folder, "tiny")
    said = capsys.readouterr().out
    assert "甄慎言: the feedback is still on the earlier notebook" in said
    assert said.count("still on the earlier notebook") == 1
    assert marks_of(graded).waiting["甄慎言"] == ["memo"]


def graded_at(folder):
    return {
        path.parent.parent.name: path.stat().st_mtime_ns
        for path in folder.glob("autograded/*/*/pages.ipynb")
    }


def mark_by_hand(folder, trainee, cell, points):
    code = (
        "import sys; from nbgrader.api import Gradebook\n"
        "folder, trainee, cell, points = sys.argv[1:]\n"
        "with Gradebook(f'sqlite:///{folder}/gradebook.db') as gradebook:\n"
        "    grade = gradebook.find_grade(cell, 'pages', 'tiny', trainee)\n"
        "    grade.manual_score, grade.needs_manual_grade = float(points), False\n"
        "    gradebook.db.commit()\n"
    )
    subprocess.run([sys.executable, "-c", code, folder, trainee, cell, str(points)], check=True)


def test_a_new_gradebook_has_the_version_that_nbgrader_would_give_it(monkeypatch):
    beside_python = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    monkeypatch.setenv("PATH", beside_python)  # nbgrader calls alembic by its bare name
    assert newest_version() == api.get_alembic_version()
