"""`class grade`, killed at fifty moments and started again, ends where an undisturbed run ends."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import pytest

from creditlib import i18n
from creditlib.classroom import cohort, course, notebooks, steps
from creditlib.classroom.answers import compose, read_bank
from creditlib.classroom.grading import kernel

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

KILLS = 50
SEED = 20251231
MARKED = ("甲旧答案", "乙新答案")  # by hand, before the class is graded again
LATER = ("丙", "丁", "戊", "己", "庚", "辛")
EVERYONE = len(MARKED) + len(LATER)
PATIENCE = 60  # seconds until what a killed command started has ended: a busy machine takes some
CLASS_SECONDS = 180


def handed_in(folder, answers):
    """The trainees hand in; what they handed in before is replaced."""
    blank = notebooks.read_notebook(folder / "release/tiny/pages.ipynb")
    returned = folder.parent / f"returned-{len([*folder.parent.glob('returned*')])}"
    for trainee, given in answers.items():
        path = returned / f"{trainee}.ipynb"
        cohort.write_whole(path, json.dumps(compose(blank, given)).encode())
        os.utime(path, (1_767_000_000, 1_767_000_000))
    course.collect(folder, "tiny", returned)


@pytest.fixture(scope="module")
def waiting(tiny, tmp_path_factory):
    """A class with marks by hand, in which everyone has handed in something new."""
    known = read_bank(tiny / "answers" / "tiny")
    right = {question: answers[0].source for question, answers in known.items()}
    wrong = {"dso": known["dso"][-1].source}
    folder = tmp_path_factory.mktemp("killed") / "class"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", "en")
        course.new(folder, "zh", tiny / "solutions")
        course.release(folder, "tiny")
        memo = {"memo": "Ask for the reason."}
        handed_in(folder, dict.fromkeys(MARKED, wrong | memo))
        course.grade(folder, "tiny")
        marks = [part for trainee in MARKED for part in (trainee, "memo", "3.5")]
        steps.run_once(cohort.cohort_at(folder), "mark", "tiny", *marks)
        several = [right, right | wrong, right | memo, {}, memo | wrong, right]
        again = (right | memo, right | {"memo": "Ask for the reason first."}, *several)
        handed_in(folder, dict(zip((*MARKED, *LATER), again, strict=True)))
    return folder


class Command:
    """The whole `class grade`, in a session of its own, as a terminal starts it."""

    def __init__(self, folder):
        self.folder = folder
        self.before = stamps(folder).items()
        temporary = folder.parent / "temporary"
        temporary.mkdir(exist_ok=True)
        with (folder.parent / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "creditlib", "class", "grade", str(folder), "tiny"],
                stdout=said,
                stderr=said,
                start_new_session=True,
                env=os.environ | {"CREDITLIB_LANG": "en", "TMPDIR": str(temporary)},
            )

    def reached(self, recorded, seconds):
        """Wait until so many more notebooks stand, and then some; False if it ended before."""
        deadline = time.monotonic() + CLASS_SECONDS
        while recorded and len(stamps(self.folder).items() - self.before) < recorded:
            assert time.monotonic() < deadline
            if self.process.poll() is not None:
                return False
            time.sleep(0.04)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.process.returncode is None

    def kill(self, together):
        """Kill it with -9, or its whole process group."""
        (os.killpg if together else os.kill)(self.process.pid, signal.SIGKILL)
        self.process.wait()


def stamps(folder):
    """The notebooks that stand, each with the stamp of what decided it."""
    return {
        path.parent.parent.name: notebooks.read_notebook(path)["metadata"]["creditlib"]["stamp"]
        for path in folder.glob("autograded/*/tiny/pages.ipynb")
    }


@pytest.fixture
def left():
    """`left()` is what is left of all that was started: orphans come to this process."""
    kernel.prctl(kernel.SET_CHILD_SUBREAPER, 1)
    known = children()

    def still_there():
        for process in children() - known:
            with suppress(ChildProcessError):
                os.waitpid(process, os.WNOHANG)
        return children() - known

    yield still_there
    while found := still_there():
        for process in found:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
    kernel.prctl(kernel.SET_CHILD_SUBREAPER, 0)


def children():
    listed = (task.joinpath("children").read_text() for task in Path("/proc/self/task").iterdir())
    return {int(process) for line in listed for process in line.split()}


def gradebook(folder):
    """Every row of every table, told by what it refers to, not by the ids that chance gave it."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as db:
        db.row_factory = sqlite3.Row
        assert [*map(tuple, db.execute("pragma integrity_check"))] == [("ok",)]
        names = [one[0] for one in db.execute("select name from sqlite_master where type='table'")]
        refers = {
            name: {
                one["from"]: one["table"] for one in db.execute(f"pragma foreign_key_list({name})")
            }
            for name in names
        }
        rows = {name: [*map(dict, db.execute(f"select * from {name}"))] for name in names}

    def told(table, row):
        return tuple(
            (column, meant(refers[table][column], value) if column in refers[table] else value)
            for column, value in row.items()
            if column in refers[table] or column != "id" or table == "student"
        )

    def meant(table, key):
        return next((told(table, row) for row in rows[table] if row["id"] == key), key)

    return {name: Counter(told(name, row) for row in rows[name]) for name in names}


