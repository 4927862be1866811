"""Grading on a Dask cluster: the same jobs, on whatever machines its workers run on.

A worker gets bytes and gives bytes back (`engine.grade`); no worker opens a gradebook. Only this
course's own objects are pickled on the way, nothing that a trainee made: the trainee's process is
sandboxed on the worker as it is here, and has no network. A worker that dies is replaced by the
others; Dask sends its jobs elsewhere.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from uuid import uuid4

from creditlib.classroom import cohort
from creditlib.classroom.grading.engine import WAITING, grade, job
from creditlib.classroom.grading.result import Result
from creditlib.classroom.notebooks import points
from creditlib.errors import CreditError

PATIENCE = 10  # seconds to wait for the scheduler, and for a first worker
RETRIES = 2  # of a job that failed on its worker, beside those whose worker died


def grade_on(
    address: str, source: Mapping, submissions: Mapping[str, bytes], **settings: object
) -> Iterator[tuple[str, Result]]:
    """Yield each trainee with the result, as the workers of the cluster at `address` finish them.

    A submission is taken out of `submissions` only when its turn is near. `settings` are those of
    `engine.grade_one`. A submission whose workers die time and again gets a `problem`; the others
    go on. Raises `CreditError` where there is no scheduler, no worker, or a worker whose course is
    another one than this machine's: its marks would not be the same.
    """
    from distributed import Client, as_completed

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CreditError("grading.cluster.unreachable", address=address) from error
    with client:
        _check_workers(client, address)
        left = iter(submissions.items())
        running = as_completed(loop=client.loop, raise_errors=False)
        trainees: dict[str, str] = {}

        def top_up() -> None:
            # Workers may come and go: those that are there now decide how much is in hand.
            wanted = WAITING * max(sum(client.nthreads().values()), 1)
            for trainee, submission in islice(left, max(wanted - len(trainees), 0)):
                work, key = job(source, submission), f"grade-{uuid4().hex}"
                trainees[key] = trainee
                running.add(client.submit(grade, work, key=key, retries=RETRIES, **settings))

        top_up()
        while trainees:
            future = next(running)
            trainee = trainees.pop(future.key)
            result = _result(future, source)
            future.release()
            top_up()
            yield trainee, result


def _result(future, source: Mapping) -> Result:
    try:
        # A result that was lost with its worker is made again; this waits for it.
        return Result.from_bytes(future.result())
    except CreditError:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        return Result.not_graded(points(source), ("grading.cluster.given_up", {"why": why}))


def _check_workers(client, address: str) -> None:
    from distributed import TimeoutError as TookTooLong

    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TookTooLong as error:
        raise CreditError("grading.cluster.no_workers", address=address) from error
    there = client.run(cohort.stamp, on_error="return")  # the course and its packages
    others = sorted(worker for worker, found in there.items() if found != cohort.stamp())
    if others:
        raise CreditError("grading.cluster.other_course", workers=", ".join(others))
