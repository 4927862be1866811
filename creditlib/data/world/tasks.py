"""tasks.csv: the credit team's work from October to December 2025, task by task.

Everyone works through a queue of their own. One analyst gets far more than she has hours for, so
hers are done late, and part of the quarter's work is still open on 31 December.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from creditlib.data.world.behaviour import NEVER, Behaviour
from creditlib.data.world.dates import TODAY, month_of
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.overdue import number_of, working_day
from creditlib.data.world.planted import position
from creditlib.data.world.seed import pick, stream
from creditlib.data.world.team import PEOPLE

FIRST_DAY = date(2025, 10, 1)
OVERLOADED = "K03"

# kind: how many, standard minutes, working days until due, who does it (K01 … K05)
_WORK = {
    "credit_check": (300, 45, 2, (0.02, 0.26, 0.48, 0.24, 0.0)),
    "limit_review": (290, 60, 10, (0.07, 0.27, 0.44, 0.22, 0.0)),
    "dunning_call": (890, 12, 1, ()),  # everyone calls customers of their own, as in calls.csv
    "reconciliation": (330, 30, 5, (0.0, 0.14, 0.34, 0.06, 0.46)),
    "site_visit": (70, 240, 15, (0.20, 0.28, 0.40, 0.12, 0.0)),
    "file_update": (420, 20, 10, (0.0, 0.22, 0.38, 0.22, 0.18)),
    "report": (50, 120, 5, (0.36, 0.14, 0.10, 0.40, 0.0)),
    "dispute": (0, 50, 5, (0.03, 0.17, 0.36, 0.02, 0.42)),  # one for every dispute opened
}
_TEAM = ("K01", "K02", "K03", "K04", "K05")
# Share of paid time that goes into tasks; the manager mostly manages.
_UTILISATION = {"K01": 0.40, "K02": 0.72, "K03": 0.78, "K04": 0.70, "K05": 0.75}
PRIORITIES = ("high", "normal", "low")
_PRIORITIES_SHARES = (0.18, 0.64, 0.18)


def tasks(seed: int, hidden: Hidden, behaviour: Behaviour, disputes: pd.DataFrame) -> pd.DataFrame:
    """Return the tasks, one row each in order of creation; `disputes` is that file."""
    random = stream(seed, "tasks")
    days = _working_days()
    parts = [_regular(random, hidden, behaviour, kind, len(days)) for kind in _WORK]
    work = pd.concat([*parts, _about(disputes, days)], ignore_index=True)
    work["minutes"] = [_WORK[kind][1] for kind in work["kind"]]
    draws, noise = random.random((3, len(work))), random.standard_normal(len(work))
    work["person"] = _assigned(draws[0], work)
    work["priority"] = pick(draws[1], _PRIORITIES_SHARES)
    work["spent"] = np.maximum(np.round(work["minutes"] * np.exp(0.3 * noise + 0.02)), 3)
    work["waited"] = np.where(work["kind"] == "dispute", 3 + (12 * draws[2]).astype(int), 0)
    work = work.sort_values(["created", "kind", "customer_id"], ignore_index=True)
    work["done"] = _done(work)
    return _written(work, days)


def _working_days() -> np.ndarray:
    every = range(number_of(FIRST_DAY), number_of(TODAY) + 1)
    return np.array([day for day in every if working_day(day) == day], "M8[D]")


def _regular(random, hidden: Hidden, behaviour: Behaviour, kind: str, days: int) -> pd.DataFrame:
    """A kind's tasks, more of them as the year ends, and the customers whom they are about."""
    many = _WORK[kind][0]
    late_in_quarter = 0.8 if kind in ("limit_review", "report", "reconciliation") else 0.95
    created = (days * random.random(many) ** late_in_quarter).astype(int)
    customer = np.full(many, "", dtype=object)
    if kind != "report":
        rows = random.choice(hidden.size.size, many, p=_about_whom(hidden, behaviour, kind))
        customer = np.array([f"C{row + 1:04d}" for row in rows], dtype=object)
    return pd.DataFrame({"created": created, "kind": kind, "customer_id": customer})


