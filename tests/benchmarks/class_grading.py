"""`creditlib class grade` and plain `nbgrader autograde` side by side, on the same class.

    python tests/benchmarks/class_grading.py            # 40 submissions by both, then 40 and 400
    python tests/benchmarks/class_grading.py --quick    # 8 by both, then 8 and 24
    python tests/benchmarks/class_grading.py --part growth --assignment a2-assessment

Every time is that of the whole command, from a cold start. The submissions are made of the answer
bank, as `class demo` makes them; each command gets a fresh copy of the class. Memory is the most
that all processes of ours held at one moment, each shared page counted once.
"""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from creditlib import use_language
from creditlib.classroom import cohort, course, notebooks, steps
from creditlib.classroom.answers import BANK, compose, read_bank
from creditlib.classroom.demo import simulated_answers, trainee_names

HEAVIEST = "a4-collection", "a2-assessment"  # nbgrader takes about 1.8 s for one of either
LOOK_EVERY = 0.2  # seconds
OURS = [sys.executable, "-m", "creditlib", "class", "grade", "."]
STOCK = [sys.executable, "-m", "nbgrader", "autograde"]


@dataclass(frozen=True)
class Run:
    """What a command took: seconds of the clock and of all cores, MiB at most."""

    seconds: float
    core_seconds: float
    memory: float


def make_class(folder: Path, assignment: str, trainees: int) -> None:
    """Make a class in which so many trainees have handed in."""
    course.new(folder, "en")
    course.release(folder, assignment)
    blank = notebooks.read_notebook(cohort.cohort_at(folder).release(assignment))
    names = trainee_names(trainees, "en")
    for name, answers in simulated_answers(read_bank(BANK / assignment), names).items():
        filled = compose(blank, {question: one.source for question, one in answers.items()})
        path = folder.parent / "returned" / f"{name}.ipynb"
        cohort.write_whole(path, json.dumps(filled, ensure_ascii=False).encode())
    course.collect(folder, assignment, folder.parent / "returned")


def measured(command: list[str], folder: Path) -> Run:
    """Run a command in a class."""
    before, started, most = os.times(), time.perf_counter(), 0.0
    with (folder / "benchmark.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=folder, env=_environment(), stdout=log, stderr=log)
        while True:
            try:
                running.wait(LOOK_EVERY)
                break
            except subprocess.TimeoutExpired:
                most = max(most, sum(map(_proportional, _family(running.pid))))
    seconds, after = time.perf_counter() - started, os.times()
    if running.returncode:
        raise SystemExit((folder / "benchmark.log").read_text(encoding="utf-8")[-3000:])
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return Run(seconds, used, most / (1 << 20))


def _environment() -> dict[str, str]:
    # As in tests/classroom/test_parity.py: a warning costs a trainee points in nbgrader.
    return os.environ | {"PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore", "CREDITLIB_LANG": "en"}


def _family(first: int) -> list[int]:
    found = [first]
    for process in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{process}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _proportional(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0


def marks(folder: Path, assignment: str) -> dict:
    """Return the points of every trainee in every cell."""
    return steps.run_once(cohort.cohort_at(folder), "marks", assignment)["trainees"]


def run(
    made: Path, assignment: str, command: list[str], name: str, *options: str
) -> tuple[Run, dict]:
    """Run a command in a fresh copy of a class, and say what it took and what marks it gave."""
    folder = made.with_name(name)
    shutil.copytree(made, folder)
    done = measured([*command, assignment, *options], folder)
    given = marks(folder, assignment)
    load = os.getloadavg()[0]
    print(
        f"  {name:24} {done.seconds:7.1f} s  {done.seconds / len(given):6.3f} s each  "
        f"{done.core_seconds:7.1f} s of cores  {done.memory:6.0f} MiB   (load {load:.1f})",
        flush=True,
    )
    shutil.rmtree(folder)
    return done, given


def against_stock(place: Path, assignment: str, trainees: int, workers: str) -> None:
    """Grade one class by ours, by nbgrader and by ours again, so that both meet the same load."""
    print(f"{trainees} submissions of {assignment}, {workers} workers", flush=True)
    made = place / "class"
    with contextlib.redirect_stdout(None):
        make_class(made, assignment, trainees)
    first, ours = run(made, assignment, OURS, "class grade", "--workers", workers)
    stock, theirs = run(made, assignment, STOCK, "nbgrader autograde")
    second, again = run(made, assignment, OURS, "class grade again", "--workers", workers)
    both = (first.seconds + second.seconds) / 2
    cores = (first.core_seconds + second.core_seconds) / 2
    print(f"  {stock.seconds / both:.1f} times as fast (mean of ours), with "
          f"{stock.core_seconds / cores:.1f} times less of the cores; "
          f"the same marks: {ours == theirs == again}")  # fmt: skip


def growth(place: Path, assignment: str, sizes: tuple[int, int], workers: str) -> None:
    """Grade a small and a large class."""
    both = " and ".join(map(str, sizes))
    print(f"class grade, {both} submissions of {assignment}, {workers} workers", flush=True)
    each = []
    for size in sizes:
        folder = place / str(size)
        with contextlib.redirect_stdout(None):
            make_class(folder / "class", assignment, size)
        name = f"{size} submissions"
        done, _ = run(folder / "class", assignment, OURS, name, "--workers", workers)
        each.append((done.seconds / size, done.core_seconds / size, done.memory))
    less = [large / small for small, large in zip(*each, strict=True)]
    print(f"  of the small class's: seconds per submission {less[0]:.2f}, "
          f"of the cores {less[1]:.2f}; memory {less[2]:.2f}")  # fmt: skip


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small classes")
    parser.add_argument("--part", choices=("stock", "growth"), help="one of the two only")
    parser.add_argument("--assignment", nargs="+", default=HEAVIEST)
    parser.add_argument("--workers", default="2")
    options = parser.parse_args()
    use_language("en")
    with tempfile.TemporaryDirectory(prefix="class-grading-") as folder:
        for assignment in options.assignment:
            place, sizes = Path(folder, assignment), (8, 24) if options.quick else (40, 400)
            if options.part != "growth":
                trainees = 8 if options.quick else 40
                against_stock(place / "stock", assignment, trainees, options.workers)
            if options.part != "stock":
                growth(place / "growth", assignment, sizes, options.workers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
