"""A week's work: who does what for which debt on which day, and what does not fit.

The work is ranked by what waiting another month is expected to cost, per minute that it takes:
value, probability and deadline in one figure that anyone can check by hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from creditlib.collection.cadence import LADDER, STOP_SUPPLY, Rung, named, rung
from creditlib.collection.claim import Claim
from creditlib.collection.goals import WAIT, Debt, Goal, goal
from creditlib.errors import InputError
from creditlib.i18n import text

WEEK = 5
CHECK = Rung("check_promise", 0, 5)
PROTECT = Rung("protect_right", 0, 45)
DISPUTE = Rung("dispute_ticket", 0, 30)
SECURE = Rung("ask_security", 0, 60)
DECIDE = Rung("decide_write_off", 0, 15)
ESCALATE = "final_demand"  # the least that follows a second broken promise


@dataclass(frozen=True)
class Person:
    """Someone who collects: minutes a day for it, and the steps they may take (empty: all)."""

    name: str
    minutes: int
    steps: frozenset[str] = frozenset()

    def may(self, step: str) -> bool:
        """Whether this person takes such a step."""
        return not self.steps or step in self.steps


@dataclass(frozen=True)
class Task:
    """One step for one debt: by when it must be done, what it takes, what waiting would cost.

    `amount` is what the step is about, in the claim's currency; `due` the last day on which it
    still helps, None if any day does.
    """

    debt: Debt
    step: Rung
    goal: Goal
    amount: Decimal
    cost_of_waiting: float
    why: str
    due: date | None = None
    person: str = ""
    day: date | None = None

    @property
    def minutes(self) -> int:
        """How long the step takes."""
        return self.step.minutes

    @property
    def per_minute(self) -> float:
        """The cost of waiting that each minute of the step saves."""
        return self.cost_of_waiting / self.step.minutes


@dataclass(frozen=True)
class Plan:
    """The week: `tasks` by day and person; `left` what does not fit, dearest first.

    `stop_supply` are the debts whose customers get no more goods on credit until they have paid.
    """

    tasks: tuple[Task, ...]
    left: tuple[Task, ...]
    stop_supply: tuple[Debt, ...] = ()
    used: Mapping[tuple[str, date], int] = field(default_factory=dict)

    @property
    def saved(self) -> float:
        """The cost of waiting that the planned tasks save."""
        return sum(task.cost_of_waiting for task in self.tasks)

    @property
    def missed(self) -> float:
        """The cost of waiting of what does not fit."""
        return sum(task.cost_of_waiting for task in self.left)


def plan(
    claims: Iterable[Debt | Claim], capacity: Sequence[Person], as_of: date, days: int = WEEK
) -> Plan:
    """Return the work of the next `days` working days from `as_of` on.

    Each debt gets the step that its age and history call for (`tasks_for`). Tasks are taken by
    cost of waiting per minute and put on the first day on which someone who may do them has the
    time, in the order of `capacity`; one with a date is never put after it. Weekends are left out;
    public holidays are not known here.

    >>> debt = Debt(Claim.of("100000", due=date(2025, 12, 20), as_of=date(2025, 12, 31)))
    >>> week = plan([debt], [Person("Liang Guifan", 240)], date(2025, 12, 31))
    >>> [(task.step.step, task.day.isoformat(), task.person) for task in week.tasks]
    [('call', '2025-12-31', 'Liang Guifan')]
    """
    if not capacity:
        raise InputError("plan.nobody")
    debts = [one if isinstance(one, Debt) else Debt(one) for one in claims]
    workdays = _workdays(as_of, days)
    free = {(person.name, day): person.minutes for day in workdays for person in capacity}
    if len(free) != len(workdays) * len(capacity):
        raise InputError("plan.same_name")
    work = [task for debt in debts for task in tasks_for(debt, as_of)]
    placed, left = [], []
    for task in sorted(work, key=_dearest):
        slot = _slot(task, capacity, workdays, free)
        if slot is None:
            left.append(task)
            continue
        free[slot] -= task.minutes
        placed.append(replace(task, person=slot[0], day=slot[1]))
    order = {person.name: place for place, person in enumerate(capacity)}
    placed.sort(key=lambda task: (task.day, order[task.person], -task.per_minute))
    return Plan(
        tuple(placed),
        tuple(left),
        tuple(debt for debt in debts if stops_supply(debt, as_of)),
        {
            (person.name, day): person.minutes - free[person.name, day]
            for day in workdays
            for person in capacity
        },
    )


def tasks_for(debt: Debt, on: date) -> list[Task]:
    """Return what a debt calls for on a day: mostly one step, and a ticket for what is disputed.

    A right that would be lost within the month comes first, then the promise whose day has come,
    then what the goal asks, then the rung of the ladder. Dunning goes on for the undisputed part
    alone.
    """
    aim, amount = goal(debt, on), debt.undisputed
    found = []
    if amount > 0 and (step := _step(debt, aim, on)):
        rung_of, why, due = step
        found.append(Task(debt, rung_of, aim, amount, debt.cost_of_waiting(on), why, due))
    if debt.claim.disputed > 0:
        why = text("plan.why.dispute_ticket", amount=debt.claim.disputed)
        whole = debt.cost_of_waiting(on) / float(amount) if amount else 0.0
        cost = whole * float(debt.claim.disputed)
        found.append(Task(debt, DISPUTE, aim, debt.claim.disputed, cost, why))
    return found


def stops_supply(debt: Debt, on: date) -> bool:
    """Whether goods on credit stop: from the formal notice on, or once the debtor is failing."""
    reached = _rung(debt, on)
    late = reached is not None and LADDER.index(reached) >= LADDER.index(named(STOP_SUPPLY))
    return debt.buying and debt.undisputed > 0 and (late or debt.failing)


def _step(debt: Debt, aim: Goal, on: date) -> tuple[Rung, str, date | None] | None:
    coming = [one for one in debt.deadlines if on <= one.day < on + timedelta(WAIT)]
    if coming:
        first = min(coming, key=lambda one: one.day)
        kind = text(f"plan.deadline.{first.kind}")
        return PROTECT, text("plan.why.protect_right", day=first.day, kind=kind), first.day
    if debt.promised and debt.promised < on:
        return CHECK, text("plan.why.check_promise", day=debt.promised), None
    if debt.promised:
        return None  # promised for a day that is still to come: nobody dunns meanwhile
    if aim.kind == "write_off":
        return DECIDE, aim.why, None
    if aim.kind == "secure":
        return SECURE, aim.why, None
    reached = _rung(debt, on)
    if reached is None:
        return None
    days = (on - debt.claim.oldest_due).days
    why = "broken" if debt.broken_promises >= 2 else "risky" if debt.risky else "ladder"
    said = text(f"plan.why.{why}", days=days, step=reached.name, broken=debt.broken_promises)
    return reached, said, None


def _rung(debt: Debt, on: date) -> Rung | None:
    earliest = ESCALATE if debt.broken_promises >= 2 else debt.last_step
    return rung((on - debt.claim.oldest_due).days, risky=debt.risky, earliest=earliest)


def _dearest(task: Task) -> tuple:
    return (-task.per_minute, task.due or date.max, -task.amount, task.debt.customer_id)


def _slot(task: Task, capacity, workdays, free) -> tuple[str, date] | None:
    for day in workdays:
        if task.due and day > task.due:
            return None
        for person in capacity:
            if person.may(task.step.step) and free[person.name, day] >= task.minutes:
                return person.name, day
    return None


def _workdays(first: date, count: int) -> list[date]:
    if count < 1:
        raise InputError("plan.no_days", value=count)
    found, day = [], first
    while len(found) < count:
        if day.weekday() < 5:
            found.append(day)
        day += timedelta(1)
    return found
