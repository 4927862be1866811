"""Grading a submission: bytes in, marks, messages and an executed notebook out."""

import atexit
import json
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from threading import Lock
from traceback import walk_tb

from creditlib.classroom.grading import libraries
from creditlib.classroom.grading.limits import Limits
from creditlib.classroom.grading.passage import Passage
from creditlib.classroom.grading.plan import steps_of
from creditlib.classroom.grading.rebuild import rebuild
from creditlib.classroom.grading.result import Result
from creditlib.classroom.grading.session import Times
from creditlib.classroom.grading.submission import Problem, parse
from creditlib.classroom.grading.template import LOST, Template
from creditlib.classroom.notebooks import points
from creditlib.errors import CreditError

TIMES, LIMITS = Times(), Limits()
WAITING = 2  # submissions in hand for each worker: those at work, and as many that come next

_templates: dict[tuple[str, str], Template] = {}
_choosing = Lock()


def grade_one(
    source: Mapping,
    submission: bytes,
    *,
    limits: Limits = LIMITS,
    times: Times = TIMES,
    level: str = "",
    unsandboxed: bool = False,
) -> Result:
    """Return the marks of one submission, and the notebook as it ran.

    `source` is the instructor's notebook (see `rebuild.master`), `submission` the file as it was
    handed in. Whatever is in it, the result says what came of it: nothing is raised for it.
    `level` asks for one level of the sandbox instead of the strongest. Where none holds, this
    refuses with a `CreditError`, unless `unsandboxed` says to go on without.
    """
    return _graded(source, submission, _warm(level), limits, times, unsandboxed)


def _graded(
    source: Mapping,
    submission: bytes,
    warm: tuple[Template, Template],
    limits: Limits = LIMITS,
    times: Times = TIMES,
    unsandboxed: bool = False,
) -> Result:
    started = time.monotonic()
    for one in warm:
        one.begin(libraries.of_the_instructor(source), libraries.language_of(source))
    held = warm[0].level
    if held == "none" and not unsandboxed:
        raise CreditError("grading.run.no_sandbox")
    submitted = parse(submission)
    if isinstance(submitted, Problem):
        return _not_graded(source, submitted, held, started)
    rebuilt = rebuild(source, submitted)
    try:
        _make_ready(warm, source, rebuilt.notebook)
        with Passage(source, rebuilt, warm, limits, times) as passage:
            passage.go()
    except CreditError as error:
        return _not_graded(source, Problem(error.key, error.values), held, started)
    except LOST as error:
        why = f"{type(error).__name__}: {error}"
        return _not_graded(source, Problem("grading.run.no_process", {"why": why}), held, started)
    return Result(
        scores=passage.scores,
        maximum=points(source),
        messages=passage.messages,
        waiting=passage.waiting,
        notebook=rebuilt.notebook,
        findings=[*rebuilt.findings, *passage.findings],
        problem=None,
        level=held,
        seconds=time.monotonic() - started,
    )


def grade_many(
    source: Mapping,
    submissions: Mapping[str, bytes],
    *,
    workers: int = 2,
    level: str = "",
    **settings: object,
) -> Iterator[tuple[str, Result]]:
    """Yield each trainee with the result, as they are done, `workers` at a time.

    A submission is taken out of `submissions` only when its turn is near. `settings` are those of
    `grade_one`. Closed before its end, or interrupted, this ends what is at work.
    """
    left = iter(submissions.items())
    working: dict = {}
    warm = _warm(level)  # once for all: whoever comes after `close` has them closed
    pool = ThreadPoolExecutor(workers)
    try:
        while True:
            for trainee, submission in islice(left, WAITING * workers - len(working)):
                done = pool.submit(_grade_one_of_many, source, submission, warm, **settings)
                working[done] = trainee
            if not working:
                return
            for done in wait(working, return_when=FIRST_COMPLETED).done:
                yield working.pop(done), done.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        close()
        raise
    finally:
        pool.shutdown()


def _grade_one_of_many(
    source: Mapping, submission: bytes, warm: tuple[Template, Template], **settings: object
) -> Result:
    """Grade it; what nobody foresaw is this submission's trouble, and the others go on."""
    started = time.monotonic()
    try:
        return _graded(source, submission, warm, **settings)
    except CreditError:
        raise
    except Exception as error:
        [*_, (place, line)] = walk_tb(error.__traceback__)
        where = f"{Path(place.f_code.co_filename).name}:{line}"
        why = f"{type(error).__name__}: {error} ({where})"
        return _not_graded(source, Problem("grading.run.unforeseen", {"why": why}), "", started)


def job(source: Mapping, submission: bytes) -> bytes:
    """Return a submission with what it is graded by, as bytes for `grade`."""
    return json.dumps({"source": source, "submission": b64encode(submission).decode()}).encode()


def grade(work: bytes, **settings: object) -> bytes:
    """Return the result, as `Result.from_bytes` reads it, of what `job` packed.

    Needs no gradebook and no class: it may run on any machine that has the course. `settings` are
    those of `grade_one`.
    """
    asked = json.loads(work)
    return grade_one(asked["source"], b64decode(asked["submission"]), **settings).to_bytes()


def close() -> None:
    """End the warm processes and what is at work in them; who grades again starts new ones."""
    with _choosing:
        ended = [*_templates.values()]
        _templates.clear()
    for template in ended:
        template.close()


atexit.register(close)


def _warm(level: str) -> tuple[Template, Template]:
    """Return the warm processes of notebooks and of checks; they stay for the next submission."""
    with _choosing:
        for kind in ("run", "check"):
            if (kind, level) not in _templates:
                _templates[kind, level] = Template(kind, level)
        return _templates["run", level], _templates["check", level]


def _make_ready(warm: tuple[Template, Template], source: Mapping, notebook: Mapping) -> None:
    """Have the warm processes import and know what this submission needs."""
    run, check = warm
    instructors = libraries.of_the_instructor(source)
    run.use([*instructors, *libraries.of_the_answers(notebook)])
    check.use(instructors)
    check.know([step.source for step in steps_of(source)])


def _not_graded(source: Mapping, problem: Problem, level: str, started: float) -> Result:
    told = (problem.key, dict(problem.values))
    return Result.not_graded(points(source), told, level, time.monotonic() - started)
