"""After `record` a class is as after nbgrader's own autograde, whatever interrupts it.

What may differ, and why: in the notebook, when each cell ran (no kernel ran), the metadata of
cells that the trainee added (never taken over) and `creditlib` (the stamp, what was found, the
sandbox that held); in the gradebook, "No response." is said in the language of the class, and
what was put right is said beside it.
"""

import copy
import json
import os
import queue
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace

import nbformat
import pytest

from creditlib.classroom import cohort, course, notebooks
from creditlib.classroom.answers import compose, read_bank
from creditlib.classroom.grading import record as recording
from creditlib.classroom.grading.rebuild import master, rebuild
from creditlib.classroom.grading.record import record, record_each, unrecorded
from creditlib.classroom.grading.result import Result
from creditlib.classroom.grading.submission import parse
from creditlib.classroom.marks import gradebook_csv, read_marks
from creditlib.errors import CreditError, InputError

MEMO = "The customer pays 20 days late; ask for the reason before the next order."
MINE = {
    "cell_type": "code",
    "id": "mine",
    "metadata": {"tags": ["x"]},
    "source": "answer = 6 * 7\nanswer",
    "execution_count": None,
    "outputs": [],
}
DUE = "2026-01-01 00:00:00"
SAID = re.compile(r'<h3>What the check found</h3>\n(<p( class="(said|mistake)")?>.*?</p>\n)+')
LATE = 1_772_000_000  # February 2026
AFTERWARDS = """
import json, sys
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import CsvExportPlugin
from traitlets.config.loader import PyFileConfigLoader

config = PyFileConfigLoader("nbgrader_config.py", path=".").load_config()
api = NbGraderAPI(CourseDirectory(root=".", config=config), config=config)
name = sys.argv[1]
shown = [api.get_submissions(name), api.get_notebooks(name), api.get_assignment(name)]
shown += [api.get_students(), sorted(api.get_autograded_students(name))]
fed_back = api.generate_feedback(name)
assert fed_back["success"], fed_back
with api.gradebook as gradebook:
    CsvExportPlugin().export(gradebook)
json.dump(shown, open("formgrader.json", "w"))
"""


KILLS = """
import json, os, random, signal, sys, time
from creditlib.classroom.grading import gradebook
from creditlib.classroom.grading.record import unrecorded

jobs = {json.loads(line)["trainee"]: line for line in open(sys.argv[1])}
stamps = json.load(open(sys.argv[2]))
moments = random.Random(20251231)
for _ in range(20):
    left = unrecorded(".", "tiny", stamps)
    open("left", "w").writelines(jobs[trainee] for trainee in left)
    answers, its_answers = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open("left", os.O_RDONLY), 0)
        os.dup2(its_answers, 1)
        gradebook.main("tiny")
        os._exit(0)
    os.close(its_answers)
    with open(answers) as said:
        for _ in range(moments.randrange(1, 4)):
            assert said.readline()
    time.sleep(moments.uniform(0, 0.04))
    os.kill(child, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
"""


def run(folder, *command):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def table(folder, query, *values):
    connection = sqlite3.connect(folder / "gradebook.db")
    rows = connection.execute(query, values).fetchall()
    connection.commit()
    connection.close()
    return rows


def dump(folder):
    """Every table of the gradebook, random ids replaced by what they are the ids of."""
    tables = [
        name for (name,) in table(folder, "select name from sqlite_master where type='table'")
    ]
    names = dict(table(folder, "select id, student_id from submitted_assignment"))
    names |= {
        one: names[of]
        for one, of in table(folder, "select id, assignment_id from submitted_notebook")
    }
    own = {"grade", "comment"}
    return {
        name: sorted(
            [names.get(value, value) for value in row[name in own :]]
            for row in table(folder, f"select * from {name}")
        ).__repr__()
        for name in tables
    }


def graded_notebooks(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.glob("autograded/**/*"))
        if path.is_file()
    }


