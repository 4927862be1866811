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
from creditlib.collection.claim import Claim, calendar_day
from creditlib.collection.goals import WAIT, Debt, Goal, goal
from creditlib.collection.placing import placed
from creditlib.collection.ranking import ends_before, in_turn, ranked
from creditlib.errors import InputError
from creditlib.i18n import text

WEEK = 5
CHECK = Rung("check_promise", 0, 5)
PROTECT = Rung("protect_right", 0, 45)
DISPUTE = Rung("dispute_ticket", 0, 30)
SECURE = Rung("ask_security", 0, 60)
DECIDE = Rung("decide_write_off", 0, 15)
STEPS = tuple(each.step for each in (*LADDER, CHECK, PROTECT, DISPUTE, SECURE, DECIDE))
ESCALATE = "final_demand"  # the least that follows a second broken promise


@dataclass(frozen=True)
class Person:
    """Someone who collects: minutes a day for it, and the steps they may take (empty: all)."""

    name: str
    minutes: int
    steps: frozenset[str] = frozenset()

    def __post_init__(self):
        for step in self.steps:
            if step not in STEPS:
                raise InputError("plan.unknown_step", value=step, known=", ".join(STEPS))

    def may(self, step: str) -> bool:
        """Whether this person takes such a step."""
        return not self.steps or step in self.steps


@dataclass(frozen=True)
class Task:
    """One step for one debt: by when it must be done, what it takes, what waiting would cost.

    `amount` is what the step is about; `due` the last day of the right that it protects, if any;
    `start` the morning after a promise, before which there is nothing to check.
    """

    debt: Debt
    step: Rung
    goal: Goal
    amount: Decimal
    cost_of_waiting: float
    why: str
    due: date | None = None
    start: date | None = None
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
    that would be gone on the next working day after the plan, or for which there would be no time
    then, were they all left till then: put off, they are lost for good, so their place does not
    depend on the amount (`ranking`). All else is taken down a list: by cost of waiting per minute
    (`rank="waiting"`), largest first (`"amount"`) or oldest first (`"age"`).
    A task goes on the first day on which someone who may do it has the time, in the order of
    `capacity`, never after the day of its right; one that does not fit is passed over. Saturdays,
    Sundays and the `holidays` are no working days. All claims must be in one currency.

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
    if len(currencies := sorted({debt.claim.currency for debt in debts})) > 1:
        raise InputError("plan.currencies", value=", ".join(currencies))
    as_of, off = calendar_day(as_of, "as_of"), [calendar_day(each, "holidays") for each in holidays]
    *workdays, next_day = working_days(as_of, days + 1, off)
    within = max(WAIT, (next_day - as_of).days)
    last = workdays[-1]
    work = ranked((task for debt in debts for task in tasks_for(debt, as_of, within, last)), rank)
    there = {(person.name, day): person.minutes for day in workdays for person in capacity}
    end = as_of + timedelta(within)
    after = [day for day in working_days(next_day, within, off) if day < end]
    later = {(person.name, day): person.minutes for day in after for person in capacity}

    rights = sorted((task for task in work if task.due), key=lambda task: task.due)
    # It cannot be left till after the plan: too late by then, or too many for the time there is.
    now = {id(task) for task in placed(rights, capacity, later)[1]}
    first = in_turn(
        (task for task in work if id(task) in now),
        lambda tasks: not placed(tasks, capacity, dict(there))[1],
    )
    free = dict(there)
    others = (task for task in work if id(task) not in now)
    done, left = placed([*first, *others], capacity, free)
    order = {person.name: place for place, person in enumerate(capacity)}
    lost = tuple(task for task in ranked(left) if ends_before(task, next_day))
    others = (task for task in ranked(left) if not ends_before(task, next_day))
    return Plan(
        tuple(sorted(done, key=lambda task: (task.day, order[task.person]))),
        (*lost, *others),
        tuple(debt for debt in debts if stops_supply(debt, as_of)),
        {slot: minutes - free[slot] for slot, minutes in there.items()},
        lost,
    )


def tasks_for(debt: Debt, on: date, within: int = WAIT, last: date | None = None) -> list[Task]:
    """Return what a debt calls for on a day: mostly one step, and a ticket for what is disputed.

    Rights that would be lost `within` so many days come first, one task for each kind, and share
    all that is expected of the debt as their cost; then the promise whose day is over on `last`
    (`on`, if it is not given), then what the goal asks, then the ladder. Dunning goes on for the
    undisputed part alone, by its age.
    """
    aim = goal(debt, on)
    # One act protects all rights of a kind, if it is done by the first of their days.
    coming = [one for one in debt.deadlines if on <= one.day < on + timedelta(within)]
    rights = {one.kind: one for one in sorted(coming, key=lambda one: one.day, reverse=True)}
    found = []
    if rights and debt.open_amount > 0:
        cost = debt.lost_with_right(on) / len(rights)  # the debt can be lost only once
        for right in sorted(rights.values(), key=lambda one: one.day):
            kind = text(f"plan.deadline.{right.kind}")
            why = text("plan.why.protect_right", day=right.day, kind=kind)
            found.append(Task(debt, PROTECT, aim, debt.open_amount, cost, why, right.day))
    elif debt.undisputed > 0 and (step := _step(debt, aim, on, last or on)):
        cost = replace(debt, deadlines=()).cost_of_waiting(on)  # a later right: not yet
        start = debt.promised + timedelta(1) if step[0] is CHECK else None
        found.append(Task(debt, step[0], aim, debt.undisputed, cost, step[1], start=start))
    if debt.contested > 0:
        why = text("plan.why.dispute_ticket", amount=debt.contested)
        found.append(Task(debt, DISPUTE, aim, debt.contested, debt.cost_of_dispute(on), why))
    return found


def stops_supply(debt: Debt, on: date) -> bool:
    """Whether goods on credit stop: from the formal notice on, or once the debtor is failing."""
    reached = _rung(debt, on)
    late = reached is not None and LADDER.index(reached) >= LADDER.index(named(STOP_SUPPLY))
    owing = debt.open_amount if debt.failing else debt.undisputed
    return debt.buying and owing > 0 and (late or debt.failing)


def _step(debt: Debt, aim: Goal, on: date, last: date) -> tuple[Rung, str] | None:
    if debt.promised and debt.promised < last:
        return CHECK, text("plan.why.check_promise", day=debt.promised)
    if debt.promised:
        return None  # promised for a later day: nobody dunns meanwhile
    if aim.kind == "write_off":
        return DECIDE, aim.why
    if aim.kind == "secure":
        return SECURE, aim.why
    reached = _rung(debt, on)
    if reached is None:
        return None
    days = (on - debt.oldest_due).days
    if days <= 0:
        why = "coming"
    elif debt.broken_promises >= 2:
        why = "broken"
    elif reached is not rung(days, risky=debt.risky):
        why = "before"
    else:
        why = "risky" if debt.risky else "ladder"
    values = {"day": debt.oldest_due, "days": days, "broken": debt.broken_promises}
    return reached, text(f"plan.why.{why}", step=reached.name, **values)


def _rung(debt: Debt, on: date) -> Rung | None:
    days = (on - debt.oldest_due).days
    floors = [debt.last_step, ESCALATE if debt.broken_promises >= 2 else ""]
    reached = (rung(days, risky=debt.risky, earliest=floor) for floor in floors)
    return max(filter(None, reached), key=LADDER.index, default=None)
