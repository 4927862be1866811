"""Grading a submission: bytes in, marks, messages and an executed notebook out."""

import atexit
import json
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from functools import cache
from itertools import islice, takewhile

from creditlib.classroom.grading.limits import Limits
from creditlib.classroom.grading.names import names_of, only_adds
from creditlib.classroom.grading.outputs import error_output
from creditlib.classroom.grading.plan import Step, steps_of
from creditlib.classroom.grading.rebuild import Rebuilt, rebuild
from creditlib.classroom.grading.result import Result
from creditlib.classroom.grading.session import Checker, Dead, Times, TraineeRun
from creditlib.classroom.grading.submission import Problem, parse
from creditlib.classroom.grading.template import LOST, Template
from creditlib.classroom.notebooks import grade_id, is_grade, is_solution, points, source_of
from creditlib.errors import CreditError

TIMES, LIMITS = Times(), Limits()
WAITING = 2  # submissions in hand for each worker: those at work, and as many that come next


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
    started = time.monotonic()
    held = _template("run", level).level
    if held == "none" and not unsandboxed:
        raise CreditError("grading.run.no_sandbox")
    submitted = parse(submission)
    if isinstance(submitted, Problem):
        return _not_graded(source, submitted, held, started)
    rebuilt = rebuild(source, submitted)
    try:
        with _Grading(source, rebuilt, level, limits, times) as grading:
            grading.go()
    except CreditError as error:
        return _not_graded(source, Problem(error.key, error.values), held, started)
    except LOST as error:
        why = f"{type(error).__name__}: {error}"
        return _not_graded(source, Problem("grading.run.no_process", {"why": why}), held, started)
    return Result(
        scores=grading.scores,
        maximum=points(source),
        messages=grading.messages,
        waiting=grading.waiting,
        notebook=rebuilt.notebook,
        findings=[*rebuilt.findings, *grading.findings],
        problem=None,
        level=held,
        seconds=time.monotonic() - started,
    )


def grade_many(
    source: Mapping, submissions: Mapping[str, bytes], *, workers: int = 2, **settings: object
) -> Iterator[tuple[str, Result]]:
    """Yield each trainee with the result, as they are done, `workers` at a time.

    `settings` are those of `grade_one`.
    """
    left = iter(submissions.items())
    working: dict = {}
    pool = ThreadPoolExecutor(workers)
    try:
        while True:
            for trainee, submission in islice(left, WAITING * workers - len(working)):
                working[pool.submit(grade_one, source, submission, **settings)] = trainee
            if not working:
                return
            for done in wait(working, return_when=FIRST_COMPLETED).done:
                yield working.pop(done), done.result()
    finally:
        pool.shutdown(cancel_futures=True)


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


@cache
def _template(kind: str, level: str) -> Template:
    """Return the warm process of a kind; it stays for the next submission."""
    template = Template(kind, level)
    atexit.register(template.close)
    return template


def _not_graded(source: Mapping, problem: Problem, level: str, started: float) -> Result:
    return Result(
        scores={},
        maximum=points(source),
        messages={},
        waiting=[],
        notebook={},
        findings=[],
        problem=(problem.key, dict(problem.values)),
        level=level,
        seconds=time.monotonic() - started,
    )


class _Grading:
    """One submission on its way through both processes."""

    def __init__(self, source: Mapping, rebuilt: Rebuilt, level: str, limits: Limits, times: Times):
        self.cells = [cell for cell in rebuilt.notebook["cells"] if cell["cell_type"] == "code"]
        numbered = enumerate(self.cells, 1)
        own = [(count, source_of(cell)) for count, cell in numbered if not _is_test(cell)]
        self.run = TraineeRun(_template("run", level), own, limits, times)
        self.checker = Checker(_template("check", level), limits, times)
        steps = steps_of(source)
        self.first = list(takewhile(_needs_nothing, steps))
        self.steps = iter(steps[len(self.first) :])
        self.scores: dict[str, float] = {}
        self.messages: dict[str, str] = {}
        self.findings: list[tuple[str, dict]] = []
        self.waiting: list[str] = []
        for cell in rebuilt.notebook["cells"]:
            if is_grade(cell) and is_solution(cell):
                if grade_id(cell) in rebuilt.unanswered:
                    self.scores[grade_id(cell)] = 0.0
                else:
                    self.waiting.append(grade_id(cell))

    def __enter__(self) -> "_Grading":
        return self

    def __exit__(self, *_) -> None:
        self.run.end()
        self.checker.end()

    def go(self) -> None:
        """Run the cells in order; each test sees the work as it is at the test's place.

        Tests are put off as long as the cells that follow only add to the work, so that one copy
        of the trainee's process mostly serves them all.
        """
        if self.first:  # one of them chooses the language of every message
            self.checker.check(self.first, None)
        ran, due, known = 0, [], {}
        for count, cell in enumerate(self.cells, 1):
            cell["execution_count"] = count
            if _is_test(cell):
                due += self._steps_up_to(cell)
                continue
            if due and not only_adds(source_of(cell), known):
                due = self._check(due)
            cell["outputs"] = self._run(ran, count)
            ran += 1
            names = names_of(source_of(cell))
            known = dict.fromkeys(names.reads, "") | known
            known |= dict.fromkeys(names.makes, "") | names.imports
        self._check(due)

    def _run(self, number: int, count: int) -> list[dict]:
        try:
            outputs = self.run.run(number)
        except Dead as dead:
            said = self.checker.say(dead.key)
            self.findings.append((f"grading.run.finding_{dead.key}", {"count": count}))
            return [error_output(dead.key, said)]
        for output in outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
        return outputs

    def _steps_up_to(self, test: dict) -> Iterator[tuple[Step, dict]]:
        """Yield the steps that lead to a test, and the test, with the cell of each."""
        for step in self.steps:
            yield step, test
            if step.name == grade_id(test):
                break

    def _check(self, due: list[tuple[Step, dict]]) -> list:
        """Run the steps that are due, and return those that still are: none."""
        while due:
            for (step, cell), outcome in zip(due, self._outcomes(due), strict=False):
                due = due[1:]
                if step.points is not None:
                    self.scores[step.name] = outcome["score"]
                    self.messages[step.name] = outcome["message"]
                    cell["outputs"] = outcome["outputs"]
        return due

    def _outcomes(self, due: list[tuple[Step, dict]]) -> list[dict]:
        steps = [step for step, _ in due]
        if not any(step.fetched for step in steps):
            return self.checker.check(steps, None)
        try:
            with self.run.copy() as trainee:
                outcomes = self.checker.check(steps, trainee)
            self.run.release()
        except Dead as dead:
            said = self.checker.say(dead.key)
            outputs = [error_output(dead.key, said)]
            return [{"score": 0.0, "message": said, "outputs": outputs}] * len(due)
        return outcomes


def _needs_nothing(step: Step) -> bool:
    return step.points is None and not step.fetched


def _is_test(cell: Mapping) -> bool:
    return is_grade(cell) and not is_solution(cell)