def handed_in(folder, assignment, notebooks_by_trainee):
    for trainee, notebook in notebooks_by_trainee.items():
        path = folder.parent / "returned" / f"{trainee}.ipynb"
        cohort.write_whole(path, json.dumps(notebook).encode())
        when = LATE if trainee == "reference" else LATE - 10_000_000
        os.utime(path, (when, when))
    course.collect(folder, assignment, folder.parent / "returned")


def results(folder, assignment):
    """What the engine would say, made of what nbgrader's autograde left in `folder`."""
    made = cohort.cohort_at(folder, assignment)
    source = notebooks.read_notebook(made.source(assignment))
    whole = master(source, notebooks.read_notebook(made.release(assignment)))
    for trainee in made.trainees(assignment):
        again = rebuild(whole, parse(made.submitted(assignment, trainee).read_bytes()))
        by_nbgrader = nbformat.read(
            folder / "autograded" / trainee / assignment / made.source(assignment).name, 4
        )
        outputs = {one.id: one for one in by_nbgrader.cells if one.cell_type == "code"}
        for one in again.notebook["cells"]:
            if one["cell_type"] == "code":
                one["outputs"] = outputs[one["id"]].outputs
                one["execution_count"] = outputs[one["id"]].execution_count
        scores = dict(
            table(
                folder,
                "select base_cell.name, auto_score from grade, base_cell, submitted_notebook,"
                " submitted_assignment where grade.cell_id = base_cell.id"
                " and grade.notebook_id = submitted_notebook.id"
                " and submitted_notebook.assignment_id = submitted_assignment.id"
                " and student_id = ?",
                trainee,
            )
        )
        waiting = [name for name, points in scores.items() if points is None]
        scores = {name: points for name, points in scores.items() if points is not None}
        result = Result(
            scores=scores,
            maximum={},
            messages={"test-dso": "what it said"},
            waiting=waiting,
            notebook=again.notebook,
            findings=again.findings,
            problem=None,
            level="sandboxed",
            seconds=0.1,
        )
        yield trainee, Result.from_bytes(result.to_bytes()), f"stamp {trainee}"


@dataclass(frozen=True)
class Pair:
    """The same class graded by nbgrader and, from its marks, by `record`; one not graded yet."""

    assignment: str
    nbgrader: object
    ours: object
    fresh: object
    graded: list


def pair(folder, solutions, assignment, answers):
    """Grade the reference, the release, and the release with `answers` in both ways."""
    start = folder / "start"
    course.new(start, "en", solutions)
    course.release(start, assignment)
    made = cohort.cohort_at(start, assignment)
    blank = notebooks.read_notebook(made.release(assignment))
    half = compose(blank, answers)
    half["cells"].insert(3, MINE)
    source = notebooks.read_notebook(made.source(assignment))
    texts = {notebooks.grade_id(one): notebooks.source_of(one) for one in source["cells"]}
    reference = compose(blank, texts)
    handed_in(start, assignment, {"blank": blank, "half right": half, "reference": reference})
    table(start, "update assignment set duedate = ?", DUE)
    with (start / "nbgrader_config.py").open("a") as settings:
        settings.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    (start / "source" / assignment / "data").mkdir()
    (start / "source" / assignment / "data" / "rates.csv").write_text("lpr,3.0\n")
    for name in ("nbgrader", "ours", "fresh"):
        shutil.copytree(start, folder / name)
    run(folder / "nbgrader", "-m", "nbgrader", "autograde", assignment)
    graded = list(results(folder / "nbgrader", assignment))
    assert list(record_each(folder / "ours", assignment, graded)) == [
        (trainee, True) for trainee, _, _ in graded
    ]
    return Pair(assignment, folder / "nbgrader", folder / "ours", folder / "fresh", graded)


@pytest.fixture(scope="module")
def pairs(tiny, root, tmp_path_factory):
    bank = read_bank(tiny / "answers" / "tiny")
    answers = {"dso": bank["dso"][0].source, "discount": bank["discount"][-1].source, "memo": MEMO}
    tiny_pair = pair(tmp_path_factory.mktemp("tiny"), tiny / "solutions", "tiny", answers)
    bank = read_bank(root / "tests/answers/a1-overview")
    answers = {
        question: known[0 if place % 2 else -1].source
        for place, (question, known) in enumerate(bank.items())
    }
    real = pair(
        tmp_path_factory.mktemp("a1"), root / "solutions", "a1-overview", answers | {"policy": MEMO}
    )
    return {"tiny": tiny_pair, "a1-overview": real}


