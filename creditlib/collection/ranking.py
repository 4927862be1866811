"""In which order a week's work is taken: a right that would be lost first, then down a list.

An ordinary step that is put off costs a part of its debt, and can be taken next week. A right that
runs out takes the whole claim with it. So no list ranks it, however small the debt: to give one up
is somebody's decision, never what a ranking leaves over.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from creditlib.errors import InputError

if TYPE_CHECKING:
    from creditlib.collection.plan import Task


def _dearest(task: "Task") -> tuple:
    return (-task.per_minute, task.due or date.max, -task.amount, task.debt.customer_id)


def _largest(task: "Task") -> tuple:
    return (-task.amount, task.debt.claim.oldest_due, task.debt.customer_id)


def _oldest(task: "Task") -> tuple:
    return (task.debt.claim.oldest_due, -task.amount, task.debt.customer_id)


RANKS: dict[str, Callable[["Task"], tuple]] = {
    "waiting": _dearest,
    "amount": _largest,
    "age": _oldest,
}


def ranked(tasks: Iterable["Task"], rank: str = "waiting") -> list["Task"]:
    """Return tasks down one of `RANKS`: cost of waiting per minute, amount, or age of the debt.

    >>> ranked([], "age")
    []
    """
    if rank not in RANKS:
        raise InputError("plan.unknown_rank", value=rank, known=", ".join(RANKS))
    return sorted(tasks, key=RANKS[rank])


def ends_before(task: "Task", day: date) -> bool:
    """Tell whether the right that a task protects is gone on a day; False if it protects none."""
    return task.due is not None and task.due < day


def in_turn(rights: Iterable["Task"], fit: Callable[[Sequence["Task"]], bool]) -> list["Task"]:
    """Return rights in the order in which to protect them: the earliest day first.

    Where there is not time for all, those that are worth less per minute come last, behind all that
    can be kept. `fit` tells whether tasks can be done in the order in which they are given.

    >>> in_turn([], lambda tasks: True)
    []
    """
    kept: list[Task] = []
    too_many: list[Task] = []
    for right in ranked(rights):
        tried = sorted([*kept, right], key=lambda task: task.due)
        if fit(tried):
            kept = tried
        else:
            too_many.append(right)
    return [*kept, *too_many]
