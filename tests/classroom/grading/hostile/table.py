"""Grading the whole bank once, attackers and honest trainees side by side, and what it gave."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from creditlib.classroom.grading import engine
from creditlib.classroom.grading.result import Result
from tests.classroom.grading.hostile.assignment import LIMITS, SECRET, SOURCE, TIMES, Submission
from tests.classroom.grading.hostile.honest import NEIGHBOUR

EVERY = 4  # submissions between two neighbours


def make_victim(folder: Path) -> Path:
    """Fill a folder with what an attacker would like: a gradebook, answers, other people's work."""
    other = folder / "submitted" / "other" / "pages.ipynb"
    other.parent.mkdir(parents=True)
    other.write_text(json.dumps({"cells": [], "note": SECRET}))
    (folder / "secret.py").write_text(f"print('{SECRET}')\n")
    with sqlite3.connect(folder / "gradebook.db") as book:
        book.execute("create table grade (score real, note text)")
        book.execute("insert into grade values (1, ?)", (SECRET,))
    folder.chmod(0o755)
    return folder


def grade_bank(submissions: Iterable[Submission], victim: Path) -> dict[str, Result]:
    """Return the result of each, and of neighbours who stand between them, by name."""
    return dict(
        engine.grade_many(
            SOURCE, dict(_mixed(submissions, victim)), workers=2, times=TIMES, limits=LIMITS
        )
    )


def lasting(result: Result) -> bytes:
    """Return the bytes of a result without the time that it took."""
    return replace(result, seconds=0.0).to_bytes()


def _mixed(submissions: Iterable[Submission], victim: Path) -> Iterator[tuple[str, bytes]]:
    for number, submission in enumerate(submissions):
        if number % EVERY == 0:
            yield f"{NEIGHBOUR.name}-{number}", NEIGHBOUR.data(victim)
        yield submission.name, submission.data(victim)


def lines(submissions: Iterable[Submission], results: Mapping[str, Result]) -> Iterator[str]:
    """Yield a table: the name, what it does, what it got."""
    for one in submissions:
        result = results[one.name]
        if result.problem:
            got = result.problem[0].rpartition(".")[2]
        else:
            got = " ".join(f"{score:g}" for name, score in result.scores.items() if name != "memo")
        found = sorted({key.rpartition(".")[2] for key, _ in result.findings})
        plain = "passes" if one.fools_plain else ""
        yield f"| {one.name} | {one.does} | {plain} | {got} | {' '.join(found)} |"