@pytest.fixture(params=["tiny", "a1-overview"])
def graded_twice(request, pairs):
    return pairs[request.param]


@pytest.fixture
def klass(pairs, tmp_path):
    """A tiny class that handed in and has no marks yet, and what the engine says of it."""
    shutil.copytree(pairs["tiny"].fresh, tmp_path / "class")
    return tmp_path / "class", {trainee: result for trainee, result, _ in pairs["tiny"].graded}


@pytest.mark.nbgrader
def test_the_gradebook_is_row_by_row_what_nbgrader_writes(graded_twice):
    assert dump(graded_twice.ours) == dump(graded_twice.nbgrader)
    penalties = table(graded_twice.ours, "select late_submission_penalty from submitted_notebook")
    assert sorted(penalties, key=str)[0][0] > 0  # the reference was handed in late


@pytest.mark.nbgrader
def test_the_notebook_is_cell_by_cell_what_nbgrader_writes(graded_twice):
    for trainee, result, stamp in graded_twice.graded:
        [path] = graded_twice.ours.glob(f"autograded/{trainee}/*/*.ipynb")
        ours = notebooks.read_notebook(path)
        theirs = notebooks.read_notebook(
            graded_twice.nbgrader / path.relative_to(graded_twice.ours)
        )
        nbformat.validate(nbformat.from_dict(ours))
        assert ours["metadata"].pop("creditlib") == {
            "stamp": stamp,
            "level": "sandboxed",
            "findings": [list(one) for one in result.findings],
            "messages": {"test-dso": "what it said"},
        }
        for one in theirs["cells"]:
            one["metadata"].pop("execution", None)
            if one["id"] == "mine":
                assert one["metadata"].pop("tags") == ["x"]
        assert ours == theirs


@pytest.mark.nbgrader
def test_the_same_files_stand_in_autograded_read_only(graded_twice):
    ours, theirs = graded_notebooks(graded_twice.ours), graded_notebooks(graded_twice.nbgrader)

    def files(folder):
        return {
            (str(path.relative_to(folder)), path.stat().st_mode)
            for path in folder.glob("autograded/**/*")
        }

    assert files(graded_twice.ours) == files(graded_twice.nbgrader)
    for name in ours:
        if not name.endswith(".ipynb"):
            assert ours[name] == theirs[name]


@pytest.mark.nbgrader
def test_formgrader_feedback_and_export_give_the_same_as_after_nbgrader(graded_twice):
    seen = []
    for folder in (graded_twice.ours, graded_twice.nbgrader):
        run(folder, "-c", AFTERWARDS, graded_twice.assignment)
        shown = json.loads((folder / "formgrader.json").read_text())
        pages = {
            # What a check said is not compared: `results` makes it up.
            str(path.relative_to(folder)): SAID.sub("", path.read_text(encoding="utf-8"))
            for path in folder.glob("feedback/*/*/*.html")
        }
        marks = read_marks(cohort.cohort_at(folder), graded_twice.assignment)
        for one in shown[0]:
            one.pop("id")
        found = (shown, pages, (folder / "grades.csv").read_text(), gradebook_csv(marks, "en"))
        seen.append(found)
    assert len(seen[0][1]) == 3
    assert seen[0] == seen[1]


@pytest.fixture
def put(klass):
    """`put(trainee, result, stamp)` records in the class, all in one process."""
    jobs = queue.SimpleQueue()
    recorded = record_each(klass[0], "tiny", iter(jobs.get, None))

    def put_one(*job):
        jobs.put(job)
        return next(recorded)[1]

    yield put_one
    recorded.close()


def mark_by_hand(folder, trainee, cell, points):
    table(
        folder,
        "update grade set manual_score = ?, needs_manual_grade = 0 where"
        " cell_id in (select id from base_cell where name = ? and type = 'GradeCell') and"
        " notebook_id in (select submitted_notebook.id from submitted_notebook,"
        " submitted_assignment where submitted_notebook.assignment_id = submitted_assignment.id"
        " and student_id = ?)",
        points,
        cell,
        trainee,
    )


