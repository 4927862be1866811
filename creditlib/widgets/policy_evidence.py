"""What the policy curve shows: what a stricter or looser cut-off brings, and where profit peaks."""

from collections.abc import Sequence
from itertools import count

from creditlib.basics import policy
from creditlib.basics.policy import Applicant, PolicyPoint
from creditlib.errors import InputError
from creditlib.i18n import text
from creditlib.plots import COLOURS
from creditlib.widgets.look import (
    axis_money,
    chart,
    large_money,
    legend,
    notice,
    short_money,
    table,
)
from creditlib.widgets.svg import lines

KEY = "widgets.policy_curve."
# As many cut-offs as a curve needs to look smooth; each is a place of the slider.
STEPS, FINEST = 100, 0.005

# An invented portfolio in bands: default probability from and to, how many customers, yearly sales
# to each in RMB, days until they pay. The weaker the customer, the longer it takes; the weakest ask
# for more again, because other suppliers refuse them.
_EXAMPLE = (
    (0.000, 0.002, 40, 1_800_000, 60),
    (0.002, 0.006, 85, 1_600_000, 60),
    (0.006, 0.015, 115, 1_400_000, 65),
    (0.015, 0.030, 125, 1_200_000, 70),
    (0.030, 0.050, 115, 1_100_000, 80),
    (0.050, 0.090, 95, 1_000_000, 90),
    (0.090, 0.130, 75, 900_000, 105),
    (0.130, 0.190, 58, 800_000, 125),
    (0.190, 0.270, 45, 800_000, 145),
    (0.270, 0.370, 40, 800_000, 170),
    (0.370, 0.500, 30, 900_000, 190),
)


def example_applicants() -> tuple[Applicant, ...]:
    """Return the invented portfolio, one applicant per customer, spread evenly over each band."""
    return tuple(
        Applicant(
            sales=sales,
            default_probability=low + (high - low) * (number + 0.5) / customers,
            days=days,
        )
        for low, high, customers, sales, days in _EXAMPLE
        for number in range(customers)
    )


def cut_offs_for(applicants: Sequence[Applicant]) -> list[float]:
    """Return the cut-offs to try: from 0 (no credit to anyone) until all applicants are in.

    >>> cut_offs_for([Applicant(sales=1e6, default_probability=0.31, days=60)])[-2:]
    [0.305, 0.31]
    """
    if not any(each.sales > 0 for each in applicants):
        raise InputError("widgets.policy_curve.no_applicants")
    highest = max(each.default_probability for each in applicants)
    step = next(step for step in map(FINEST.__mul__, count(1)) if step * STEPS >= highest)
    cut_offs = [0.0, step]
    while cut_offs[-1] < highest:
        cut_offs.append(round(step * len(cut_offs), 6))
    return cut_offs


def policy_evidence(
    applicants: Sequence[Applicant],
    cut_offs: Sequence[float],
    cut_off: float,
    margin: float,
    annual_rate: float,
    fixed_cost: float,
) -> str:
    """Return what accepting customers up to `cut_off` leads to, as HTML, beside the other cut-offs.

    Rates are decimals a year; `fixed_cost` is what running credit costs, in RMB a year.
    """
    points = policy.policy_curve(applicants, cut_offs, margin, annual_rate, fixed_cost)
    chosen = min(points, key=lambda point: abs(point.cut_off - cut_off))
    best = policy.best_policy(points)
    wider = (point for point in points if point.accepted > chosen.accepted)
    following = next(wider, None)
    drawings = _profit_chart(points, chosen, best) + _shares_chart(points, chosen)
    return (
        _verdict(chosen, best)
        + notice(*_next_step(chosen, following))
        + f'<div class="charts">{drawings}</div>'
        + _comparison(chosen, following, best, fixed_cost)
    )


def _verdict(chosen: PolicyPoint, best: PolicyPoint) -> str:
    missed = best.profit - chosen.profit
    outcome = (
        "best_here"
        if round(missed) <= 0
        else "too_strict"
        if chosen.cut_off < best.cut_off
        else "too_loose"
    )
    sentence = text(
        f"{KEY}{outcome}",
        cut_off=chosen.cut_off,
        profit=large_money(chosen.profit),
        best=best.cut_off,
        missed=large_money(missed),
    )
    if best.accepted == 0:
        sentence += text(f"{KEY}nobody_pays")
    return notice(sentence, "good" if outcome == "best_here" else "bad")


def _next_step(chosen: PolicyPoint, following: PolicyPoint | None) -> tuple[str, str]:
    if following is None:
        return text(f"{KEY}nobody_left"), "quiet"
    change = following.profit - chosen.profit
    sentence = text(
        f"{KEY}{'next_adds' if change > 0 else 'next_costs'}",
        cut_off=following.cut_off,
        customers=following.accepted - chosen.accepted,
        sales=large_money(following.sales - chosen.sales),
        bad_debt=large_money(following.bad_debt - chosen.bad_debt),
        profit=large_money(abs(change)),
    )
    return sentence, "quiet"


def _profit_chart(points, chosen, best) -> str:
    title, names = text(f"{KEY}profit_title"), [text(f"{KEY}{name}") for name in ("best", "chosen")]
    curve = [(point.cut_off, point.profit) for point in points]
    marks = [
        (names[0], (best.cut_off, best.profit), COLOURS["third"]),
        (names[1], (chosen.cut_off, chosen.profit), COLOURS["bad"]),
    ]
    curves = [(title, curve, COLOURS["good"])]
    drawing = lines(title, curves, marks, "{:.0%}".format, axis_money)
    return chart(title, drawing + legend((name, colour) for name, _, colour in marks))


def _shares_chart(points, chosen) -> str:
    title, everyone = text(f"{KEY}shares_title"), points[-1]
    curves, marks = [], []
    for name, colour in (("sales", COLOURS["third"]), ("bad_debt", COLOURS["bad"])):
        total = getattr(everyone, name)
        if total > 0:  # where nobody ever fails there is no bad debt to have a share of
            shares = [(point.cut_off, getattr(point, name) / total) for point in points]
            label = text(f"{KEY}{name}_share")
            curves.append((label, shares, colour))
            marks.append((label, (chosen.cut_off, getattr(chosen, name) / total), colour))
    drawing = lines(title, curves, marks, "{:.0%}".format, "{:.0%}".format)
    return chart(title, drawing + legend((label, colour) for label, _, colour in curves))


def _comparison(chosen, following, best, fixed_cost) -> str:
    shown = [("chosen", chosen), ("following", following), ("best", best)]
    shown = [(text(f"{KEY}{name}"), point) for name, point in shown if point is not None]
    rows = [
        (text(f"{KEY}up_to"), *(f"{point.cut_off:.1%}" for _, point in shown)),
        (text(f"{KEY}accepted"), *(f"{point.accepted:,}" for _, point in shown)),
    ]
    for name in ("sales", "margin_earned", "bad_debt", "carrying"):
        amounts = [short_money(getattr(point, name)) for _, point in shown]
        rows.append((text(f"{KEY}{name}"), *amounts))
    rows.append((text(f"{KEY}running"), *[short_money(fixed_cost)] * len(shown)))
    rows.append((text(f"{KEY}profit"), *(short_money(point.profit) for _, point in shown)))
    return table(["", *(name for name, _ in shown)], rows)
