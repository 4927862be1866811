"""nbgrader's steps, each in a child process, its talk kept in the class's `logs/`.

A notebook that takes the child down with it is that trainee's trouble: the step goes on with the
next one in a new child.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

from creditlib.classroom.cohort import Cohort
from creditlib.errors import CreditError

CHILD = "creditlib.classroom.nbgrader_child"


def run_for_each(
    cohort: Cohort, step: str, assignment: str, trainees: Sequence[str]
) -> Iterator[dict]:
    """Run a step, `feedback`, for every trainee; yield a result each time one ends.

    A result is `{"trainee": name, "problem": None or [message key, its values]}`.
    """
    waiting = list(trainees)
    while waiting:
        for result in _child(cohort, step, assignment, waiting):
            waiting.remove(result["trainee"])
            said = result["problem"]
            problem = None if said is None else ["class.nbgrader_said", {"said": said[:300]}]
            yield {"trainee": result["trainee"], "problem": problem}
        if waiting:
            yield {"trainee": waiting.pop(0), "problem": ["class.killed", {}]}


def run_once(cohort: Cohort, step: str, assignment: str, *names: str) -> dict:
    """Run a step for the class as a whole and return its result.

    `step` is `generate` (the trainees' notebook), `marks` (what the gradebook holds) or `mark`
    (give marks by hand; `names` are trainee, graded cell and points, over and over).
    """
    log = cohort.folder / "logs" / f"{step}.log"
    results = list(_child(cohort, step, assignment, names))
    if not results:
        raise CreditError("class.step_died", step=step, log=log)
    if problem := results[0].get("problem"):
        raise CreditError("class.step_failed", step=step, problem=problem, log=log)
    return results[0]


def _child(cohort: Cohort, step: str, assignment: str, names: Sequence[str]) -> Iterator[dict]:
    log = cohort.folder / "logs" / f"{step}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("ab") as noise:
        child = subprocess.Popen(
            [sys.executable, "-m", CHILD, step, assignment, *names],
            cwd=cohort.folder,
            env=_environment(cohort),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=noise,
            encoding="utf-8",
        )
        try:
            for line in child.stdout:
                yield json.loads(line)
        finally:
            child.terminate()
            child.wait()
            child.stdout.close()


def _environment(cohort: Cohort) -> dict[str, str]:
    return os.environ | {"CREDITLIB_LANG": cohort.lang, "PYTHONUTF8": "1"}