def grades(folder, trainee):
    rows = table(
        folder,
        "select base_cell.name, auto_score, manual_score, needs_manual_grade from grade, base_cell,"
        " submitted_notebook, submitted_assignment where grade.cell_id = base_cell.id and"
        " grade.notebook_id = submitted_notebook.id and"
        " submitted_notebook.assignment_id = submitted_assignment.id and student_id = ?",
        trainee,
    )
    return {name: tuple(rest) for name, *rest in rows}


def with_answer(result, question, source):
    changed = copy.deepcopy(result.notebook)
    for one in changed["cells"]:
        if notebooks.grade_id(one) == question:
            one["source"] = source
    return replace(result, notebook=changed)


@pytest.mark.nbgrader
def test_a_second_run_with_nothing_new_does_nothing_and_starts_nothing(pairs, monkeypatch):
    ours = pairs["tiny"].ours
    before = (ours / "gradebook.db").read_bytes(), graded_notebooks(ours)
    times = [path.stat().st_mtime_ns for path in sorted(ours.glob("autograded/**/*"))]
    again = record_each(ours, "tiny", pairs["tiny"].graded)
    assert [new for _, new in again] == [False] * 3
    monkeypatch.setattr(recording.subprocess, "Popen", None)
    assert [record(ours, "tiny", *one) for one in pairs["tiny"].graded] == [False] * 3
    stamps = {trainee: stamp for trainee, _, stamp in pairs["tiny"].graded}
    assert unrecorded(ours, "tiny", stamps) == []
    assert unrecorded(ours, "tiny", stamps | {"blank": "new", "later": ""}) == ["blank", "later"]
    assert ((ours / "gradebook.db").read_bytes(), graded_notebooks(ours)) == before
    assert [path.stat().st_mtime_ns for path in sorted(ours.glob("autograded/**/*"))] == times


@pytest.mark.nbgrader
def test_a_mark_given_by_hand_stands_while_its_answer_does(klass, put):
    folder, known = klass
    result = known["half right"]
    put("half right", result, "1")
    assert grades(folder, "half right")["memo"] == (None, None, 1)
    mark_by_hand(folder, "half right", "memo", 4.5)
    mark_by_hand(folder, "half right", "test-discount", 1)

    better = with_answer(result, "dso", "def dso(a, b, c):\n    return a / b * c")
    better = replace(better, scores=better.scores | {"test-dso": 1.0})
    put("half right", better, "2")
    assert grades(folder, "half right") == {
        "test-dso": (1.0, None, 0),
        "test-discount": (0.0, 1.0, 0),
        "memo": (None, 4.5, 0),
    }
    other = with_answer(better, "memo", MEMO + " And more.")
    other = with_answer(other, "discount", "def discount(rate):\n    return rate / (1 - rate)")
    put("half right", other, "3")
    assert grades(folder, "half right")["memo"] == (None, 4.5, 1)
    assert grades(folder, "half right")["test-discount"] == (0.0, 1.0, 1)
    put("half right", other, "4")  # nobody has looked: it still waits
    assert grades(folder, "half right")["memo"] == (None, 4.5, 1)


@pytest.mark.nbgrader
def test_comments_credit_and_flags_given_by_hand_stay(klass, put):
    folder, known = klass
    put("blank", known["blank"], "1")
    table(folder, "update comment set manual_comment = 'See me.'")
    table(folder, "update grade set extra_credit = 0.5")
    table(folder, "update submitted_notebook set flagged = 1")
    table(folder, "update student set email = 'trainee@example.org'")
    put("blank", with_answer(known["blank"], "memo", MEMO), "2")
    comments = table(folder, "select auto_comment, manual_comment from comment")
    assert sorted(map(str, comments)) == [
        "('No response.', 'See me.')",
        "('No response.', 'See me.')",
        "(None, 'See me.')",
    ]
    assert set(table(folder, "select extra_credit from grade")) == {(0.5,)}
    assert table(folder, "select flagged from submitted_notebook") == [(1,)]
    assert table(folder, "select email from student") == [("trainee@example.org",)]


