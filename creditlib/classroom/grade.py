"""`class grade`: what is new or has changed goes through the engine and into the gradebook."""

import importlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from itertools import islice

from creditlib.classroom import cohort, notebooks
from creditlib.classroom.class_settings import check_settings
from creditlib.classroom.cohort import Cohort, cohort_at
from creditlib.classroom.console import progress_bar, visible
from creditlib.classroom.marks import Marks, read_marks, waiting_lines
from creditlib.classroom.one_at_a_time import alone
from creditlib.errors import CreditError, InputError
from creditlib.i18n import text

SHOWN = 3  # names at most, of those at work, beside the bar


def grade(
    folder: str | os.PathLike,
    assignment: str,
    workers: int | str | None = None,
    dask: str | None = None,
    unsandboxed: bool = False,
) -> bool:
    """Grade what is new or has changed since it was graded; return False if some could not be.

    Those that could not be are tried again each time. Marks given by hand stay. `workers`: how
    many submissions at a time, by default one for each core; `dask`: the address of a cluster
    that grades them instead of this machine. Where no sandbox holds, this refuses with a
    `CreditError`, unless `unsandboxed` says to go on without; so it does where the class is being
    graded already.
    """
    course = cohort_at(folder, assignment)
    if dask is not None:
        if workers is not None:
            raise InputError("class.workers_or_dask")
        cohort.needs("distributed", extra="cluster")
    workers = _checked_workers(workers)
    check_settings(course)
    with alone(course.folder):
        return _grade(course, assignment, workers, dask, unsandboxed)


def _grade(
    course: Cohort, assignment: str, workers: int, dask: str | None, unsandboxed: bool
) -> bool:
    work = _Work(course, assignment)
    trainees = course.trainees(assignment)
    if not trainees:
        raise InputError("class.nothing_collected", assignment=assignment)
    started = time.monotonic()
    stamps = {trainee: work.stamp(work.read(trainee)) for trainee in trainees}
    new = _unrecorded(course, assignment, stamps)
    outcomes = {
        trainee: {"stamp": stamps[trainee], "problem": None}
        for trainee in set(trainees).difference(new)
    }
    levels: set[str] = set()
    try:
        if new:
            settings = {"unsandboxed": unsandboxed, "workers": min(workers, len(new))}
            with closing(work.graded(new, dask, settings)) as graded:
                for trainee, stamp, result in graded:
                    outcomes[trainee] = {"stamp": stamp, "problem": result.problem}
                    levels |= {result.level} - {""}
    finally:  # what is in the gradebook is noted, even if the rest was interrupted
        record = cohort.read_record(course, assignment)
        record["graded"] |= outcomes
        cohort.write_record(course, assignment, record)
    troubles = {name: one["problem"] for name, one in outcomes.items() if one["problem"]}
    for trainee, (key, values) in sorted(troubles.items()):
        # In the language of the class: the instructor may want to pass it on.
        why = text(key, lang=course.lang, **values)
        print(visible(text("class.not_graded", lang=course.lang, trainee=trainee, why=why)))
    said = text(
        "class.graded",
        graded=len(new) - len(troubles),
        unchanged=len(trainees) - len(new),
        troubles=len(troubles),
        seconds=round(time.monotonic() - started),
    )
    held = text("class.joint").join(text(f"class.sandbox.{level}") for level in sorted(levels))
    print(said + (text("class.held", sandbox=held) if held else ""))
    for line in waiting_lines(read_waiting(course, assignment, work.marks), course):
        print(line)
    return not troubles


def read_waiting(course: Cohort, assignment: str, found: Mapping | None = None) -> Marks:
    """Return what waits for marking by hand; nbgrader is asked only if the gradebook has changed.

    None, without a look, where nothing is marked by hand. `found` as for `read_marks`.
    """
    if not notebooks.marked_by_hand(notebooks.read_notebook(course.source(assignment))):
        return Marks(assignment, {}, {})
    gradebook = course.folder / "gradebook.db"
    stamp = cohort.stamp(gradebook.read_bytes()) if gradebook.exists() else ""
    known = cohort.read_record(course, assignment).get("waiting", {})
    if not stamp or known.get("gradebook") != stamp:
        waiting = read_marks(course, assignment, found).waiting
        known = {"gradebook": stamp, "trainees": {name: list(ids) for name, ids in waiting.items()}}
        record = cohort.read_record(course, assignment)
        cohort.write_record(course, assignment, record | {"waiting": known})
    return Marks(assignment, {}, {}, known["trainees"])


