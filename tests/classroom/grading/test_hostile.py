"""Hostile submissions get what they solved and harm nobody; odd but honest ones lose nothing."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

import creditlib
from creditlib.classroom import course, notebooks
from creditlib.classroom.answers import BANK, read_bank
from creditlib.classroom.grading import engine, outputs
from creditlib.classroom.notebooks import grade_id
from tests.classroom.grading.hostile import HOSTILE, in_an_assignment, plain
from tests.classroom.grading.hostile.assignment import (
    ALL,
    KEPT,
    LIMITS,
    SECRET,
    SOURCE,
    TIMES,
    VICTIM,
    handed_in,
)
from tests.classroom.grading.hostile.honest import BLANK, HONEST, NEIGHBOUR
from tests.classroom.grading.hostile.table import grade_bank, lasting, make_victim

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is no sandbox")
NOT_SOLVED = ("test-limit", "test-total")
HIDDEN = ("38_850", "38850", "38,850", "60_000", "60000")  # what hidden tests expect


def by_name(submissions):
    return pytest.mark.parametrize("submission", submissions, ids=lambda one: one.name)


class Descendants(threading.Thread):
    """Notes every process that comes from this one while it runs."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen = set()
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(0.1):
            self.seen |= self.now()

    def now(self):
        """Return the processes that come from this one, as number and time of birth."""
        parents, births = {}, {}
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                about = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if about[0] != "Z":
                parents[int(process)], births[int(process)] = int(about[1]), about[19]
        found = {os.getpid()}
        while more := {one for one, of in parents.items() if of in found} - found:
            found |= more
        return {(one, births[one]) for one in found - {os.getpid()}}

    def left(self):
        """Return which of those seen are still there, wherever they have moved."""
        alive = set()
        for process, birth in self.seen:
            try:
                about = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if about[19] == birth and about[0] != "Z":
                alive.add((process, birth))
        return alive