@pytest.mark.nbgrader
def test_what_was_put_right_is_said_beside_the_answer_in_the_class_language(klass):
    folder, known = klass
    about = json.loads((folder / "class.json").read_text())
    (folder / "class.json").write_text(json.dumps(about | {"language": "zh"}))
    findings = [
        ("grading.intake.test_deleted", {"cell": "test-dso"}),
        ("grading.intake.answer_deleted", {"cell": "memo"}),
    ]
    record(folder, "tiny", "blank", replace(known["blank"], findings=findings), "1")
    said = dict(
        table(
            folder,
            "select name, auto_comment from comment, base_cell where cell_id = base_cell.id",
        )
    )
    assert said == {
        "dso": "没有作答。\n\n交回的作业里没有检查单元格“test-dso”，批改时已补上。",
        "discount": "没有作答。",
        "memo": "没有作答。\n\n交回的作业里没有答题单元格“memo”，按没有作答处理。",
    }


@pytest.mark.nbgrader
def test_a_submission_that_could_not_be_graded_changes_no_mark(klass, put):
    folder, known = klass
    broken = replace(known["blank"], problem=("grading.intake.not_json", {}), notebook={})
    put("blank", broken, "1")
    assert set(grades(folder, "blank").values()) == {(None, None, 1)}
    assert not (folder / "autograded" / "blank").exists()
    put("half right", known["half right"], "1")
    before = dump(folder), graded_notebooks(folder)
    put("half right", broken, "2")
    assert (dump(folder), graded_notebooks(folder)) == before


@pytest.mark.nbgrader
def test_nbgraders_own_autograde_takes_the_stamp_away(klass):
    folder, known = klass
    record(folder, "tiny", "blank", known["blank"], "1")
    assert record(folder, "tiny", "blank", known["blank"], "1") is False
    run(folder, "-m", "nbgrader", "autograde", "tiny", "--student=blank", "--force")
    assert record(folder, "tiny", "blank", known["blank"], "1") is True


@pytest.mark.nbgrader
@pytest.mark.parametrize("written", ["", "last Tuesday", "2026-99-99 00:00:00 UTC", "\x00\x00"])
def test_a_time_that_cannot_be_read_is_no_time(klass, written):
    folder, known = klass
    (folder / "submitted/blank/tiny/timestamp.txt").write_text(written)
    record(folder, "tiny", "blank", known["blank"], "1")
    assert table(folder, "select timestamp from submitted_assignment") == [(None,)]
    assert not (folder / "autograded/blank/tiny/timestamp.txt").exists()


@pytest.mark.nbgrader
def test_results_of_another_release_are_refused_with_the_way_out(klass, in_english):
    folder, known = klass
    other = replace(known["blank"], scores={"test-dso": 0, "test-new": 0, "memo": 0})
    before = dump(folder)
    with pytest.raises(CreditError, match="other graded cells than the gradebook"):
        record(folder, "tiny", "blank", other, "1")
    assert dump(folder) == before
    table(folder, "update assignment set name = 'old'")
    with pytest.raises(CreditError, match="run creditlib class release first"):
        record(folder, "tiny", "blank", known["blank"], "1")
    shutil.rmtree(folder / "release")
    with pytest.raises(InputError, match="run creditlib class release first"):
        record(folder, "tiny", "blank", known["blank"], "1")


@pytest.mark.nbgrader
def test_a_mark_that_formgrader_is_giving_at_the_same_time_is_not_lost(klass):
    folder, known = klass
    record(folder, "tiny", "half right", known["half right"], "1")
    formgrader = sqlite3.connect(folder / "gradebook.db", isolation_level=None)
    formgrader.execute("begin immediate")
    formgrader.execute("update grade set manual_score = 2.5, needs_manual_grade = 0")
    again = threading.Thread(
        target=record, args=(folder, "tiny", "half right", known["half right"], "2")
    )
    again.start()
    time.sleep(4)  # by now the other process waits for this one
    assert again.is_alive()
    formgrader.execute("commit")
    formgrader.close()
    again.join()
    assert {rest[1:] for rest in grades(folder, "half right").values()} == {(2.5, 0)}
    assert unrecorded(folder, "tiny", {"half right": "2"}) == []


