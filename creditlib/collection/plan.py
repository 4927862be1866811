"""A week's work: who does what for which debt on which day, and what does not fit.

What can wait is ranked by what waiting another month is expected to cost, per minute that it takes:
value and probability in one figure that anyone can check by hand. A right that would be lost before
work goes on is not ranked: it comes first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from creditlib.collection.cadence import LADDER, STOP_SUPPLY, Rung, named, rung
from creditlib.collection.calendar import working_days
from creditlib.collection.claim import Claim
from creditlib.collection.goals import WAIT, Debt, Goal, goal
from creditlib.collection.ranking import ends_before, in_turn, ranked
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

    `amount` is what the step is about, in the claim's currency; `due` the last day of the right
    that it protects, None for every other step.
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
    """The week: `tasks` by day and person; `left` what does not fit, dearest per minute first.

    `lost` are those of `left` whose right is gone before work goes on after the last day planned;
    they head it.
    `stop_supply` are the debts whose customers get no more goods on credit until they have paid.
    """

    tasks: tuple[Task, ...]
    left: tuple[Task, ...]
    stop_supply: tuple[Debt, ...] = ()
    used: Mapping[tuple[str, date], int] = field(default_factory=dict)
    lost: tuple[Task, ...] = ()

    @property
    def saved(self) -> float:
        """The cost of waiting that the planned tasks save."""
        return sum(task.cost_of_waiting for task in self.tasks)

    @property
    def missed(self) -> float:
        """The cost of waiting of what does not fit."""
        return sum(task.cost_of_waiting for task in self.left)


def plan(
    claims: Iterable[Debt | Claim],
    capacity: Sequence[Person],
    as_of: date,
    days: int = WEEK,
    *,
    rank: str = "waiting",
    holidays: Collection[date] = (),
) -> Plan:
    """Return the work of the next `days` working days from `as_of` on.

    Each debt gets the step that its age and history call for (`tasks_for`). First come the rights
    that would be gone on the next working day after the plan: put off, they are lost for good, so
    their place does not depend on the amount (`ranking`). All else is taken down a list: by cost of
    waiting per minute (`rank="waiting"`), largest first (`"amount"`) or oldest first (`"age"`).
    A task goes on the first day on which someone who may do it has the time, in the order of
    `capacity`, never after the day of its right; one that does not fit is passed over. Saturdays,
    Sundays and the `holidays` given are no working days.

    >>> debt = Debt(Claim.of("100000", due=date(2025, 12, 20), as_of=date(2025, 12, 31)))
    >>> week = plan([debt], [Person("Liang Guifan", 240)], date(2025, 12, 31))
    >>> [(task.step.step, task.day.isoformat(), task.person) for task in week.tasks]
    [('call', '2025-12-31', 'Liang Guifan')]
    """
    if not capacity:
        raise InputError("plan.nobody")
    if days < 1:
        raise InputError("plan.no_days", value=days)
    if len({person.name for person in capacity}) < len(capacity):
        raise InputError("plan.same_name")
    debts = [one if isinstance(one, Debt) else Debt(one) for one in claims]
    *workdays, next_day = working_days(as_of, days + 1, holidays)
    within = max(WAIT, (next_day - as_of).days)
    work = ranked((task for debt in debts for task in tasks_for(debt, as_of, within)), rank)
    there = {(person.name, day): person.minutes for day in workdays for person in capacity}

    rights = in_turn(
        (task for task in work if ends_before(task, next_day)),
        lambda tasks: not _placed(tasks, capacity, dict(there))[1],
    )
    can_wait = (task for task in work if not ends_before(task, next_day))
    free = dict(there)
    placed, left = _placed([*rights, *can_wait], capacity, free)
    order = {person.name: place for place, person in enumerate(capacity)}
    lost = tuple(task for task in ranked(left) if ends_before(task, next_day))
    others = (task for task in ranked(left) if not ends_before(task, next_day))
    return Plan(
        tuple(sorted(placed, key=lambda task: (task.day, order[task.person]))),
        (*lost, *others),
        tuple(debt for debt in debts if stops_supply(debt, as_of)),
        {slot: minutes - free[slot] for slot, minutes in there.items()},
        lost,
    )


def tasks_for(debt: Debt, on: date, within: int = WAIT) -> list[Task]:
    """Return what a debt calls for on a day: mostly one step, and a ticket for what is disputed.

    A right that would be lost `within` so many days comes first, and costs all that is expected of
    the debt; then the promise whose day has come, then what the goal asks, then the rung of the
    ladder. Dunning goes on for the undisputed part alone; a right is protected for all of it.
    """
    aim = goal(debt, on)
    coming = [one for one in debt.deadlines if on <= one.day < on + timedelta(within)]
    # The right costs its own step; what else waits on the debt costs a month of it.
    month = replace(debt, deadlines=()).cost_of_waiting(on)
    found = []
    if coming and debt.open_amount > 0:
        first = min(coming, key=lambda one: one.day)
        kind = text(f"plan.deadline.{first.kind}")
        why = text("plan.why.protect_right", day=first.day, kind=kind)
        cost = debt.lost_with_right(on)
        found.append(Task(debt, PROTECT, aim, debt.open_amount, cost, why, first.day))
    elif debt.undisputed > 0 and (step := _step(debt, aim, on)):
        found.append(Task(debt, step[0], aim, debt.undisputed, month, step[1]))
    if debt.claim.disputed > 0:
        why = text("plan.why.dispute_ticket", amount=debt.claim.disputed)
        share = month / float(debt.undisputed) if debt.undisputed else 0.0
        cost = share * float(debt.claim.disputed)
        found.append(Task(debt, DISPUTE, aim, debt.claim.disputed, cost, why))
    return found


def stops_supply(debt: Debt, on: date) -> bool:
    """Whether goods on credit stop: from the formal notice on, or once the debtor is failing."""
    reached = _rung(debt, on)
    late = reached is not None and LADDER.index(reached) >= LADDER.index(named(STOP_SUPPLY))
    return debt.buying and debt.undisputed > 0 and (late or debt.failing)


def _step(debt: Debt, aim: Goal, on: date) -> tuple[Rung, str] | None:
    if debt.promised and debt.promised < on:
        return CHECK, text("plan.why.check_promise", day=debt.promised)
    if debt.promised:
        return None  # promised for a day that is still to come: nobody dunns meanwhile
    if aim.kind == "write_off":
        return DECIDE, aim.why
    if aim.kind == "secure":
        return SECURE, aim.why
    reached = _rung(debt, on)
    if reached is None:
        return None
    days = (on - debt.claim.oldest_due).days
    why = "broken" if debt.broken_promises >= 2 else "risky" if debt.risky else "ladder"
    said = text(f"plan.why.{why}", days=days, step=reached.name, broken=debt.broken_promises)
    return reached, said


def _rung(debt: Debt, on: date) -> Rung | None:
    earliest = ESCALATE if debt.broken_promises >= 2 else debt.last_step
    return rung((on - debt.claim.oldest_due).days, risky=debt.risky, earliest=earliest)


def _placed(
    tasks: Iterable[Task], capacity: Sequence[Person], free: dict[tuple[str, date], int]
) -> tuple[list[Task], list[Task]]:
    """Place tasks in their order and return them, and those that do not fit; `free` goes down."""
    placed, left = [], []
    for task in tasks:
        slot = _slot(task, capacity, free)
        if slot is None:
            left.append(task)
            continue
        free[slot] -= task.minutes
        placed.append(replace(task, person=slot[0], day=slot[1]))
    return placed, left


def _slot(task: Task, capacity: Sequence[Person], free: Mapping) -> tuple[str, date] | None:
    able = {person.name for person in capacity if person.may(task.step.step)}
    for (name, day), minutes in free.items():  # by day, then in the order of capacity
        if task.due and day > task.due:
            return None
        if name in able and minutes >= task.minutes:
            return name, day
    return None
