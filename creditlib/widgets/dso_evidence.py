"""What the DSO lab shows: a quarter's measures beside earlier ones, and which of them mislead."""

from creditlib.basics.receivables import bad_debt_ratio
from creditlib.errors import Undefined
from creditlib.i18n import text
from creditlib.plots import COLOURS
from creditlib.widgets.dso_model import BIG_INVOICE, MEASURES, USUAL, Quarter, measures
from creditlib.widgets.look import (
    axis_money,
    bars,
    chart,
    large_money,
    legend,
    notice,
    table,
    words,
)
from creditlib.widgets.svg import stacked

KEY = "widgets.dso_lab."
# The quarter is the last of the year: its charts show July to December.
SHOWN_MONTHS = range(7, 13)
# A change that would be printed as 0.0 days is none.
NOTHING = 0.05


def dso_evidence(now: Quarter, before: Quarter) -> str:
    """Return what the measures say of a quarter, beside those of `before`, as HTML."""
    moved, start = measures(now), measures(before)
    taken = now.days_taken - before.days_taken
    # How far each of the two DSOs that should tell when customers pay is off, in days.
    gaps = {
        name: moved[name] - start[name] - taken
        for name in ("dso", "countback")
        if not isinstance(moved[name], Undefined) and not isinstance(start[name], Undefined)
    }
    misleading = [text(f"{KEY}{name}") for name, gap in gaps.items() if abs(gap) >= 2 * NOTHING]
    charts = _days_chart(now, moved, misleading) + _sales_chart(now)
    return (
        _payers(now, taken)
        + _movements(gaps, taken)
        + _reasons(moved)
        + notice(_lesson(now), "quiet")
        + _comparison(now, before, moved, start)
        + f'<div class="charts">{charts}</div>'
        + _explained()
    )


def _payers(now: Quarter, taken: float) -> str:
    kind = "same" if abs(taken) < NOTHING else "later" if taken > 0 else "earlier"
    return notice(text(f"{KEY}payers_{kind}", days=now.days_taken, change=abs(taken)), "quiet")


def _movements(gaps: dict[str, float], taken: float) -> str:
    """Return whether the two DSOs moved as the payers did; what both do alike stands together."""
    said: dict[str, list[str]] = {}
    for name, gap in gaps.items():
        change = gap + taken
        moved = "stays" if abs(change) < NOTHING else "rises" if change > 0 else "falls"
        sentence = text(f"{KEY}{moved}", measure=text(f"{KEY}{name}"), change=abs(change))
        if abs(gap) < 2 * NOTHING:
            said.setdefault("good", []).append(sentence + text(f"{KEY}follows"))
        else:
            looks = text(f"{KEY}{'looks_worse' if gap > 0 else 'looks_better'}", gap=abs(gap))
            said.setdefault("bad", []).append(sentence + looks)
    joint = text(f"{KEY}joint")
    return "".join(notice(joint.join(sentences), tone) for tone, sentences in said.items())


def _reasons(moved: dict[str, float | Undefined]) -> str:
    """Return why a measure is not defined, each reason once."""
    reasons = dict.fromkeys(str(each) for each in moved.values() if isinstance(each, Undefined))
    return "".join(notice(reason, "bad") for reason in reasons)


def _lesson(now: Quarter) -> str:
    """Return what this event hides, with its amounts."""
    if now.event == "big_invoice":
        return text(f"{KEY}lesson.big_invoice", amount=large_money(BIG_INVOICE))
    if now.event != "write_off":
        return text(f"{KEY}lesson.{now.event}")
    if now.written_off == 0:
        return text(f"{KEY}nothing_to_write_off")
    lesson = text(f"{KEY}lesson.write_off", amount=large_money(now.written_off))
    try:
        ratio = bad_debt_ratio(now.written_off, now.credit_sales)
    except Undefined:
        return lesson
    return lesson + text(f"{KEY}bad_debt_ratio", ratio=ratio)


def _comparison(now, before, moved, start) -> str:
    headings = ["", *(text(f"{KEY}{name}") for name in ("at_start", "now", "change"))]
    rows = [_row("days_taken", before.days_taken, now.days_taken)]
    return table(headings, rows + [_row(name, start[name], moved[name]) for name in MEASURES])


def _row(name: str, start: float | Undefined, now: float | Undefined) -> tuple[str, ...]:
    shown = [
        "–" if isinstance(each, Undefined) else f"{each:.1%}" if name == "cei" else f"{each:.1f}"
        for each in (start, now)
    ]
    return (text(f"{KEY}{name}"), *shown, "–" if "–" in shown else _change(name, now - start))


def _change(name: str, change: float) -> str:
    """Return a change with its sign: in days, or of the CEI in percentage points."""
    figure = f"{100 * change if name == 'cei' else change:+.1f}".replace("-", "−")
    if figure[1:] == "0.0":
        return "0"
    return text(f"{KEY}points", points=figure) if name == "cei" else figure


def _days_chart(now: Quarter, moved, misleading: list[str]) -> str:
    names = [name for name in MEASURES[:-1] if not isinstance(moved[name], Undefined)]
    days = [("days_taken", now.days_taken), *((name, moved[name]) for name in names)]
    rows = [(text(f"{KEY}{name}"), value, f"{value:.1f}") for name, value in days]
    return chart(text(f"{KEY}days_title"), bars(rows, marked=misleading))


def _sales_chart(now: Quarter) -> str:
    title = text(f"{KEY}sales_title")
    shown = now.months[len(SHOWN_MONTHS) - 1 :: -1]
    paid = [month.sales - month.current - month.past_due - month.written_off for month in shown]
    layers = [
        ("past_due", [month.past_due for month in shown], COLOURS["bad"]),
        ("current", [month.current for month in shown], COLOURS["good"]),
        ("written_off", [month.written_off for month in shown], COLOURS["ink"]),
        ("paid", [max(0.0, amount) for amount in paid], COLOURS["rule"]),
    ]
    layers = [
        (text(f"{KEY}{name}"), amounts, colour)
        for name, amounts, colour in layers
        if name != "written_off" or now.written_off > 0
    ]
    labels = [text(f"{KEY}month.{number}") for number in SHOWN_MONTHS]
    drawing = stacked(title, labels, layers, axis_money)
    return chart(title, drawing + legend((name, colour) for name, _, colour in layers))


def _explained() -> str:
    explained = [
        text(f"{KEY}explained.{name}", usual=large_money(USUAL)) for name in ("model", *MEASURES)
    ]
    entries = "".join(f"<li>{words(each)}</li>" for each in explained)
    return f"<details><summary>{words(text(f'{KEY}how'))}</summary><ul>{entries}</ul></details>"
