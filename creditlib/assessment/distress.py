"""The Altman Z family: do a company's accounts look like those of companies that failed?

The Beneish screen for manipulated accounts is in `manipulation`, and both over a whole table in
`distress_tables`; all of them can be imported from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from creditlib.assessment.accounts import Statement, ebit
from creditlib.assessment.manipulation import (
    BeneishScore,
    beneish_indices,
    beneish_m,
    beneish_score,
)
from creditlib.assessment.quotient import Parts, measure
from creditlib.errors import InputError, Undefined
from creditlib.i18n import text

__all__ = [
    "VARIANTS",
    "AltmanScore",
    "BeneishScore",
    "Variant",
    "altman_score",
    "altman_z",
    "beneish_indices",
    "beneish_m",
    "beneish_score",
    "label",
]


def __getattr__(name: str):
    if name in ("distress_table", "manipulation_table"):  # these need pandas; the rest does without
        from creditlib.assessment import distress_tables

        return getattr(distress_tables, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True)
class Variant:
    """One model of the family: its weights, and the scores between which lies the grey zone."""

    weights: Mapping[str, float]
    distress_below: float
    safe_above: float
    constant: float = 0.0


_EMERGING = {"X1": 6.56, "X2": 3.26, "X3": 6.72, "X4": 1.05}

VARIANTS = {
    "public": Variant({"X1": 1.2, "X2": 1.4, "X3": 3.3, "X4": 0.6, "X5": 1.0}, 1.81, 2.99),
    "private": Variant(
        {"X1": 0.717, "X2": 0.847, "X3": 3.107, "X4": 0.420, "X5": 0.998}, 1.23, 2.90
    ),
    "emerging": Variant(_EMERGING, 1.10, 2.60),
    # The same model moved up by its constant, and its cut-offs with it.
    "em_score": Variant(_EMERGING, 4.35, 5.85, constant=3.25),
}


@dataclass(frozen=True)
class AltmanScore:
    """A score, its zone (`distress`, `grey` or `safe`), and how it came about.

    `ratios` holds X1 to X5; `parts` holds what each adds to the score, and sums to it.
    """

    score: float
    zone: str
    variant: str
    parts: Mapping[str, float]
    ratios: Mapping[str, float]


def altman_z(
    statement: Statement, variant: str = "private", market_equity: float | None = None
) -> AltmanScore:
    """Score a year's accounts with one of the Altman Z models.

    `public` is Z for listed manufacturers and needs `market_equity`, the market value of the shares
    in RMB; `private` is Z′ for unlisted ones; `emerging` is Z″ for other trades and emerging
    markets; `em_score` is Z″ plus 3.25. Retained earnings are surplus reserve plus retained profit,
    EBIT is total profit plus interest expense. A negative X1, X2 or X3 is valid. Not for banks,
    insurers, property project companies or start-ups.

    Raises `Undefined` if total assets or total liabilities are not positive, if a figure is not
    given, and for `public` without a market value.

    Source: Altman (1968) and its later revisions.

    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> for variant in ("private", "emerging"):
    ...     found = altman_z(EXAMPLE, variant)
    ...     print(round(found.score, 4), found.zone)
    2.0383 grey
    3.2364 safe
    """
    needed = _variant(variant).weights
    if variant == "public":
        if market_equity is None or isnan(market_equity):
            raise Undefined("distress.no_market_value")
        if market_equity < 0:
            raise InputError("errors.negative", column="market_equity", value=market_equity)
        leverage = market_equity_to_liabilities(statement, market_equity=market_equity)
    else:
        leverage = equity_to_liabilities(statement)
    ratios = {
        "X1": working_capital_to_assets(statement),
        "X2": retained_earnings_to_assets(statement),
        "X3": ebit_to_assets(statement),
        "X4": leverage,
    }
    if "X5" in needed:
        ratios["X5"] = sales_to_assets(statement)
    return _scored(ratios, variant)


def altman_score(
    x1: float, x2: float, x3: float, x4: float, x5: float | None = None, variant: str = "private"
) -> AltmanScore:
    """Score five ratios with one of the Altman Z models; `altman_z` says what they are.

    All are decimals: working capital of 6 % of assets is 0.06. The paper of 1968 has X1 to X4 in
    percent and weights to match (0.012, 0.014 …), and mixing the two scales is the commonest
    mistake with this model. `InputError` is raised where the ratios cannot be decimals: X1 above 1,
    because working capital is never more than total assets; and, where X4 is on book equity, X1
    below −1/(1+X4), because current liabilities are never more than total liabilities. Other
    percentages cannot be told from an extreme company, so a small one may still slip through.

    >>> round(altman_score(0.18, 0.22, 0.095, 1.2, 1.15, variant="public").score, 4)
    2.7075
    """
    weights = _variant(variant).weights
    ratios = {"X1": x1, "X2": x2, "X3": x3, "X4": x4, "X5": x5}
    used = {name: value for name, value in ratios.items() if name in weights}
    for name, value in used.items():
        if value is None or isnan(value):
            raise Undefined("distress.no_ratio", name=name, variant=variant)
    _refuse_percent(x1, x4, on_book_equity=variant != "public")
    return _scored(used, variant)


def label(name: str) -> str:
    """Return what a zone, a variant, a ratio or an index is called in the language in use.

    >>> from creditlib import language, use_language
    >>> before = language(); use_language("en")
    >>> label("grey"), label("X3")
    ('grey zone', 'EBIT to total assets')
    >>> use_language(before)
    """
    return text(f"distress.label.{name}")


@measure("distress.no_assets")
def working_capital_to_assets(statement: Statement) -> Parts:
    """X1: current assets less current liabilities, over total assets."""
    return statement.current_assets - statement.current_liabilities, statement.total_assets


@measure("distress.no_assets")
def retained_earnings_to_assets(statement: Statement) -> Parts:
    """X2: surplus reserve plus retained profit, over total assets."""
    return statement.surplus_reserve + statement.retained_profit, statement.total_assets


@measure("distress.no_assets")
def ebit_to_assets(statement: Statement) -> Parts:
    """X3: earnings before interest and tax over total assets."""
    return ebit(statement), statement.total_assets


@measure("distress.no_liabilities")
def equity_to_liabilities(statement: Statement) -> Parts:
    """X4 for unlisted companies: book equity over total liabilities."""
    return statement.total_equity, statement.total_liabilities


@measure("distress.no_liabilities")
def market_equity_to_liabilities(statement: Statement, *, market_equity: float) -> Parts:
    """X4 for listed companies: market value of the shares over total liabilities."""
    return market_equity, statement.total_liabilities


@measure("distress.no_assets")
def sales_to_assets(statement: Statement) -> Parts:
    """X5: revenue over total assets."""
    return statement.revenue, statement.total_assets


def _variant(name: str) -> Variant:
    if name not in VARIANTS:
        raise InputError("distress.unknown_variant", value=name, known=", ".join(VARIANTS))
    return VARIANTS[name]


def _scored(ratios: Mapping[str, float], name: str) -> AltmanScore:
    variant = VARIANTS[name]
    parts = {ratio: weight * ratios[ratio] for ratio, weight in variant.weights.items()}
    if variant.constant:
        parts["constant"] = variant.constant
    score = sum(parts.values())
    return AltmanScore(score, _zone(score, variant), name, parts, ratios)


def _zone(score: float, variant: Variant) -> str:
    published = round(score, 9)  # a score on the cut-off is grey, whatever the last binary digit
    if published < variant.distress_below:
        return "distress"
    return "safe" if published > variant.safe_above else "grey"


def _refuse_percent(x1: float, x4: float, on_book_equity: bool) -> None:
    above = x1 > 1.01
    rounding = 0.01 * (2 + abs(x1) + abs(x4))  # ratios copied from a report have two decimals
    below = on_book_equity and x1 * (1 + x4) < -1 - rounding
    if above or below:
        raise InputError("distress.percent", x1=x1, decimal=x1 / 100)
