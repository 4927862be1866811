"""The same week worked down three lists: by the cost of waiting, by amount, by age.

The first is `collection.plan` itself. A list by amount or by age is worked from its top; a debt
whose work does not fit any more is passed over. What is saved is measured alike for all three.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from creditlib.collection.goals import Debt
from creditlib.collection.plan import Person, Plan, Task, plan, tasks_for

LISTS = ("waiting", "amount", "age")


@dataclass(frozen=True)
class Worked:
    """A week: its plan, and the tasks of the debts that the list does not reach."""

    plan: Plan
    left: tuple[Task, ...]

    @property
    def saved(self) -> float:
        """The cost of waiting that the week saves."""
        return self.plan.saved

    @property
    def missed(self) -> float:
        """The cost of waiting of all that does not fit."""
        return sum(task.cost_of_waiting for task in self.left)


def worked(
    ranking: str, debts: Sequence[Debt], capacity: Sequence[Person], as_of: date, days: int
) -> Worked:
    """Return the week of one of `LISTS`.

    >>> from creditlib.widgets.example_claims import TODAY, example_debts
    >>> team = [Person("Liang Guifan", 60)]
    >>> weeks = [worked(name, example_debts(), team, TODAY, 5) for name in LISTS]
    >>> weeks[0].saved > max(weeks[1].saved, weeks[2].saved)
    True
    """

    def planned(chosen: Sequence[Debt]) -> Plan:
        return plan(chosen, capacity, as_of, days)

    if ranking == "waiting":
        week = planned(debts)
        return Worked(week, week.left)
    order = {
        "amount": lambda debt: (-debt.undisputed, debt.claim.oldest_due),
        "age": lambda debt: (debt.claim.oldest_due, -debt.undisputed),
    }[ranking]
    work = [(debt, tasks_for(debt, as_of)) for debt in sorted(debts, key=order)]
    work = [(debt, tasks) for debt, tasks in work if tasks]
    chosen = _fitting(planned, capacity, work)
    left = [task for place, (_, tasks) in enumerate(work) if place not in chosen for task in tasks]
    left.sort(key=lambda task: -task.cost_of_waiting)
    return Worked(planned([work[place][0] for place in chosen]), tuple(left))


def _fitting(
    planned: Callable[[Sequence[Debt]], Plan],
    capacity: Sequence[Person],
    work: Sequence[tuple[Debt, Sequence[Task]]],
) -> list[int]:
    """Return the places in `work` of the debts whose tasks fit, taken from the top.

    As many debts as there can be room for are tried at once, so that a ledger of a thousand takes
    a few plans.
    """
    minutes = {person.name: person.minutes for person in capacity}
    longest = [max(task.minutes for task in tasks) for _, tasks in work]
    whole = [sum(task.minutes for task in tasks) for _, tasks in work]
    chosen: list[int] = []

    def week(places: Sequence[int]) -> Plan:
        return planned([work[place][0] for place in places])

    more = list(range(len(work)))
    while more:
        free = [minutes[name] - used for (name, _), used in week(chosen).used.items()]
        more = [place for place in more if longest[place] <= max(free)]
        head = bisect_right(list(accumulate(whole[place] for place in more)), sum(free))
        fits = bisect_left(
            range(1, head + 1), True, key=lambda count: bool(week(chosen + more[:count]).left)
        )
        chosen += more[:fits]
        more = more[fits + 1 :]  # the next one does not fit, and is passed over
    return chosen