def many(known, count):
    """Results for a class of any size, each with an answer of its own."""
    names = sorted(known)
    for number in range(count):
        result = with_answer(known[names[number % 3]], "memo", f"Memo of {number}.")
        yield f"trainee {number:03}", result, f"stamp {number}"


@pytest.mark.nbgrader
def test_killed_at_any_moment_and_started_again_it_ends_in_the_same_state(klass, tmp_path):
    folder, known = klass
    shutil.copytree(folder, tmp_path / "undisturbed")
    jobs = list(many(known, 150))
    list(record_each(tmp_path / "undisturbed", "tiny", jobs))
    lines = [json.dumps(recording._job(*one)) + "\n" for one in jobs]
    (tmp_path / "jobs").write_text("".join(lines))
    stamps = {trainee: stamp for trainee, _, stamp in jobs}
    (tmp_path / "stamps").write_text(json.dumps(stamps))
    run(folder, "-c", KILLS, str(tmp_path / "jobs"), str(tmp_path / "stamps"))
    assert 0 < len(unrecorded(folder, "tiny", stamps)) < 130
    list(record_each(folder, "tiny", jobs))
    assert dump(folder) == dump(tmp_path / "undisturbed")
    assert graded_notebooks(folder) == graded_notebooks(tmp_path / "undisturbed")


@pytest.mark.nbgrader
def test_the_gradebook_takes_a_result_whole_or_not_at_all(klass):
    folder, known = klass
    before = dump(folder)
    unsayable = replace(known["blank"], findings=[("grading.intake.no_such_key", {})])
    with pytest.raises(CreditError):
        record(folder, "tiny", "blank", unsayable, "1")
    assert dump(folder) == before
    assert not (folder / "autograded" / "blank").exists()


@pytest.mark.nbgrader
def test_the_gradebook_comes_first_and_the_notebook_with_its_stamp_last(klass):
    folder, known = klass
    (folder / "autograded" / "blank").mkdir(parents=True)
    (folder / "autograded" / "blank" / "tiny").touch()  # in the way of the notebook's folder
    with pytest.raises(CreditError):
        record(folder, "tiny", "blank", known["blank"], "1")
    assert set(grades(folder, "blank").values()) == {(0, None, 0)}
    assert unrecorded(folder, "tiny", {"blank": "1"}) == ["blank"]


@pytest.mark.nbgrader
def test_a_recording_process_that_dies_ends_the_run_in_a_sentence(klass, monkeypatch, in_english):
    folder, known = klass
    started = []

    def start(*command, **settings):
        started.append(popen(*command, **settings))
        return started[-1]

    popen = subprocess.Popen
    monkeypatch.setattr(recording.subprocess, "Popen", start)
    recorded = record_each(folder, "tiny", many(known, 60))
    assert next(recorded) == ("trainee 000", True)
    started[0].kill()
    with pytest.raises(CreditError, match="Recording ended at trainee 001"):
        next(recorded)
    assert started[0].poll() is not None


@pytest.mark.nbgrader
def test_ended_between_the_gradebook_and_the_notebook_it_asks_for_the_same_look(klass, put):
    folder, known = klass
    put("half right", known["half right"], "1")
    mark_by_hand(folder, "half right", "memo", 4.5)
    [path] = folder.glob("autograded/*/tiny/pages.ipynb")
    before = path.read_bytes()
    changed = with_answer(known["half right"], "memo", "Another memo.")
    put("half right", changed, "2")
    after = dump(folder), graded_notebooks(folder)
    path.unlink()
    path.write_bytes(before)  # as if it had ended before the notebook was written
    path.with_name("pages.ipynb.part").write_bytes(b"half of it")
    assert put("half right", changed, "2") is True
    assert (dump(folder), graded_notebooks(folder)) == after
    assert grades(folder, "half right")["memo"] == (None, 4.5, 1)
