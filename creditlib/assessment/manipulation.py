"""The Beneish M-score: do two years' accounts look like those of companies that manipulated them?

A screen, which says where to look; not proof. Not for banks, insurers and other financials.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import erfc, sqrt

from creditlib.assessment.accounts import Statement, consecutive, trade_receivables
from creditlib.assessment.measures import gross_margin
from creditlib.assessment.quotient import Parts, measure
from creditlib.errors import InputError, Undefined
from creditlib.i18n import text

THRESHOLD = -1.78

INTERCEPT = -4.84
WEIGHTS = {
    "DSRI": 0.920,
    "GMI": 0.528,
    "AQI": 0.404,
    "SGI": 0.892,
    "DEPI": 0.115,
    "SGAI": -0.172,
    "TATA": 4.679,
    "LVGI": -0.327,
}

NEUTRAL = ("AQI", "DEPI", "SGAI")
"""The indices that are set to 1, no change, where they have no value."""

NOTHING = 1e-9
"""A share of assets or sales below this is nothing but binary rounding."""


@dataclass(frozen=True)
class BeneishScore:
    """A score, its probability, and whether it is above the threshold of −1.78.

    `indices` holds the eight indices; `reasons` names those that had no value and were set to the
    neutral 1, with a short code why.
    """

    score: float
    probability: float
    flagged: bool
    indices: Mapping[str, float]
    reasons: Mapping[str, str]


def beneish_m(current: Statement, previous: Statement) -> BeneishScore:
    """Score two consecutive years with the eight-variable Beneish model.

    Raises `Undefined` where an index has no value that cannot stand at its neutral 1: no
    receivables, sales or debt the year before, no positive gross margin in either year (the sign
    would turn; review by hand), no cash flow given.

    Source: Beneish (1999), Financial Analysts Journal 55(5).

    >>> from dataclasses import replace
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> pushed = replace(EXAMPLE, year=2025, revenue=1500.0, accounts_receivable=360.0)
    >>> found = beneish_m(pushed, EXAMPLE)
    >>> round(found.score, 2), found.flagged
    (-1.77, True)
    """
    return beneish_score(*beneish_indices(current, previous))


def beneish_score(
    indices: Mapping[str, float], reasons: Mapping[str, str] | None = None
) -> BeneishScore:
    """Score eight indices that are already known; nothing changed gives −2.48.

    The probability is that of the standard normal distribution at the score, as in a probit model.

    >>> round(beneish_score(dict.fromkeys(WEIGHTS, 1.0) | {"TATA": 0.0}).score, 2)
    -2.48
    """
    for name in WEIGHTS:
        if name not in indices:
            raise InputError("distress.no_index", name=name, needed=", ".join(WEIGHTS))
    score = INTERCEPT + sum(weight * indices[name] for name, weight in WEIGHTS.items())
    probability = erfc(-score / sqrt(2)) / 2
    return BeneishScore(score, probability, score > THRESHOLD, dict(indices), dict(reasons or {}))


def beneish_indices(
    current: Statement, previous: Statement
) -> tuple[dict[str, float], dict[str, str]]:
    """Return the eight indices, and why an index stands at its neutral value.

    On Chinese accounts: receivables include notes and receivables financing; selling, general and
    administrative expenses include research, which CAS shows apart; long-term debt is long-term
    borrowings; fixed assets are net of depreciation; securities outside current assets are taken
    as nil.

    >>> from dataclasses import replace
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> indices, reasons = beneish_indices(replace(EXAMPLE, year=2025), EXAMPLE)
    >>> indices["SGI"], reasons
    (1.0, {})
    """
    consecutive(previous, current)
    indices, reasons = {}, {}
    for name, index in _INDICES.items():
        try:
            indices[name] = index(current, previous)
        except Undefined as undefined:
            if name not in NEUTRAL:
                raise
            indices[name] = 1.0
            reasons[name] = undefined.reason
    return indices, reasons


@measure("distress.no_revenue")
def receivables_to_sales(statement: Statement) -> Parts:
    """Trade receivables over revenue."""
    return trade_receivables(statement), statement.revenue


@measure("distress.no_revenue")
def overheads_to_sales(statement: Statement) -> Parts:
    """Selling, administrative and research expenses over revenue."""
    overheads = (
        statement.selling_expenses + statement.administrative_expenses + statement.research_expenses
    )
    return overheads, statement.revenue


@measure("distress.no_assets")
def soft_assets_to_assets(statement: Statement) -> Parts:
    """Assets that are neither current nor fixed, over total assets."""
    soft = statement.total_assets - statement.current_assets - statement.fixed_assets
    return soft, statement.total_assets


@measure("distress.no_depreciable_assets")
def depreciation_rate(statement: Statement) -> Parts:
    """Depreciation over depreciation plus net fixed assets."""
    return statement.depreciation, statement.depreciation + statement.fixed_assets


@measure("distress.no_assets")
def debt_load(statement: Statement) -> Parts:
    """Current liabilities plus long-term borrowings, over total assets."""
    return statement.current_liabilities + statement.long_term_borrowings, statement.total_assets


@measure("distress.no_assets")
def accruals_to_assets(statement: Statement) -> Parts:
    """Net profit that did not come in as operating cash flow, over total assets."""
    return statement.net_profit - statement.operating_cash_flow, statement.total_assets


def _margin_index(current: Statement, previous: Statement) -> float:
    margins = gross_margin(previous), gross_margin(current)
    if min(margins) <= NOTHING:
        raise Undefined("distress.no_gross_margin", year=current.year)
    return margins[0] / margins[1]


def _quotient(share: Callable[[Statement], float], above: Statement, below: Statement) -> float:
    base = share(below)
    if base <= NOTHING:
        name = text(f"distress.label.{share.__name__}")
        raise Undefined("distress.no_base", measure=name, year=below.year)
    return share(above) / base


_INDICES: dict[str, Callable[[Statement, Statement], float]] = {
    "DSRI": lambda now, before: _quotient(receivables_to_sales, now, before),
    "GMI": _margin_index,
    "AQI": lambda now, before: _quotient(soft_assets_to_assets, now, before),
    "SGI": lambda now, before: now.revenue / before.revenue,  # DSRI has refused nil revenue
    # The other way up: a rate that fell makes profit, and the index, rise.
    "DEPI": lambda now, before: _quotient(depreciation_rate, before, now),
    "SGAI": lambda now, before: _quotient(overheads_to_sales, now, before),
    "TATA": lambda now, before: accruals_to_assets(now),
    "LVGI": lambda now, before: _quotient(debt_load, now, before),
}
