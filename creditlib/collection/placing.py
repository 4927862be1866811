"""Where a week's tasks go: the first day on which someone who may take them has the time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from creditlib.collection.plan import Person, Task


def placed(
    tasks: Iterable["Task"], capacity: Sequence["Person"], free: dict[tuple[str, date], int]
) -> tuple[list["Task"], list["Task"]]:
    """Place tasks in their order and return them, and those that do not fit.

    `free` are the minutes of each person on each day, in the order in which they are used up; what
    is placed is taken off.

    >>> placed([], [], {})
    ([], [])
    """
    done, left = [], []
    for task in tasks:
        slot = _slot(task, capacity, free)
        if slot is None:
            left.append(task)
            continue
        free[slot] -= task.minutes
        done.append(replace(task, person=slot[0], day=slot[1]))
    return done, left


def _slot(
    task: "Task", capacity: Sequence["Person"], free: Mapping[tuple[str, date], int]
) -> tuple[str, date] | None:
    able = {person.name for person in capacity if person.may(task.step.step)}
    for (name, day), minutes in free.items():  # by day, then in the order of capacity
        if task.due and day > task.due:
            return None
        if task.start and day < task.start:
            continue
        if name in able and minutes >= task.minutes:
            return name, day
    return None
