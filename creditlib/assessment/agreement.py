"""Do raters who give grades agree beyond chance? Cohen's and Fleiss' kappa, pure Python."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean

from creditlib.assessment.matrix import number_rows
from creditlib.errors import InputError, Undefined
from creditlib.i18n import text

# Landis and Koch (1977): a kappa up to this bound (two decimals) is …
BANDS = (
    (0.00, "poor"),
    (0.20, "slight"),
    (0.40, "fair"),
    (0.60, "moderate"),
    (0.80, "substantial"),
    (1.00, "almost_perfect"),
)
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance, beside the raw agreement that it must be read with.

    Where nearly all customers get the same grade, kappa can be low although the raters hardly ever
    differ: `raw_agreement`, the share of identical judgements, shows that. `expected_agreement` is
    what chance alone would give (with the weights, if any). `interval` is the 95 % confidence
    interval; it and `se` are None for Fleiss' kappa.
    """

    kappa: float
    raw_agreement: float
    expected_agreement: float
    se: float | None = None
    interval: tuple[float, float] | None = None

    @property
    def band(self) -> str:
        """The code of the Landis–Koch (1977) band, "poor" to "almost_perfect"."""
        return next(name for bound, name in BANDS if round(self.kappa, 2) <= bound)

    @property
    def in_words(self) -> str:
        """Kappa, its band and the raw agreement in one sentence."""
        return text(
            "expert.kappa_in_words",
            kappa=self.kappa,
            band=text(f"expert.band.{self.band}"),
            raw=self.raw_agreement,
        )


def cohen_kappa(
    first: Sequence,
    second: Sequence | None = None,
    *,
    weights: str = "none",
    categories: Sequence | None = None,
) -> Kappa:
    """Return Cohen's kappa of two raters.

    Either one square table of counts (rows: first rater, columns: second rater, same order), or
    the two raters' lists, one grade per customer; `categories` is then the scale in order (by
    default the grades that occur, sorted). For ordered grades, `weights` "linear" or "quadratic"
    gives part credit to near misses.

    Raises `Undefined` if there is no customer, or if both raters give everyone the same single
    grade: agreement by chance is then already complete.
    Source: Cohen's kappa and weighted kappa, with the standard error that SAS prints.

    >>> round(cohen_kappa([[20, 5], [10, 15]]).kappa, 3)
    0.4
    >>> sales, credit = [3, 4, 5, 3], [3, 4, 4, 2]
    >>> round(cohen_kappa(sales, credit, weights="linear", categories=range(1, 6)).kappa, 3)
    0.5
    """
    table = first if second is None else _cross_table(first, second, categories)
    table = number_rows(table, count=True)
    size = len(table)
    if len(table[0]) != size:
        raise InputError("expert.not_square", rows=size, columns=len(table[0]))
    total = math.fsum(map(math.fsum, table))
    if total == 0:
        raise Undefined("expert.nothing_rated")
    share = [[count / total for count in row] for row in table]
    credit = _credit(size, weights)
    cells = [(i, j) for i in range(size) for j in range(size)]
    of_first = [math.fsum(row) for row in share]
    of_second = [math.fsum(column) for column in zip(*share, strict=True)]
    observed = math.fsum(credit[i][j] * share[i][j] for i, j in cells)
    expected = math.fsum(credit[i][j] * of_first[i] * of_second[j] for i, j in cells)
    if math.isclose(expected, 1):
        raise Undefined("expert.one_category")
    kappa = (observed - expected) / (1 - expected)
    se = _standard_error(share, credit, kappa, expected, total)
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * se
    return Kappa(
        kappa=kappa,
        raw_agreement=math.fsum(share[i][i] for i in range(size)),
        expected_agreement=expected,
        se=se,
        interval=(kappa - reach, kappa + reach),
    )


def fleiss_kappa(counts: Sequence[Sequence[float]]) -> Kappa:
    """Return Fleiss' kappa of many raters.

    `counts[i][j]` is how many raters put customer i into grade j; every customer has the same
    number of raters, two at least. The raters need not be the same people each time.

    Raises `Undefined` if everyone got the same single grade. Source: Fleiss (1971).

    >>> round(fleiss_kappa([[3, 0], [1, 2], [0, 3]]).kappa, 3)
    0.55
    """
    table = number_rows(counts, count=True)
    raters = math.fsum(table[0])
    if raters < 2:
        raise InputError("expert.one_rater", row=1, raters=raters)
    for number, row in enumerate(table, start=1):
        if math.fsum(row) != raters:
            raise InputError(
                "expert.unequal_raters", row=number, raters=math.fsum(row), expected=raters
            )
    observed = fmean(
        math.fsum(count * (count - 1) for count in row) / (raters * (raters - 1)) for row in table
    )
    shares = [fmean(column) / raters for column in zip(*table, strict=True)]
    expected = math.fsum(share**2 for share in shares)
    if math.isclose(expected, 1):
        raise Undefined("expert.one_category")
    return Kappa((observed - expected) / (1 - expected), observed, expected)


def _standard_error(share, credit, kappa: float, expected: float, total: float) -> float:
    """Return the large-sample standard error of a kappa that need not be zero."""
    size = range(len(share))
    of_first = [math.fsum(row) for row in share]
    of_second = [math.fsum(column) for column in zip(*share, strict=True)]
    of_row = [math.fsum(credit[i][j] * of_second[j] for j in size) for i in size]
    of_column = [math.fsum(credit[i][j] * of_first[i] for i in size) for j in size]
    spread = math.fsum(
        share[i][j] * (credit[i][j] - (of_row[i] + of_column[j]) * (1 - kappa)) ** 2
        for i in size
        for j in size
    )
    # Complete agreement leaves a variance of 0, which rounding may turn negative.
    variance = max(spread - (kappa - expected * (1 - kappa)) ** 2, 0.0) / total
    return math.sqrt(variance) / (1 - expected)


def _cross_table(first: Sequence, second: Sequence, categories: Sequence | None) -> list[list]:
    if len(first) != len(second):
        raise InputError("expert.unequal_lists", first=len(first), second=len(second))
    if len(first) == 0:
        raise Undefined("expert.nothing_rated")
    pairs = list(zip(first, second, strict=True))
    known = None if categories is None else list(categories)
    for number, pair in enumerate(pairs, start=1):
        for grade in pair:
            if grade is None or grade != grade:  # NaN is not equal to itself
                raise InputError("expert.missing_grade", row=number)
            if known is not None and grade not in known:
                listed = ", ".join(map(str, known))
                raise InputError("expert.unknown_category", row=number, value=grade, known=listed)
    if known is None:
        known = _in_order({*first, *second})
    return [[pairs.count((row, column)) for column in known] for row in known]


def _in_order(grades: set) -> list:
    try:
        return sorted(grades)
    except TypeError:
        raise InputError("expert.mixed_grades") from None


def _credit(size: int, weights: str) -> list[list[float]]:
    """Return the credit of each pair of grades, from 1 (the same) to 0 (the ends of the scale)."""
    powers = {"linear": 1, "quadratic": 2}
    if weights == "none":
        return [[float(i == j) for j in range(size)] for i in range(size)]
    if weights not in powers:
        raise InputError(
            "expert.unknown_weights", value=weights, known=", ".join(["none", *powers])
        )
    widest = max(size - 1, 1)
    return [
        [1 - (abs(i - j) / widest) ** powers[weights] for j in range(size)] for i in range(size)
    ]
