"""Published rating migrations: a reference for how often each grade defaults, not our own scale."""

import math
from collections.abc import Sequence

from creditlib.assessment.matrix import number_rows
from creditlib.errors import InputError, Undefined

# Average one-year transition rates of S&P's issuers, 1981-2016, in percent; columns: the seven
# grades in this order, default (D), rating withdrawn (NR).
# From open-risk/transitionMatrix, datasets/sp_1981-2016.csv (Apache-2.0).
SP_1981_2016 = {
    "AAA": (87.05, 9.03, 0.53, 0.05, 0.08, 0.03, 0.05, 0.00, 3.17),
    "AA": (0.52, 86.82, 8.00, 0.51, 0.05, 0.07, 0.02, 0.02, 3.99),
    "A": (0.03, 1.77, 87.79, 5.33, 0.32, 0.13, 0.02, 0.06, 4.55),
    "BBB": (0.01, 0.10, 3.51, 85.56, 3.79, 0.51, 0.12, 0.18, 6.23),
    "BB": (0.01, 0.03, 0.12, 4.97, 76.98, 6.92, 0.61, 0.72, 9.63),
    "B": (0.00, 0.03, 0.09, 0.19, 5.15, 74.26, 4.46, 3.76, 12.06),
    "CCC/C": (0.00, 0.00, 0.13, 0.19, 0.63, 12.91, 43.97, 26.78, 15.39),
}


def nr_adjusted_pd(row: Sequence[float]) -> float:
    """Return the one-year default rate among those whose rating was not withdrawn.

    `row` is one grade's transitions, percent or shares, ending with default and withdrawn (NR): the
    answer is default ÷ all but NR. Raises `Undefined` if every rating was withdrawn.

    >>> round(nr_adjusted_pd(SP_1981_2016["BB"]), 4)
    0.008
    """
    return _without_withdrawn(number_rows([row], count=True)[0])[-1]


def cumulative_default(matrix: Sequence[Sequence[float]], years: int) -> list[float]:
    """Return, per starting grade, the probability of default within `years` years.

    `matrix` has one row per grade, each ending with default and withdrawn, as in `SP_1981_2016`.
    Withdrawn ratings are left out and every year is taken to move like the average one, whatever
    came before (the Markov assumption): a reference, not a forecast.

    >>> [round(pd, 4) for pd in cumulative_default(list(SP_1981_2016.values()), 5)][:5]
    [0.0015, 0.0024, 0.0055, 0.0176, 0.0748]
    """
    rows = number_rows(matrix, count=True)
    if len(rows[0]) != len(rows) + 2:
        raise InputError(
            "rating.migration_shape", grades=len(rows), columns=len(rows[0]), expected=len(rows) + 2
        )
    if isinstance(years, bool) or not isinstance(years, int) or years < 0:
        raise InputError("rating.years", value=years)
    yearly = [_without_withdrawn(row) for row in rows]
    defaulted = [0.0] * len(rows)
    for _ in range(years):
        defaulted = [
            row[-1] + math.fsum(p * d for p, d in zip(row[:-1], defaulted, strict=True))
            for row in yearly
        ]
    return defaulted


def _without_withdrawn(row: Sequence[float]) -> list[float]:
    kept = math.fsum(row[:-1])
    if kept == 0:
        raise Undefined("rating.all_withdrawn")
    return [share / kept for share in row[:-1]]