def _about_whom(hidden: Hidden, behaviour: Behaviour, kind: str) -> np.ndarray:
    """Whom the team looks at: the late for calls, the weak and the large for the rest."""
    quarter = slice(month_of(FIRST_DAY), None)
    buys = np.array([day is None for day in hidden.default])
    bought = behaviour.invoiced[:, quarter].sum(axis=1)
    if kind == "dunning_call":
        days_late = np.where(behaviour.days_late < NEVER, behaviour.days_late, 0)[:, quarter]
        weight = np.sqrt(bought) * (behaviour.share_late[:, quarter] * days_late).mean(axis=1)
    else:
        weight = np.exp(0.3 * hidden.size - 0.15 * hidden.felt[:, -1])
    weight = weight * buys
    return weight / weight.sum()


def _about(disputes: pd.DataFrame, days: np.ndarray) -> pd.DataFrame:
    """A dispute that a customer opens is a task on that day, or the next when people work."""
    opened = pd.to_datetime(disputes["opened"]).to_numpy().astype("M8[D]")
    new = (opened >= np.datetime64(FIRST_DAY)) & (opened <= days[-1])
    return pd.DataFrame(
        {
            "created": np.searchsorted(days, opened[new]),
            "kind": "dispute",
            "customer_id": disputes["customer_id"].to_numpy()[new],
        }
    )


def _assigned(draw: np.ndarray, work: pd.DataFrame) -> np.ndarray:
    """Who gets each task: a caller by the customer, the rest by the kind of work."""
    person = np.zeros(len(work), dtype=int)
    for kind, (_, _, _, shares) in _WORK.items():
        rows = np.flatnonzero(work["kind"] == kind)
        if shares:
            person[rows] = pick(draw[rows], shares)
        else:
            person[rows] = work["customer_id"].iloc[rows].map(position).to_numpy() % len(_TEAM)
    return person


def _done(work: pd.DataFrame) -> np.ndarray:
    """The working day on which each task is done: first come, first served, person by person."""
    done = np.zeros(len(work), dtype=int)
    for place, person in enumerate(_TEAM):
        own = np.flatnonzero(work["person"] == place)
        a_day = PEOPLE[person].hours_per_week / 5 * 60 * _UTILISATION[person]
        spent = work["spent"].to_numpy()[own]
        # Each starts when the one before ends, or on its own day if that is later.
        before = np.cumsum(spent) - spent
        start = np.maximum.accumulate(work["created"].to_numpy()[own] * a_day - before)
        done[own] = ((start + before + spent) / a_day).astype(int)
    return done + work["waited"].to_numpy()


def _written(work: pd.DataFrame, days: np.ndarray) -> pd.DataFrame:
    created, done = work["created"].to_numpy(), work["done"].to_numpy()
    urgent = work["priority"] == PRIORITIES.index("high")
    allowed = np.array([_WORK[kind][2] for kind in work["kind"]])
    allowed = np.where(urgent, np.maximum(allowed // 2, 1), allowed)
    beyond = np.array([working_day(number_of(TODAY + timedelta(day))) for day in range(1, 31)])
    calendar = np.concatenate([days, np.unique(beyond).astype("M8[D]")])
    is_done = done < len(days)
    done_on = np.where(is_done, days[np.minimum(done, len(days) - 1)], np.datetime64("NaT"))
    return pd.DataFrame(
        {
            "task_id": [f"T{number:06d}" for number in range(1, len(work) + 1)],
            "kind": work["kind"],
            "customer_id": work["customer_id"],
            "created_on": days[created].astype("M8[s]"),
            "due_on": calendar[created + allowed].astype("M8[s]"),
            "done_on": done_on.astype("M8[s]"),
            "minutes_standard": work["minutes"],
            "minutes_spent": work["spent"].where(is_done),
            "assigned_to": np.array(_TEAM)[work["person"]],
            "priority": np.array(PRIORITIES)[work["priority"]],
        }
    )
