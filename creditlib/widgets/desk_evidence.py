"""What the collection desk shows: what three lists save and miss, and the week of one of them."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from creditlib.collection.goals import Debt
from creditlib.collection.plan import Person, Task
from creditlib.errors import InputError
from creditlib.i18n import text
from creditlib.widgets.desk_lists import LISTS, Worked, worked
from creditlib.widgets.look import bars, money, notice, table, words

KEY = "widgets.collection_desk."
SHOWN = 8  # tasks that are left, before the rest is only counted


def desk_evidence(
    debts: Sequence[Debt], ranking: str, people: float, minutes: float, days: float
) -> str:
    """Return the week's work of `people` with so many `minutes` a day each, as HTML."""
    if not debts:
        raise InputError("widgets.collection_desk.no_debts")
    as_of = max(debt.claim.as_of for debt in debts)
    # JupyterLab's sliders give 119.99999999 for 120.
    people, minutes, days = (round(each) for each in (people, minutes, days))
    team = [Person(text(f"{KEY}person", number=number), minutes) for number in range(1, people + 1)]
    weeks = {name: worked(name, debts, team, as_of, days) for name in LISTS}
    week = weeks[ranking]
    return (
        _verdict(weeks, ranking)
        + _compared(weeks, ranking)
        + _used(week, people * minutes * days)
        + _week(week)
        + _left(week)
        + _stopped(weeks["waiting"])  # goods stop whether or not anyone calls
        + notice(text(f"{KEY}how"), "quiet")
    )


def _verdict(weeks: dict[str, Worked], ranking: str) -> str:
    week, best = weeks[ranking], max(weeks.values(), key=lambda each: each.saved)
    values = {"saved": money(week.saved), "missed": money(week.missed)}
    if not week.left:
        return notice(text(f"{KEY}all_done", **values), "good")
    short = best.saved - week.saved
    if round(short) <= 0:
        return notice(text(f"{KEY}best", **values), "good")
    return notice(text(f"{KEY}short", short=money(short), **values), "bad")


def _compared(weeks: dict[str, Worked], ranking: str) -> str:
    names = {name: text(f"{KEY}list.{name}") for name in LISTS}
    rows = [(names[name], week.saved, f"{week.saved:,.0f}") for name, week in weeks.items()]
    columns = ["", *(text(f"{KEY}{each}") for each in ("saved", "missed", "steps", "over"))]
    figures = [
        (
            names[name],
            f"{week.saved:,.0f}",
            f"{week.missed:,.0f}",
            str(len(week.plan.tasks)),
            str(len(week.left)),
        )
        for name, week in weeks.items()
    ]
    drawing = bars(rows, marked=[names[ranking]])
    return f"<h5>{words(text(KEY + 'compared'))}</h5>{drawing}{table(columns, figures)}"


def _used(week: Worked, there: int) -> str:
    used = sum(week.plan.used.values())
    return notice(text(f"{KEY}used", used=used, there=there, share=used / there), "quiet")


def _week(week: Worked) -> str:
    days = [(day, list(tasks)) for day, tasks in groupby(week.plan.tasks, lambda task: task.day)]
    if not days:
        return notice(text(f"{KEY}nothing"), "bad")
    shown = (_day(day, tasks, place == 0) for place, (day, tasks) in enumerate(days))
    return f"<h5>{words(text(KEY + 'week'))}</h5>" + "".join(shown)


def _day(day: date, tasks: list[Task], opened: bool) -> str:
    summary = text(
        f"{KEY}day",
        weekday=text(f"{KEY}weekday.d{day.isoweekday()}"),
        day=day.isoformat(),
        steps=len(tasks),
        minutes=sum(task.minutes for task in tasks),
    )
    state = ' open=""' if opened else ""
    return f"<details{state}><summary>{words(summary)}</summary>{_tasks(tasks)}</details>"


def _tasks(tasks: Sequence[Task]) -> str:
    columns = ("customer", "amount", "cost")
    head = "".join(f"<th>{words(text(KEY + name))}</th>" for name in columns)
    rows = "".join(
        f"<tr><td><b>{words(_named(task.debt))}</b> · {words(task.step.name)}"
        f"<small>{words(_why(task))}</small></td>"
        f"<td>{task.amount:,.0f}</td><td>{task.cost_of_waiting:,.0f}</td></tr>"
        for task in tasks
    )
    return (
        f'<div class="wide"><table class="told"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _named(debt: Debt) -> str:
    return debt.claim.debtor.name or debt.customer_id


def _why(task: Task) -> str:
    key = f"{KEY}{'taken_by' if task.person else 'takes'}"
    return text(key, why=task.why, person=task.person, minutes=task.minutes)


def _left(week: Worked) -> str:
    if not week.left:
        return ""
    summary = text(f"{KEY}left", steps=len(week.left), missed=money(week.missed))
    more = len(week.left) - SHOWN
    rest = notice(text(f"{KEY}more", count=more), "quiet") if more > 0 else ""
    return (
        f"<details><summary>{words(summary)}</summary>{_tasks(week.left[:SHOWN])}{rest}</details>"
    )


def _stopped(week: Worked) -> str:
    names = list(dict.fromkeys(_named(debt) for debt in week.plan.stop_supply))
    if not names:
        return ""
    more = text(f"{KEY}and_more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
    customers = text(f"{KEY}joint").join(names[:SHOWN]) + more
    return notice(text(f"{KEY}stop_supply", customers=customers), "quiet")
