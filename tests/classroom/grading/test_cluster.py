"""A Dask cluster grades as this machine does, also when one of its workers is killed."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import creditlib
from creditlib.classroom import cohort, course, notebooks
from creditlib.classroom.answers import compose

GRADED = """
select submission_cell.student, submission_cell.cell, auto, manual, waiting from (
  select s.student_id as student, b.name as cell, g.auto_score as auto,
         g.manual_score as manual, g.needs_manual_grade as waiting
  from grade g
  join submitted_notebook n on g.notebook_id = n.id
  join submitted_assignment s on n.assignment_id = s.id
  join base_cell b on g.cell_id = b.id
) as submission_cell order by 1, 2
"""
SLOW = "def dso(receivables, sales, days):\n    return days * receivables / sales"
CREDITLIB = (sys.executable, "-m", "creditlib")
DASK = (sys.executable, "-m", "dask")


def marks(folder):
    with sqlite3.connect(folder / "gradebook.db") as gradebook:
        return gradebook.execute(GRADED).fetchall()


def graded(folder, *options):
    return subprocess.run(
        [*CREDITLIB, "class", "grade", str(folder), "tiny", *options],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"CREDITLIB_LANG": "en"},
    )


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler and `workers` workers; gives the address and the workers' processes."""
    started = []

    def start(workers, environment=None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        port = address.rpartition(":")[2]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
        host = ["--host", "127.0.0.1", "--no-dashboard"]
        started.append(subprocess.Popen([*DASK, "scheduler", *host, "--port", port], **quiet))
        alone = ["--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", "--no-dashboard"]
        for number in range(workers):
            place = ["--local-directory", str(tmp_path / f"worker-{number}")]
            started.append(
                subprocess.Popen(
                    [*DASK, "worker", address, *alone, *place], env=environment, **quiet
                )
            )
        return address, started[1:]

    yield start
    for process in reversed(started):
        process.kill()  # a worker that has lost its scheduler takes its time to end by itself
        process.wait()


@pytest.fixture
def twins(school, tmp_path, capsys):
    """Two classes alike, of nine: right, wrong and blank answers, one dies, one is no notebook."""
    course.release(school, "tiny")
    released = notebooks.read_notebook(school / "release" / "tiny" / "pages.ipynb")
    answers = [
        {"dso": SLOW},
        {"dso": SLOW, "memo": "Ask why."},
        {"discount": "def discount(rate):\n    return rate / (1 - rate)"},
        {"discount": "def discount(rate):\n    return rate"},
        {"dso": "import os\nos._exit(3)"},
        {},
        {"dso": SLOW, "discount": "import time\ntime.sleep(1)"},
        {"dso": "import time\ntime.sleep(2)\n" + SLOW},
    ]
    for place, given in enumerate(answers):
        handed_in = json.dumps(compose(released, given)).encode()
        cohort.write_whole(school / "submitted" / f"t{place}" / "tiny" / "pages.ipynb", handed_in)
    cohort.write_whole(school / "submitted" / "t8" / "tiny" / "pages.ipynb", b"no notebook")
    twin = tmp_path / "twin"
    shutil.copytree(school, twin)
    return school, twin


def test_three_workers_give_the_same_gradebook_and_survive_the_death_of_one(twins, cluster):
    here, there = twins
    alone = graded(here)
    address, workers = cluster(3)
    grading = subprocess.Popen(
        [*CREDITLIB, "class", "grade", str(there), "tiny", "--dask", address],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=os.environ | {"CREDITLIB_LANG": "en"},
    )
    deadline = time.monotonic() + 120
    while len(list((there / "autograded").glob("*/tiny/pages.ipynb"))) < 2:
        assert grading.poll() is None, grading.stdout.read()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    workers[0].send_signal(signal.SIGKILL)
    assert workers[0].wait() == -signal.SIGKILL
    was_at_work = grading.poll() is None
    said, _ = grading.communicate(timeout=240)
    assert was_at_work
    assert grading.returncode == alone.returncode == 1  # one handed in no notebook
    assert "\nGraded 8, " in said
    assert marks(there) == marks(here)
    assert len({student for student, *_ in marks(there)}) == 9
    for path in (here / "autograded").glob("*/tiny/pages.ipynb"):
        one, other = (
            json.loads((folder / path.relative_to(here)).read_bytes()) for folder in twins
        )
        assert one == other

    again = graded(there)  # what a cluster graded stands for this machine too
    assert "\nGraded 0, " in again.stdout
    assert marks(there) == marks(here)


def refused(folder, address):
    run = graded(folder, "--dask", address)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert marks(folder) == []
    return run.stderr + run.stdout


def test_a_cluster_that_cannot_grade_is_said_in_one_sentence(twins, cluster):
    assert "No Dask scheduler answers at tcp://127.0.0.1:9." in refused(
        twins[0], "tcp://127.0.0.1:9"
    )
    address, _ = cluster(0)
    assert f"The cluster at {address} has no workers." in refused(twins[0], address)


def test_a_worker_with_another_course_grades_nothing(twins, cluster, tmp_path):
    package = tmp_path / "other" / "creditlib"
    shutil.copytree(Path(creditlib.__file__).parent, package)
    with (package / "checks" / "__init__.py").open("a") as changed:
        changed.write("# one line more\n")
    address, _ = cluster(1, os.environ | {"PYTHONPATH": str(package.parent)})
    assert "of another version than here" in refused(twins[0], address)