def contents(folder):
    """What a folder holds: names, modes and hashes."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in [folder, *folder.rglob("*")]
    }


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """The results of the bank, graded two at a time among honest neighbours, and what is left."""
    folder = tmp_path_factory.mktemp("hostile")
    victim = make_victim(folder / "class")
    before = contents(victim)
    alone = engine.grade_one(SOURCE, NEIGHBOUR.data(victim), times=TIMES, limits=LIMITS)
    processes = Descendants()
    warm = processes.now()
    processes.start()
    kept, tempfile.tempdir = tempfile.tempdir, str(folder / "temporary")
    Path(tempfile.tempdir).mkdir()
    os.environ["CREDITLIB_VICTIM"] = SECRET
    try:
        results = grade_bank([*HOSTILE, *HONEST], victim)
    finally:
        del os.environ["CREDITLIB_VICTIM"]
        temporary, tempfile.tempdir = Path(tempfile.tempdir), kept
        processes.over.set()
        processes.join()
    return SimpleNamespace(
        results=results,
        alone=alone,
        left_processes=processes.left() - warm,
        seen_processes=processes.seen - warm,
        left_files=list(temporary.rglob("*")),
        changed=contents(victim).items() ^ before.items(),
    )


@by_name([*HOSTILE, *HONEST])
def test_each_gets_what_it_must(bank, submission):
    result = bank.results[submission.name]
    problem = result.problem[0] if result.problem else ""
    assert problem == (submission.problem and f"grading.intake.{submission.problem}")
    if problem:
        assert result.scores == {}
        return
    got = {name: score for name, score in result.scores.items() if name != "memo"}
    if submission.scores is None:
        assert all(got[name] in (0, ALL[name]) for name in KEPT)
        assert [got[name] for name in NOT_SOLVED] == [0, 0]
    else:
        assert got == submission.scores
    assert ("memo" in result.waiting) is submission.waits
    found = {key.rpartition(".")[2] for key, _ in result.findings}
    assert submission.finding in found or not submission.finding


@by_name([one for one in HOSTILE if not one.problem])
def test_none_sees_a_secret_or_gets_through(bank, submission):
    result = bank.results[submission.name]
    assert SECRET.encode() not in result.to_bytes()
    own = [
        str(cell.get("outputs", ""))
        for cell in result.notebook["cells"]
        if not str(grade_id(cell)).startswith("test-")
    ]
    assert not [one for one in own if "GOT" in one]
    assert not [value for value in HIDDEN if any(value in one for one in own)]


def test_an_honest_neighbour_gets_the_same_to_the_byte_as_alone(bank):
    beside = [one for name, one in bank.results.items() if name.startswith("honest: neighbour-")]
    assert len(beside) > 20
    assert bank.alone.scores == ALL
    assert {lasting(one) for one in beside} == {lasting(bank.alone)}


def test_no_process_is_left(bank):
    assert len(bank.seen_processes) > 100
    assert bank.left_processes == set()


def test_no_file_is_left_and_none_of_others_is_changed(bank):
    assert bank.left_files == []
    assert bank.changed == set()
    package = Path(creditlib.__file__).parent
    for place in ("/etc", "/root", package, sys.prefix):
        assert not any(os.path.exists(f"{place}/owned{end}") for end in ("", ".py", ".pth"))


def test_where_the_tests_run_in_its_process_an_attack_succeeds(tmp_path):
    attacks = [one for one in HOSTILE if one.fools_plain]
    submissions = {one.name: one.data(tmp_path) for one in attacks}
    submissions["honest"] = NEIGHBOUR.data(tmp_path)
    submissions["blank"] = BLANK
    got = plain.scores(submissions)
    assert got["honest"] == ALL
    assert got["blank"] == dict.fromkeys(ALL, 0)
    assert len(attacks) >= 12
    for one in attacks:
        for test in one.fools_plain:
            assert got[one.name][test] == ALL[test], (one.name, test)


def test_in_a_real_assignment_an_attacker_gets_what_it_solved():
    (page,) = (course.SOLUTIONS / "en" / "a2-assessment").glob("*.md")
    source = json.loads(notebooks.from_markdown(page))
    known = read_bank(BANK / "a2-assessment")
    solved = {question: known[question][0].source for question in ("liquidity", "auc")}
    tried = dict(in_an_assignment.attacks(source, solved))
    assert len(tried) == len(in_an_assignment.BY_CELLS) + len(in_an_assignment.FUNCTIONS)
    for name, result in engine.grade_many(source, tried, workers=2):
        most = {test: result.maximum[test] for test in ("test-liquidity", "test-auc")}
        assert {test: got for test, got in result.scores.items() if got} == most, name
        assert set(result.scores) >= {f"test-{question}" for question in known}


@pytest.mark.parametrize(
    "name", ["network", "gradebook", "reads others", "writes outside", "ptrace", "processor"]
)
def test_what_the_sandbox_refuses_was_really_tried(bank, name):
    tried = next(one for one in HOSTILE if one.name == name)
    attempts = tried.data(Path(VICTIM)).count(b"attempt(") - 1
    said = bank.results[name].notebook["cells"][1]["outputs"][0]["text"].splitlines()
    assert len(said) >= attempts
    assert {one.split()[0] for one in said} == {"refused"}
    assert not {"NameError", "SyntaxError", "AttributeError", "TypeError"} & {
        one.split()[1] for one in said
    }


def test_a_function_cannot_end_the_loop_of_a_test_that_asks_for_all(write):
    work = "def f(x):\n    raise StopIteration"
    source = write.notebook(
        write.answer("a", work), write.check("a", "assert all(map(lambda x: f(x) == x, [1, 2]))")
    )
    passed_in_process: dict = {}
    exec(f"{work}\npassed = all(map(lambda x: f(x) == x, [1, 2]))", passed_in_process)
    assert passed_in_process["passed"] is True
    assert write.graded(source).scores == {"test-a": 0}


@pytest.mark.parametrize(
    "source",
    ["'\\n' * 1_000_000 + '('", "' \\n' * 24_000 + '('", "'a;' * 900_000", "'1' + '<1' * 900_000"],
)
def test_no_cell_keeps_the_engine_reading_it(source):
    read = (
        f"from creditlib.classroom.grading.names import names_of, only_adds\nsource = {source}\n"
        "print(names_of(source).makes, only_adds(source, {}))"
    )
    done = subprocess.run([sys.executable, "-c", read], capture_output=True, timeout=30, text=True)
    assert done.stdout == "frozenset() False\n"


def test_html_that_is_slow_to_clean_is_shown_as_text():
    def shown(html):
        data = {"text/html": html, "text/plain": "a table"}
        (output,) = outputs.checked([{"output_type": "display_data", "data": data}])
        return set(output["data"])

    assert shown("<td>1</td>" * 1_000) == {"text/html", "text/plain"}
    assert shown("<div>" * 3_001) == {"text/plain"}
    (only,) = outputs.checked(
        [{"output_type": "display_data", "data": {"text/html": "<p>" * 4000}}]
    )
    assert set(only["data"]) == {"text/plain"}
    many = [{"output_type": "display_data", "data": {"text/html": "<div>" * 3_000}}] * 100
    assert len(outputs.checked(many)) < 20


def test_what_is_printed_without_end_fills_no_memory(bank):
    outputs_of = bank.results["endless output"].notebook["cells"][1]["outputs"]
    assert bank.results["endless output"].findings == []  # interrupted, not ended
    assert outputs_of[0]["text"].startswith("xxx")


def test_drawing_inline_is_a_line_like_any_other(write):
    source = write.notebook(
        write.answer("a", "%matplotlib inline\nx = 3"), write.check("a", "assert x == 3")
    )
    assert write.graded(source).scores == {"test-a": 1}


def test_the_blank_release_gets_nothing_and_what_is_handed_in_is_an_attackers_own_work():
    blank = engine.grade_one(SOURCE, BLANK, times=TIMES, limits=LIMITS)
    assert blank.scores == dict.fromkeys([*ALL, "memo"], 0)
    assert {grade_id(one) for one in handed_in()["cells"]} >= set(KEPT)
