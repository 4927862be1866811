"""`class grade` does what is to be done, once, and says what came of it."""

import errno
import importlib.util
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from creditlib import cli, i18n
from creditlib.classroom import cohort, course, grade, notebooks, one_at_a_time, steps
from creditlib.classroom.answers import compose, read_bank
from creditlib.classroom.grading import engine
from creditlib.classroom.grading.template import Template
from creditlib.classroom.one_at_a_time import alone
from creditlib.errors import CreditError, InputError, MissingPackage

TRAINEES = ("甄全对", "甄错一", "甄待评", "贾空白")
ENDLESS = """import os
os.fork()
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""


class Terminal(io.StringIO):
    """A place to write that says it is a terminal."""

    def isatty(self):
        return True


def class_that_handed_in(folder, tiny, handed_in):
    course.new(folder, "zh", tiny / "solutions")
    course.release(folder, "tiny")
    blank = notebooks.read_notebook(folder / "release/tiny/pages.ipynb")
    for trainee, answers in handed_in.items():
        path = folder.parent / "returned" / f"{trainee}.ipynb"
        cohort.write_whole(path, json.dumps(compose(blank, answers)).encode())
    course.collect(folder, "tiny", folder.parent / "returned")


@pytest.fixture(scope="module")
def fresh(tiny, tmp_path_factory):
    """A class that handed in, with no marks yet."""
    known = read_bank(tiny / "answers" / "tiny")
    right = {question: answers[0].source for question, answers in known.items()}
    wrong = {"dso": known["dso"][-1].source}
    answers = (right, right | wrong, right | {"memo": "Ask for the reason."}, {})
    folder = tmp_path_factory.mktemp("grade") / "class"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", "en")
        class_that_handed_in(folder, tiny, dict(zip(TRAINEES, answers, strict=True)))
    return folder


@pytest.fixture
def klass(fresh, tmp_path, in_english):
    shutil.copytree(fresh, tmp_path / "class")
    return tmp_path / "class"


@pytest.fixture(scope="module")
def by_workers(fresh, tmp_path_factory):
    """The class graded by 1 and by 3 at a time: the folder, what was said, what the bar showed."""
    graded = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", "en")
        patch.setenv("COLUMNS", "120")
        for workers in (1, 3):
            folder = tmp_path_factory.mktemp("workers") / "class"
            shutil.copytree(fresh, folder)
            with redirect_stdout(io.StringIO()) as said, redirect_stderr(Terminal()) as bar:
                assert course.grade(folder, "tiny", workers=workers) is True
            graded[workers] = SimpleNamespace(
                folder=folder, said=said.getvalue(), bar=bar.getvalue()
            )
    return graded


@pytest.fixture
def graded(by_workers, tmp_path, in_english):
    shutil.copytree(by_workers[3].folder, tmp_path / "graded")
    return tmp_path / "graded"


def marks(folder):
    return steps.run_once(cohort.cohort_at(folder), "marks", "tiny")["trainees"]


def left_behind(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for room in ("autograded", "records")
        for path in (folder / room).rglob("*")
        if path.is_file()
    }


@pytest.mark.nbgrader
def test_one_worker_and_three_give_equal_gradebooks_and_notebooks(by_workers):
    one, three = by_workers[1], by_workers[3]
    assert marks(one.folder) == marks(three.folder)
    points = {
        trainee: [cell["points"] for cell in cells.values()]
        for trainee, cells in marks(one.folder).items()
    }
    assert points == {
        "甄全对": [2, 3, 0],
        "甄错一": [0, 3, 0],
        "甄待评": [2, 3, None],
        "贾空白": [0, 0, 0],
    }
    ours, theirs = left_behind(one.folder), left_behind(three.folder)
    for found in (ours, theirs):  # apart from the gradebook's stamp: its ids are random
        record = json.loads(found.pop("records/tiny.json"))
        assert set(record["graded"]) == set(TRAINEES)
    assert ours == theirs


@pytest.mark.nbgrader
def test_the_sandbox_that_held_is_in_every_notebook_and_in_the_closing_line(by_workers):
    held = engine._warm("")[0].level
    for trainee in TRAINEES:
        path = by_workers[1].folder / "autograded" / trainee / "tiny" / "pages.ipynb"
        assert notebooks.read_notebook(path)["metadata"]["creditlib"]["level"] == held
    [line] = [line for line in by_workers[1].said.splitlines() if line.startswith("Graded")]
    assert line.startswith("Graded 4, unchanged and left as they are 0, could not be graded 0; ")
    assert line.endswith(f"Sandbox: {i18n.text(f'class.sandbox.{held}', lang='en')}.")


@pytest.mark.nbgrader
def test_the_bar_shows_how_many_who_is_at_work_and_how_many_failed(by_workers):
    alone, together = by_workers[1].bar, by_workers[3].bar
    assert "0/4" in alone
    assert "4/4" in alone
    assert "at work: 甄全对; failed: 0" in alone
    assert "甄全对, 甄待评" not in alone
    assert "failed: 0" in together


@pytest.mark.nbgrader
def test_a_second_run_starts_nothing_and_changes_nothing(graded, monkeypatch, capsys):
    course.grade(graded, "tiny")
    before = left_behind(graded), (graded / "gradebook.db").read_bytes()
    said = capsys.readouterr().out
    monkeypatch.setattr(subprocess, "Popen", None)
    monkeypatch.setattr(engine, "grade_many", None)
    assert course.grade(graded, "tiny") is True
    assert (left_behind(graded), (graded / "gradebook.db").read_bytes()) == before
    assert "Graded 0, unchanged and left as they are 4, could not be graded 0; 0 s.\n" in said
    assert "“memo” waits for marking by hand (1): 甄待评" in said
    assert capsys.readouterr().out == said


@pytest.mark.nbgrader
def test_who_waits_is_asked_again_once_a_mark_was_given(graded, capsys):
    made = cohort.cohort_at(graded)
    course.grade(graded, "tiny")
    assert "waits for marking by hand" in capsys.readouterr().out
    steps.run_once(made, "mark", "tiny", "甄待评", "memo", "4.5")
    course.grade(graded, "tiny")
    assert "waits for marking by hand" not in capsys.readouterr().out
    assert marks(graded)["甄待评"]["memo"] == {"points": 4.5, "waiting": False}


@pytest.mark.nbgrader
def test_what_was_recorded_before_an_end_without_notice_is_no_trouble_later(graded, capsys):
    record = cohort.read_record(cohort.cohort_at(graded), "tiny")
    record["graded"]["甄全对"] = {"stamp": "old", "problem": ["grading.intake.not_json", {}]}
    cohort.write_record(cohort.cohort_at(graded), "tiny", record)
    assert course.grade(graded, "tiny") is True
    again = cohort.read_record(cohort.cohort_at(graded), "tiny")["graded"]
    assert again["甄全对"]["problem"] is None


@pytest.mark.nbgrader
def test_the_stamp_is_of_the_notebook_that_was_graded(klass, monkeypatch, capsys):
    made = cohort.cohort_at(klass)
    path = made.submitted("tiny", "贾空白")
    better = made.submitted("tiny", "甄全对").read_bytes()
    listed = grade._unrecorded

    def collected_meanwhile(*asked):
        path.write_bytes(better)
        return listed(*asked)

    monkeypatch.setattr(grade, "_unrecorded", collected_meanwhile)
    course.grade(klass, "tiny")
    assert marks(klass)["贾空白"]["test-dso"]["points"] == 2
    capsys.readouterr()
    course.grade(klass, "tiny")
    assert "Graded 0, unchanged and left as they are 4" in capsys.readouterr().out


def test_another_version_of_a_package_is_another_stamp(monkeypatch):
    before = cohort.stamp(b"notebook")
    monkeypatch.setattr(cohort, "version", lambda package: "0.0.0")
    cohort._environment.cache_clear()
    try:
        assert cohort.stamp(b"notebook") != before
    finally:
        monkeypatch.undo()
        cohort._environment.cache_clear()
    assert cohort.stamp(b"notebook") == before


@pytest.mark.nbgrader
def test_where_no_sandbox_holds_nothing_is_graded_unless_the_instructor_says_so(
    klass, monkeypatch, capfd
):
    monkeypatch.setattr(Template, "level", "none")
    assert cli.main(["class", "grade", str(klass), "tiny"]) == 1
    said = capfd.readouterr()
    assert said.err == i18n.text("grading.run.no_sandbox", lang="en") + "\n"
    assert not [*klass.glob("autograded/*")]
    assert cli.main(["class", "grade", str(klass), "tiny", "--unsandboxed"]) == 0
    assert "Graded 4" in (out := capfd.readouterr().out)
    assert "Sandbox: none (--unsandboxed)." in out


@pytest.mark.nbgrader
def test_what_nobody_foresaw_is_the_trouble_of_one_submission(klass, monkeypatch, capsys):
    bad = cohort.cohort_at(klass).submitted("tiny", "甄错一").read_bytes()
    real = engine.parse

    def parse(submission):
        if submission == bad:
            raise RecursionError("too deep")
        return real(submission)

    monkeypatch.setattr(engine, "parse", parse)
    assert course.grade(klass, "tiny") is False
    said = capsys.readouterr().out
    assert (
        "甄错一：没有批改成功，批改程序自己出了错（RecursionError: too deep (test_grade.py:" in said
    )
    assert "Graded 3, unchanged and left as they are 0, could not be graded 1" in said
    monkeypatch.undo()
    monkeypatch.setattr(i18n, "_chosen", "en")
    assert course.grade(klass, "tiny") is True
    assert "Graded 1, unchanged and left as they are 3" in capsys.readouterr().out


@pytest.mark.parametrize("asked", ["0", "-1", "two", "1.5", "", 0])
def test_workers_are_a_whole_number_from_1_up(klass, asked):
    with pytest.raises(InputError, match=f"takes a whole number from 1 up, not “{asked}”"):
        course.grade(klass, "tiny", workers=asked)


def test_by_default_there_is_a_worker_for_each_core_that_may_be_used(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 5}, raising=False)
    assert grade._checked_workers(None) == 3


def test_a_source_that_lost_a_question_since_the_release_is_said_in_a_sentence(klass):
    path = klass / "source/tiny/pages.ipynb"
    source = notebooks.read_notebook(path)
    source["cells"] = [cell for cell in source["cells"] if notebooks.grade_id(cell) != "test-dso"]
    path.write_text(json.dumps(source))
    with pytest.raises(CreditError, match="other graded cells than the gradebook"):
        course.grade(klass, "tiny")


@pytest.mark.nbgrader
def test_a_cluster_grades_in_place_of_this_machine(klass, by_workers, monkeypatch):
    asked = []

    def grade_on(address, source, submissions, **settings):
        asked.append((address, settings))
        return engine.grade_many(source, submissions, **settings)

    cluster = ModuleType("creditlib.classroom.grading.cluster")
    cluster.grade_on = grade_on
    monkeypatch.setitem(sys.modules, cluster.__name__, cluster)
    monkeypatch.setattr(cohort, "find_spec", lambda name: importlib.util.find_spec("json"))
    assert course.grade(klass, "tiny", dask="tcp://cluster:8786") is True
    assert asked == [("tcp://cluster:8786", {"unsandboxed": False})]
    assert marks(klass) == marks(by_workers[1].folder)
    with pytest.raises(InputError, match="one of the two"):
        course.grade(klass, "tiny", dask="tcp://cluster:8786", workers=2)


def test_a_cluster_without_its_package_says_what_to_install(klass, monkeypatch):
    real = cohort.find_spec
    monkeypatch.setattr(
        cohort, "find_spec", lambda name: None if name == "distributed" else real(name)
    )
    with pytest.raises(MissingPackage, match=r"distributed is not installed.*creditlib\["):
        course.grade(klass, "tiny", dask="tcp://cluster:8786")


def family(process):
    """A process and its descendants."""
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*"):
            found += map(int, (task / "children").read_text().split())
    return found


def runs(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.nbgrader
def test_a_second_grading_of_the_same_class_ends_in_a_sentence_until_the_first_has_ended(
    request, klass, lang, capfd
):
    endless = cohort.cohort_at(klass).submitted("tiny", "甄全对")
    with_answer = compose(notebooks.read_notebook(endless), {"dso": ENDLESS})
    endless.write_text(json.dumps(with_answer), encoding="utf-8")
    command = [sys.executable, "-m", "creditlib", "class", "grade", str(klass), "tiny"]
    first = subprocess.Popen([*command, "--workers", "1"], start_new_session=True)
    request.addfinalizer(first.wait)
    request.addfinalizer(first.kill)
    until = time.monotonic() + 30
    while not (klass / one_at_a_time.LOCK).exists():
        assert first.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(0.2)  # it takes the lock next
    assert kept(klass)
    second = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=os.environ | {"CREDITLIB_LANG": lang}
    )
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr == i18n.text("class.being_graded", lang, folder=klass) + "\n"
    assert first.poll() is None
    first.kill()
    first.wait()
    assert not kept(klass)


def kept(folder):
    """Whether a class is being graded."""
    try:
        with alone(folder):
            return False
    except CreditError:
        return True


def test_where_a_drive_knows_no_locks_grading_goes_on_without(tmp_path, monkeypatch):
    def flock(*asked):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(one_at_a_time.fcntl, "flock", flock)
    assert not kept(tmp_path)


@pytest.mark.nbgrader
def test_ctrl_c_is_one_sentence_keeps_what_is_recorded_and_leaves_no_process(
    request, tiny, tmp_path, in_english
):
    right = read_bank(tiny / "answers" / "tiny")["dso"][0].source
    endless = {f"B{number}": {"dso": ENDLESS} for number in range(6)}
    folder = tmp_path / "class"
    class_that_handed_in(folder, tiny, {"A": {"dso": right}} | endless)
    command = ["-m", "creditlib", "class", "grade", str(folder), "tiny", "--workers", "2"]
    grading = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"CREDITLIB_LANG": "en"},
        # A shell that starts the tests in the background has all of them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    request.addfinalizer(grading.kill)  # if it has not ended by then
    deadline = time.monotonic() + 120
    while not [*folder.glob("autograded/A/tiny/pages.ipynb")]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(1)  # by now two that never end are at work
    started = family(grading.pid)
    assert len(started) > 5
    os.killpg(grading.pid, signal.SIGINT)
    said = grading.communicate(timeout=60)
    assert said == ("", "interrupted; run the same command again to go on\n")
    assert grading.returncode == 130
    deadline = time.monotonic() + 30
    while any(map(runs, started)):
        assert time.monotonic() < deadline, [one for one in started if runs(one)]
        time.sleep(0.1)
    assert marks(folder)["A"]["test-dso"] == {"points": 2, "waiting": False}
    assert [*cohort.read_record(cohort.cohort_at(folder), "tiny")["graded"]] == ["A"]
