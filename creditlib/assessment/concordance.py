"""Do raters who give scores agree? Intraclass correlation and Kendall's W, pure Python."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from creditlib.assessment.matrix import number_rows
from creditlib.errors import Undefined

FLOAT_NOISE = 1e-12


def icc(ratings: Sequence[Sequence[float]]) -> dict[str, float | None]:
    """Return the six intraclass correlations of Shrout and Fleiss.

    `ratings[i][j]` is rater j's score of customer i. "ICC(1,·)": other raters for each customer;
    "ICC(2,·)": the raters are a sample of many; "ICC(3,·)": these raters are all there are.
    "(·,1)" is the reliability of one rater, "(·,k)" of the mean of all k.

    A form whose denominator is not positive (the customers' means hardly differ) is None. Raises
    `Undefined` with fewer than two customers or raters, or if all scores are equal.

    >>> round(icc([[9, 8], [6, 5], [8, 8], [4, 5]])["ICC(2,1)"], 3)
    0.903
    """
    table = number_rows(ratings)
    items, raters = len(table), len(table[0])
    if items < 2 or raters < 2:
        raise Undefined("expert.too_few_rated", items=items, raters=raters)
    if len({score for row in table for score in row}) == 1:
        raise Undefined("expert.all_equal")
    grand = fmean(map(fmean, table))
    row_means = [fmean(row) for row in table]
    column_means = [fmean(column) for column in zip(*table, strict=True)]
    of_items = raters * math.fsum((mean - grand) ** 2 for mean in row_means)
    of_raters = items * math.fsum((mean - grand) ** 2 for mean in column_means)
    within = math.fsum(
        (score - mean) ** 2 for row, mean in zip(table, row_means, strict=True) for score in row
    )
    between = of_items / (items - 1)
    inside = within / (items * (raters - 1))
    judges = of_raters / (raters - 1)
    error = (within - of_raters) / ((items - 1) * (raters - 1))
    bias = (judges - error) / items
    least = FLOAT_NOISE * (between + inside)
    return {
        "ICC(1,1)": _ratio(between - inside, between + (raters - 1) * inside, least),
        "ICC(2,1)": _ratio(between - error, between + (raters - 1) * error + raters * bias, least),
        "ICC(3,1)": _ratio(between - error, between + (raters - 1) * error, least),
        "ICC(1,k)": _ratio(between - inside, between, least),
        "ICC(2,k)": _ratio(between - error, between + bias, least),
        "ICC(3,k)": _ratio(between - error, between, least),
    }


@dataclass(frozen=True)
class Concordance:
    """Kendall's W with ties corrected (`w`) and not (`w_uncorrected`), and its test."""

    w: float
    w_uncorrected: float
    chi_square: float
    degrees_of_freedom: int
    p_value: float


def kendall_w(scores: Sequence[Sequence[float]]) -> Concordance:
    """Return Kendall's coefficient of concordance: do the raters put customers in one order?

    `scores[i][j]` is what rater i gives customer j: one row a rater, scores or ranks. W is 0
    without any common order and 1 for the same order; equal scores share their mean rank and the
    correction for ties applies. χ² = m(n − 1)W with n − 1 degrees of freedom; with few customers
    its p-value is only approximate.

    Raises `Undefined` with fewer than two raters or three customers, or if a rater gives all
    customers the same score. Source: Kendall's W with the correction for ties.

    >>> round(kendall_w([[1, 2, 3, 4], [1, 2, 4, 3], [2, 1, 3, 4]]).w, 3)
    0.822
    """
    table = number_rows(scores)
    raters, items = len(table), len(table[0])
    if raters < 2 or items < 3:
        raise Undefined("expert.too_few_ranked", items=items, raters=raters)
    for number, row in enumerate(table, start=1):
        if len(set(row)) == 1:
            raise Undefined("expert.undecided_rater", rater=number)
    ranks = [_mean_ranks(row) for row in table]
    totals = [math.fsum(column) for column in zip(*ranks, strict=True)]
    spread = math.fsum((total - fmean(totals)) ** 2 for total in totals)
    most = raters**2 * (items**3 - items)
    ties = sum(row.count(score) ** 3 - row.count(score) for row in table for score in set(row))
    w = 12 * spread / (most - raters * ties)
    chi_square = raters * (items - 1) * w
    return Concordance(
        w, 12 * spread / most, chi_square, items - 1, chi_square_tail(chi_square, items - 1)
    )


def chi_square_tail(value: float, degrees_of_freedom: int) -> float:
    """Return the probability that chi-square exceeds `value`.

    The regularised upper incomplete gamma function Q(df/2, value/2), climbing from Q(1/2, x) or
    Q(1, x) by Q(a + 1, x) = Q(a, x) + xᵃe⁻ˣ/Γ(a + 1).

    >>> round(chi_square_tail(3.841459, 1), 4), round(chi_square_tail(5.991465, 2), 4)
    (0.05, 0.05)
    """
    x = value / 2
    if x == 0:
        return 1.0
    step, tail = (1.0, math.exp(-x)) if degrees_of_freedom % 2 == 0 else (0.5, math.erfc(x**0.5))
    while step < degrees_of_freedom / 2:
        tail += math.exp(step * math.log(x) - x - math.lgamma(step + 1))
        step += 1
    return tail


def _mean_ranks(row: Sequence[float]) -> list[float]:
    return [sum(other < score for other in row) + (row.count(score) + 1) / 2 for score in row]


def _ratio(numerator: float, denominator: float, least: float) -> float | None:
    return numerator / denominator if denominator > least else None