class _Work(Mapping[str, bytes]):
    """The submissions that are to be graded, each read when its turn comes."""

    def __init__(self, course: Cohort, assignment: str):
        self.course, self.assignment = course, assignment
        release, source = course.release(assignment), course.source(assignment)
        self._released = release.read_bytes() + source.read_bytes()
        self._source = _master(assignment, source, release)
        self._new: list[str] = []
        self._taken: dict[str, str] = {}  # at work or next, with the stamp of what was read
        self._failed = 0
        self.marks: dict = {}  # what stands in the gradebook, once all is recorded

    def read(self, trainee: str) -> bytes:
        """Return what a trainee handed in."""
        path = self.course.submitted(self.assignment, trainee)
        try:
            return path.read_bytes()
        except OSError as error:
            raise InputError("class.cannot_read", path=path, why=error.strerror) from None

    def stamp(self, submission: bytes) -> str:
        """Return the stamp of all that decides the marks of a submission."""
        return cohort.stamp(self._released, submission)

    def graded(
        self, trainees: list[str], dask: str | None, settings: dict
    ) -> Iterator[tuple[str, str, object]]:
        """Yield each trainee, the stamp of what was graded, and the result, once it is recorded."""
        from creditlib.classroom.grading.record import record_each

        self._new = trainees
        self._shown = SHOWN if dask else min(SHOWN, settings["workers"])
        done = {}
        with ExitStack() as closed_at_the_end:
            enter = closed_at_the_end.enter_context
            self._bar = enter(progress_bar(len(trainees), "class.grading"))
            results = enter(closing(_engine(dask, self._source, self, settings)))

            def as_they_come() -> Iterator[tuple]:
                for trainee, result in results:
                    done[trainee] = (self._taken.pop(trainee), result)
                    yield trainee, result, done[trainee][0]

            graded = as_they_come()
            for trainee, _ in enter(
                closing(record_each(self.course.folder, self.assignment, graded, self.marks.update))
            ):
                stamp, result = done.pop(trainee)
                self._failed += result.problem is not None
                self._bar.update()
                self._show()
                yield trainee, stamp, result

    def __getitem__(self, trainee: str) -> bytes:
        submission = self.read(trainee)
        self._taken[trainee] = self.stamp(submission)
        self._show()
        return submission

    def __iter__(self) -> Iterator[str]:
        return iter(self._new)

    def __len__(self) -> int:
        return len(self._new)

    def _show(self) -> None:
        # The next ones are in hand already, but stand behind those at work.
        names = islice(self._taken, self._shown)
        running = visible(text("class.joint").join(names))
        self._bar.set_postfix_str(text("class.running", names=running, failed=self._failed))


def _engine(
    dask: str | None, source: dict, submissions: Mapping[str, bytes], settings: dict
) -> Iterator[tuple]:
    """Return the results as they come: of this machine's workers, or of a cluster's."""
    if dask is None:
        from creditlib.classroom.grading.engine import grade_many

        return grade_many(source, submissions, **settings)
    cluster = importlib.import_module("creditlib.classroom.grading.cluster")
    del settings["workers"]  # the cluster has its own
    return cluster.grade_on(dask, source, submissions, **settings)


def _unrecorded(course: Cohort, assignment: str, stamps: Mapping[str, str]) -> list[str]:
    from creditlib.classroom.grading.record import unrecorded

    return unrecorded(course.folder, assignment, stamps)


def _master(assignment: str, source_path: os.PathLike, release_path: os.PathLike) -> dict:
    from creditlib.classroom.grading.rebuild import master

    source = notebooks.read_notebook(source_path)
    release = notebooks.read_notebook(release_path)
    marked = [{notebooks.grade_id(cell) for cell in one["cells"]} for one in (release, source)]
    if marked[0] - marked[1]:
        raise CreditError("grading.record.other_cells", assignment=assignment)
    return master(source, release)


def _checked_workers(asked: int | str | None) -> int:
    """Return how many workers are meant: by default, as many as there are cores to use."""
    if asked is None:
        cores = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))
        return max(1, len(cores(0)))
    try:
        workers = int(asked)
    except ValueError:
        workers = 0
    if workers < 1:
        raise InputError("class.workers", asked=asked)
    return workers
