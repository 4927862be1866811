"""What the collection desk shows: what three lists save and miss, and the week of one of them."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby

from creditlib.collection.goals import Debt
from creditlib.collection.plan import Person, Plan, Task, plan
from creditlib.collection.ranking import RANKS
from creditlib.errors import InputError
from creditlib.i18n import text
from creditlib.widgets.look import bars, money, notice, table, words

KEY = "widgets.collection_desk."
SHOWN = 8  # tasks that are left, before the rest is only counted


def desk_evidence(
    debts: Sequence[Debt],
    holidays: Collection[date],
    ranking: str,
    people: float,
    minutes: float,
    days: float,
) -> str:
    """Return the week's work of `people` with so many `minutes` a day each, as HTML."""
    if not debts:
        raise InputError("widgets.collection_desk.no_debts")
    as_of = max(debt.claim.as_of for debt in debts)
    # A control gives floats, and a fraction can be typed.
    people, minutes, days = (round(each) for each in (people, minutes, days))
    team = [Person(text(f"{KEY}person", number=number), minutes) for number in range(1, people + 1)]
    weeks = {name: plan(debts, team, as_of, days, rank=name, holidays=holidays) for name in RANKS}
    week = weeks[ranking]
    return (
        _verdict(weeks, ranking)
        + _lost(week)
        + _compared(weeks, ranking)
        + _used(week, people * minutes * days)
        + _week(week)
        + _left(week)
        + _stopped(week)
        + notice(text(f"{KEY}how"), "quiet")
    )


def _verdict(weeks: dict[str, Plan], ranking: str) -> str:
    week, best = weeks[ranking], max(weeks.values(), key=lambda each: each.saved)
    values = {"saved": money(week.saved), "missed": money(week.missed)}
    if not week.left:
        return notice(text(f"{KEY}all_done", **values), "good")
    short = best.saved - week.saved
    if round(short) <= 0:
        return notice(text(f"{KEY}best", **values), "good")
    return notice(text(f"{KEY}short", short=money(short), **values), "bad")


def _lost(week: Plan) -> str:
    if not week.lost:
        return ""
    rights = _listed([f"{_named(task.debt)} {task.due.isoformat()}" for task in week.lost])
    return notice(text(f"{KEY}lost", count=len(week.lost), rights=rights), "bad")


def _compared(weeks: dict[str, Plan], ranking: str) -> str:
    names = {name: text(f"{KEY}list.{name}") for name in RANKS}
    rows = [(names[name], week.saved, f"{week.saved:,.0f}") for name, week in weeks.items()]
    columns = ["", *(text(f"{KEY}{each}") for each in ("saved", "missed", "steps", "over"))]
    figures = [
        (
            names[name],
            f"{week.saved:,.0f}",
            f"{week.missed:,.0f}",
            str(len(week.tasks)),
            str(len(week.left)),
        )
        for name, week in weeks.items()
    ]
    drawing = bars(rows, marked=[names[ranking]])
    return f"<h5>{words(text(KEY + 'compared'))}</h5>{drawing}{table(columns, figures)}"


def _used(week: Plan, there: int) -> str:
    used = sum(week.used.values())
    return notice(text(f"{KEY}used", used=used, there=there, share=used / there), "quiet")


def _week(week: Plan) -> str:
    days = [(day, list(tasks)) for day, tasks in groupby(week.tasks, lambda task: task.day)]
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


def _left(week: Plan) -> str:
    if not week.left:
        return ""
    summary = text(f"{KEY}left", steps=len(week.left), missed=money(week.missed))
    more = len(week.left) - SHOWN
    rest = notice(text(f"{KEY}more", count=more), "quiet") if more > 0 else ""
    return (
        f"<details><summary>{words(summary)}</summary>{_tasks(week.left[:SHOWN])}{rest}</details>"
    )


def _stopped(week: Plan) -> str:
    names = list(dict.fromkeys(map(_named, week.stop_supply)))
    if not names:
        return ""
    return notice(text(f"{KEY}stop_supply", customers=_listed(names)), "quiet")


def _listed(names: Sequence[str]) -> str:
    more = text(f"{KEY}and_more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
    return text(f"{KEY}joint").join(names[:SHOWN]) + more
