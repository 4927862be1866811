"""Results put into a class: its gradebook and its `autograded` folder, once each.

What was recorded bears a stamp of all that decided it (the submission, the release, the engine),
so a second run with the same stamp does nothing, and one that was ended at any moment and is
started again ends in the same state. Formgrader, marking by hand, `nbgrader generate_feedback`
and export go on as after nbgrader's own autograde.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from creditlib.classroom import notebooks
from creditlib.classroom.cohort import Cohort, cohort_at
from creditlib.classroom.grading.result import Result
from creditlib.errors import CreditError

CHILD = "creditlib.classroom.grading.gradebook"
MARKS = {"read": "marks"}  # the question for what stands in the gradebook of an assignment


def unrecorded(folder: str | Path, assignment: str, stamps: Mapping[str, str]) -> list[str]:
    """Return those trainees whose stamp is not what stands in the class: the ones to grade."""
    course = cohort_at(folder, assignment)
    return [
        trainee
        for trainee, stamp in stamps.items()
        if not _stands(course, assignment, trainee, stamp)
    ]


def record(folder: str | Path, assignment: str, trainee: str, result: Result, stamp: str) -> bool:
    """Record one result in the class `folder`; return False if it stood there already.

    A result with a `problem` changes no mark: it only notes that the trainee handed in. Marks
    given by hand stay, and wait for another look only where the answer has changed.
    """
    if not unrecorded(folder, assignment, {trainee: stamp}):
        return False
    [(_, written)] = record_each(folder, assignment, [(trainee, result, stamp)])
    return written


def record_each(
    folder: str | Path,
    assignment: str,
    graded: Iterable[tuple[str, Result, str]],
    keep_marks: Callable[[dict], None] | None = None,
) -> Iterator[tuple[str, bool]]:
    """Record results (trainee, result, stamp) as they come; yield each trainee once it stands.

    Each is one transaction, in one process for all of them. It starts at once: nbgrader takes a
    second, in which the first result is still being made. `keep_marks` gets, at the end, what the
    step `marks` of nbgrader would find, which saves starting it.
    """
    course = cohort_at(folder, assignment)
    with _recorder(course, assignment) as ask:
        for trainee, result, stamp in graded:
            new = not _stands(course, assignment, trainee, stamp)
            if new:
                said = ask(_job(trainee, result, stamp), trainee)
                if said["problem"]:
                    key, values = said["problem"]
                    raise CreditError(key, **values)
            yield trainee, new
        if keep_marks is not None:
            keep_marks(ask(MARKS))


def _stands(course: Cohort, assignment: str, trainee: str, stamp: str) -> bool:
    # The notebook is written after the gradebook; grading by nbgrader itself makes another one.
    name = course.release(assignment).name
    try:
        graded = notebooks.read_notebook(course.folder / "autograded" / trainee / assignment / name)
        return graded["metadata"]["creditlib"]["stamp"] == stamp
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _job(trainee: str, result: Result, stamp: str) -> dict:
    if result.problem:
        return {"trainee": trainee, "notebook": None}
    about = {
        "stamp": stamp,
        "level": result.level,
        "findings": result.findings,
        "messages": result.messages,
    }
    metadata = result.notebook.get("metadata", {}) | {"creditlib": about}
    return {
        "trainee": trainee,
        "scores": dict(result.scores),
        "waiting": list(result.waiting),
        "findings": list(result.findings),
        "notebook": result.notebook | {"metadata": metadata},
    }


@contextmanager
def _recorder(course: Cohort, assignment: str) -> Iterator[Callable[..., dict]]:
    log = course.folder / "logs" / "record.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("ab") as noise:
        child = subprocess.Popen(
            [sys.executable, "-m", CHILD, assignment],
            cwd=course.folder,
            env=_environment(course),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=noise,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C comes to whoever records; what was begun is finished
        )

        def ask(question: dict, trainee: str = "–") -> dict:
            try:
                child.stdin.write(json.dumps(question) + "\n")
                child.stdin.flush()
                said = child.stdout.readline()
            except BrokenPipeError:
                said = ""
            if not said:
                raise CreditError("grading.record.died", trainee=trainee, log=log)
            return json.loads(said)

        try:
            yield ask
        finally:
            _end(child)


def _end(child: subprocess.Popen) -> None:
    try:
        child.stdin.close()
    except BrokenPipeError:
        child.stdin = None
    child.wait()
    child.stdout.close()


def _environment(course: Cohort) -> dict[str, str]:
    return os.environ | {"CREDITLIB_LANG": course.lang, "PYTHONUTF8": "1"}
