"""What the summary shows of one currency's ledger: figures, findings, charts, tables."""

from collections.abc import Callable

import pandas as pd

from creditlib.basics.health import MEASURES, Health
from creditlib.basics.health_findings import currency_name, money, money_size, name_of
from creditlib.data.ledger_summary.drawings import line, split_bars
from creditlib.data.ledger_summary.frame import about, figures, heading, table
from creditlib.i18n import text
from creditlib.plots import COLOURS
from creditlib.widgets.look import chart, notice
from creditlib.widgets.svg import columns

CHASED, SHARES = 15, {"past_due_share", "collection_effectiveness", "on_time_share"}
LARGEST = 10
# The lines by month end: column and colour.
LINES = (("past_due", "bad"), ("receivables", "good"), ("dso", "third"))


def of_currency(health: Health) -> list[str]:
    """Return the sections of one currency as HTML."""
    if health.items.empty:
        return [*_findings(health)]
    return [
        _figures(health),
        *_findings(health),
        *_charts(health),
        *_chase(health),
        *_ageing(health),
        *_largest(health),
        *_oldest(health),
    ]


def _say(name: str, **values: object) -> str:
    return text(f"health.page.{name}", **values)


def _figures(health: Health) -> str:
    tiles = []
    amounts = {
        "receivable": health.receivable,
        "past_due": health.past_due,
        "disputed": health.disputed or 0,
        "unapplied": health.unapplied + health.overpaid,
    }
    for name, amount in amounts.items():
        if amount or name == "receivable" or (name == "past_due" and _dated(health)):
            shown = money(amount, health.currency)
            tiles.append((name, shown, name == "past_due" and amount > 0))
    without: dict[str, list[str]] = {}
    for name in MEASURES:
        measure = health.measures[name]
        if measure.value is None:
            without.setdefault(measure.reason, []).append(_say(f"figure.{name}"))
        else:
            shown = f"{measure.value:.1%}" if name in SHARES else _say("days", days=measure.value)
            tiles.append((name, shown, False))
    shown = figures(
        (_say(f"figure.{name}"), figure, _say(f"meaning.{name}", days=health.days), bad)
        for name, figure, bad in tiles
    )
    joint = _say("and")
    reasons = (
        notice(_say("undefined", names=joint.join(names), reason=reason), "quiet")
        for reason, names in without.items()
    )
    return shown + "".join(reasons)


def _findings(health: Health) -> list[str]:
    return [
        heading(3, _say("findings")),
        *(notice(finding.words, finding.kind) for finding in health.findings),
    ]


def _charts(health: Health) -> list[str]:
    drawn = [_ageing_chart(health)] if _dated(health) else []
    ends = health.month_ends
    months = [f"{end:%Y-%m}" for end in ends.index]
    for column, colour in LINES if len(ends) > 1 else ():
        values = ends[column]
        if column == "dso" and (health.measures["dso"].value is None or values.count() < 2):
            continue
        if column == "past_due" and not values.any():
            continue
        title = _say(f"{column}_chart")
        mark = "{:.0f}".format if column == "dso" else _marks(values.max(), axis=True)
        drawn.append(chart(title, line(title, months, values.tolist(), COLOURS[colour], mark)))
    shown = [f'<div class="charts">{"".join(drawn)}</div>']
    if len(ends) > 1:
        shown.append(about(_say("history", first=f"{ends.index[0]:%Y-%m}")))
    return shown


def _ageing_chart(health: Health) -> str:
    # What has no due date has no age: it stands in the table only.
    amounts = health.ageing["amount"].drop("no_due_date", errors="ignore")
    title, mark = _say("ageing_chart"), _marks(amounts.abs().max())
    colours = [COLOURS["good" if bucket == "not_due" else "bad"] for bucket in amounts.index]
    labels = [_bucket(bucket, short=True) for bucket in amounts.index]
    return chart(title, columns(title, labels, amounts.tolist(), colours, mark))


def _dated(health: Health) -> bool:
    """Whether any open item has a due date: without one, nothing is known of what is late."""
    return bool(health.items["days_past_due"].notna().any())


