"""What a customer's accounts say: ratios, the DuPont identity, common size and trends.

The accounts themselves are in `accounts`, their reading and checking in `soundness`, each ratio in
`measures`, whole tables in `statement_tables`; all of them can be imported from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isnan, nan

from creditlib.assessment import measures
from creditlib.assessment.accounts import (
    BALANCE_SHEET,
    DEFAULTS,
    EXAMPLE,
    Statement,
    consecutive,
    ebit,
    label,
    trade_receivables,
)
from creditlib.assessment.measures import (
    asset_turnover,
    cash_conversion_cycle,
    cash_ratio,
    current_ratio,
    debt_to_assets,
    debt_to_equity,
    equity_multiplier,
    gross_margin,
    interest_cover,
    inventory_days,
    net_margin,
    operating_cash_flow_ratio,
    payable_days,
    quick_ratio,
    receivable_days,
    return_on_assets,
    return_on_equity,
)
from creditlib.assessment.quotient import options
from creditlib.assessment.soundness import check, statement_from
from creditlib.errors import Undefined

__all__ = [
    "EXAMPLE",
    "DuPont",
    "Ratios",
    "Statement",
    "Trend",
    "asset_turnover",
    "cash_conversion_cycle",
    "cash_ratio",
    "check",
    "common_size",
    "current_ratio",
    "debt_to_assets",
    "debt_to_equity",
    "dupont",
    "ebit",
    "equity_multiplier",
    "gross_margin",
    "interest_cover",
    "inventory_days",
    "label",
    "net_margin",
    "operating_cash_flow_ratio",
    "payable_days",
    "quick_ratio",
    "ratios",
    "receivable_days",
    "return_on_assets",
    "return_on_equity",
    "statement_from",
    "trade_receivables",
    "trends",
]


def __getattr__(name: str):
    if name in ("ratio_table", "check_table"):  # these need pandas; the rest does without
        from creditlib.assessment import statement_tables

        return getattr(statement_tables, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, eq=False)
class Ratios(Mapping[str, float]):
    """A mapping name → value in which a ratio without a value is NaN.

    `.reasons` says why, name → short code; `.flags` holds what an analyst must know before using
    the values: `negative_equity` is a danger sign, `year_end` says that turnover and returns are on
    year-end balances because the year before was not given. `label(code)` puts a code into words.
    """

    figures: dict[str, float]
    reasons: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> float:
        return self.figures[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)


def ratios(
    statement: Statement, previous: Statement | None = None, vat_rate: float = 0.0
) -> Ratios:
    """Return every ratio of `measures`: liquidity, leverage, earning power, days, cash cycle.

    With `previous`, the year before, turnover and returns are on average balances. `vat_rate`, a
    decimal, takes VAT out of receivable and payable days. A ratio that is not defined is NaN and
    its reason is in `.reasons`; the function of that name raises `Undefined` instead.

    >>> found = ratios(EXAMPLE)
    >>> found["current_ratio"], round(found["cash_conversion_cycle"], 1), found.flags
    (1.6, 85.8, ('year_end',))
    """
    if previous is not None:
        consecutive(previous, statement)
    figures, reasons = {}, {}
    for measure in (*measures.QUOTIENTS, cash_conversion_cycle):
        name = measure.__name__
        try:
            figures[name] = measure(statement, **options(measure, previous, vat_rate))
        except Undefined as undefined:
            figures[name] = nan
            reasons[name] = undefined.reason
    owing = ("negative_equity",) if "negative_equity" in reasons.values() else ()
    return Ratios(figures, reasons, owing if previous else (*owing, "year_end"))


@dataclass(frozen=True)
class DuPont:
    """Return on equity as earning power × use of assets × leverage."""

    net_margin: float
    asset_turnover: float
    equity_multiplier: float

    @property
    def return_on_equity(self) -> float:
        """The product of the three."""
        return self.net_margin * self.asset_turnover * self.equity_multiplier


def dupont(statement: Statement, previous: Statement | None = None) -> DuPont:
    """Return the DuPont identity: where a return on equity comes from.

    Average balances with `previous`, year-end ones without. Raises `Undefined` where one of the
    three factors has no value: no revenue, no assets, or equity that is not positive.

    >>> parts = dupont(EXAMPLE)
    >>> round(parts.net_margin, 4), parts.asset_turnover, parts.equity_multiplier
    (0.0522, 1.15, 2.5)
    >>> round(parts.return_on_equity, 4)
    0.15
    """
    return DuPont(
        net_margin(statement),
        asset_turnover(statement, previous),
        equity_multiplier(statement, previous),
    )


def common_size(statement: Statement) -> Ratios:
    """Return every line as a share: of total assets on the balance sheet, of revenue elsewhere.

    Makes companies of different size comparable. Where total assets or revenue are not positive,
    or a line is not given, its share is NaN and `.reasons` says why.

    >>> shares = common_size(EXAMPLE)
    >>> shares["inventory"], round(shares["cost_of_sales"], 4)
    (0.17, 0.7478)
    """
    figures, reasons = {}, {}
    for name in DEFAULTS:
        of_assets = name in BALANCE_SHEET
        value = getattr(statement, name)
        base = statement.total_assets if of_assets else statement.revenue
        figures[name] = value / base if base > 0 else nan
        if isnan(value) or isnan(base):
            reasons[name] = "not_given"
        elif base <= 0:
            reasons[name] = "no_assets" if of_assets else "no_revenue"
    return Ratios(figures, reasons)


@dataclass(frozen=True)
class Trend:
    """One line in one year: its value, its index (first year = 100), its growth as a decimal.

    An index or a growth without a positive base is NaN, and `reason` says why.
    """

    name: str
    year: int
    value: float
    index: float
    growth: float
    reason: str = ""


def trends(statements: Sequence[Statement]) -> list[Trend]:
    """Return how every line moved over consecutive years, line by line and year by year.

    Growth from a loss or from nothing has no value: the first year's growth is `first_year`, the
    others `no_base`. Raises `InputError` where a year is missing or there twice.
    `pandas.DataFrame(trends(...))` makes a table of it.

    >>> from dataclasses import replace
    >>> later = replace(EXAMPLE, year=2025, revenue=1380.0)
    >>> moved = [trend for trend in trends([EXAMPLE, later]) if trend.name == "revenue"]
    >>> moved[1].index, round(moved[1].growth, 2)
    (120.0, 0.2)
    """
    by_year = sorted(statements, key=lambda statement: statement.year)
    for before, now in pairwise(by_year):
        consecutive(before, now)
    return [
        _trend(name, statement.year, [getattr(each, name) for each in by_year[: position + 1]])
        for name in DEFAULTS
        for position, statement in enumerate(by_year)
    ]


def _trend(name: str, year: int, values: list[float]) -> Trend:
    first, now = values[0], values[-1]
    before = values[-2] if len(values) > 1 else nan
    index = 100 * now / first if first > 0 else nan
    growth = now / before - 1 if before > 0 else nan
    reason = ""
    if any(isnan(value) for value in values):
        reason = "not_given"
    elif len(values) == 1:
        reason = "first_year"
    elif isnan(index) or isnan(growth):
        reason = "no_base"
    return Trend(name, year, now, index, growth, reason)