def state(folder):
    """All that grading leaves behind: gradebook, notebooks, records."""
    record = json.loads((folder / "records/tiny.json").read_text(encoding="utf-8"))
    assert record["waiting"].pop("gradebook")  # a hash of the file, random ids and all
    notebooks = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in (folder / "autograded").rglob("*")
        if path.is_file()
    }
    return {"gradebook": gradebook(folder), "notebooks": notebooks, "record": record}


def stands(folder, waiting):
    """How many notebooks of this round stand, beside those from before."""
    return len(stamps(folder).items() - stamps(waiting).items())


def seconds_until_nothing(left):
    """Wait until nothing is left running; how long it took."""
    killed = time.monotonic()
    while found := left():
        assert time.monotonic() < killed + PATIENCE, found
        time.sleep(0.1)
    return time.monotonic() - killed


@pytest.mark.nbgrader
def test_killed_at_fifty_moments_it_ends_where_an_undisturbed_run_ends(waiting, tmp_path, left):
    undisturbed, folder = tmp_path / "undisturbed" / "class", tmp_path / "killed" / "class"
    shutil.copytree(waiting, undisturbed)
    command, started = Command(undisturbed), time.monotonic()
    assert command.reached(1, 0)
    start_up = time.monotonic() - started  # until the first notebook stands
    assert command.process.wait(CLASS_SECONDS) == 0
    expected = state(undisturbed)
    assert len(expected["notebooks"]) == 2 * EVERYONE
    assert expected["record"]["waiting"]["trainees"].keys() == {"乙新答案", "戊", "庚"}
    manual = [row for row in expected["gradebook"]["grade"] if ("manual_score", 3.5) in row]
    assert len(manual) == len(MARKED)

    chance, kills, rounds, stood, slowest = random.Random(SEED), 0, 0, Counter(), 0.0
    while kills < KILLS:
        shutil.copytree(waiting, folder)
        closing = rounds % 3  # how often it is killed when all stand and little is left to do
        while kills < KILLS:
            command = Command(folder)
            if stands(folder, waiting) == EVERYONE:
                more, seconds = 0, chance.uniform(0, start_up / 3)
                closing -= 1
            elif chance.random() < 0.22:
                more, seconds = chance.choice([1, 1, 2, 3]), chance.uniform(0, 0.2)
            else:
                more, seconds = 0, chance.uniform(0, start_up * 0.6)
            if closing < 0 or not command.reached(more, seconds):
                break
            command.kill(together=chance.random() < 0.3)
            kills += 1
            stood[stands(folder, waiting)] += 1
            if kills % 2:  # else it is started again at once, while what it left still ends
                slowest = max(slowest, seconds_until_nothing(left))
        else:
            command = Command(folder)
        assert command.process.wait(CLASS_SECONDS) == 0
        rounds += 1
        assert state(folder) == expected, f"after {kills} kills"
        assert not [*folder.rglob("*.part"), *folder.rglob("*-journal")]
        shutil.rmtree(folder)
    slowest = max(slowest, seconds_until_nothing(left))
    assert not [*(folder.parent / "temporary").iterdir()]
    assert "Traceback" not in (folder.parent / "said").read_text(encoding="utf-8")
    print(f"{kills} kills in {rounds} classes; notebooks that stood then: {sorted(stood.items())}; "
          f"all processes had ended after {slowest:.1f} s at most")  # fmt: skip