def _chase(health: Health) -> list[str]:
    if health.chase.empty:
        return []
    first, aged = health.chase.head(CHASED), bool(health.age_columns)
    rows = [
        (
            f"{place}. {name_of(row)}",
            _whole(row["past_due"]),
            _say("at_least", days=row["oldest_days"]) if aged else str(row["oldest_days"]),
            _whole(row["cost_of_waiting"]),
        )
        for place, (_, row) in enumerate(first.iterrows(), start=1)
    ]
    names = ("customer", "past_due", "oldest_days", "cost_of_waiting")
    rest = len(health.chase) - len(first)
    return [
        heading(3, _say("chase")),
        about(_say("chase_rule")),
        *([about(_say("by_column"))] if aged else []),
        table(_headings(names, health), rows, under=first["reason"].tolist(), stacked=True),
        *([about(_say("chase_rest", count=rest))] if rest else []),
    ]


def _ageing(health: Health) -> list[str]:
    rows = [
        (_bucket(bucket), _whole(row["amount"]), _percent(row["share"]))
        for bucket, row in health.ageing.iterrows()
    ]
    rows.append((_say("total"), _whole(health.ageing["amount"].sum()), ""))
    return [
        heading(3, _say("ageing")),
        table(_headings(("bucket", "amount", "share"), health), rows),
    ]


def _largest(health: Health) -> list[str]:
    found, largest = health.concentration, health.customers.head(LARGEST)
    if found is None:
        return []
    mark = _marks(largest["receivable"].max())
    rows = []
    for _, row in largest[largest["receivable"] > 0].iterrows():
        owed, late = row["receivable"], min(max(row["past_due"], 0), row["receivable"])
        rows.append((name_of(row), (late, owed - late) if _dated(health) else (owed,), mark(owed)))
    keys = [(_say("figure.past_due"), COLOURS["bad"]), (_say("not_past_due"), COLOURS["good"])]
    if not _dated(health):
        keys = [(_say("figure.receivable"), COLOURS["quiet"])]
    title = _say("largest", count=len(rows))
    shares = {"one": found.largest_1, "five": found.largest_5, "ten": found.largest_10}
    shares = {name: f"{share:.0%}" for name, share in shares.items()}
    return [
        heading(3, title),
        f'<div class="drawing">{split_bars(title, rows, keys)}</div>',
        about(
            _say(
                "concentration",
                customers=int((health.customers["receivable"] > 0).sum()),
                hhi=found.hhi,
                number=found.effective_number,
                **shares,
            )
        ),
    ]


def _oldest(health: Health) -> list[str]:
    if health.oldest.empty:
        return []
    rows = [
        (
            f"{row['invoice_id']} · {name_of(row)}",
            f"{pd.Timestamp(row['due_date']):%Y-%m-%d}",
            f"{row['days_past_due']:.0f}",
            _whole(row["open_amount"]),
        )
        for _, row in health.oldest.iterrows()
    ]
    names = ("invoice", "due_date", "days_past_due", "open_amount")
    return [
        heading(3, _say("oldest", count=len(rows))),
        table(_headings(names, health), rows, stacked=True),
    ]


def _headings(names: tuple[str, ...], health: Health) -> list[str]:
    unit = currency_name(health.currency)
    unit = _say("unit", unit=unit) if unit else ""
    return [_say(f"heading.{name}", unit=unit) for name in names]


def _bucket(name: str, short: bool = False) -> str:
    if name.startswith("over_"):
        days = name.removeprefix("over_")
        return _say("bucket.over_short" if short else "bucket.over", days=days)
    if name in ("not_due", "no_due_date"):
        return _say(f"bucket.{name}")
    days = name.replace("-", "–")
    return days if short else _say("bucket.between", days=days)


def _marks(highest: float, axis: bool = False) -> Callable[[float], str]:
    """Return how the amounts of one drawing are shown: all in the same size, figures only.

    The marks of an axis are round: they need no zeros behind the point.
    """
    size = money_size(highest)
    if size == "small":
        return lambda amount: f"{amount:,.0f}".replace("-", "−")
    scale = float(text(f"health.money.{size}.scale"))
    decimals = 0 if highest >= 100 * scale else 1 if highest >= 10 * scale else 2

    def shown(amount: float) -> str:
        figure = f"{amount / scale:,.{decimals}f}"
        if axis and decimals:
            figure = figure.rstrip("0").rstrip(".")
        return text(f"health.money.{size}.mark", figure=figure.replace("-", "−"))

    return shown


def _whole(amount: float) -> str:
    return f"{amount:,.0f}".replace("-", "−")


def _percent(share: float) -> str:
    return f"{share:.1%}".replace("-", "−") if share == share else "–"
