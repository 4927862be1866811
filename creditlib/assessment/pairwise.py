"""Weights from pairwise comparison: the analytic hierarchy process, pure Python."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from creditlib.assessment.matrix import is_number, number_rows
from creditlib.errors import InputError

# Mean consistency index of random judgements, by size 1, 2, 3 …; Alonso and Lamata from size 3.
RANDOM_INDEX = {
    "saaty": (
        *(0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41),
        *(1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    ),
    "alonso_lamata": (0, 0, 0.5247, 0.8816, 1.1086, 1.2479, 1.3417, 1.4057, 1.4499, 1.4854),
}
ACCEPTABLE_RATIO = 0.10
STRONGEST = 9  # the scale runs from 1 (equal) to 9 (extreme) and to their reciprocals
TYPED_FRACTION = 0.005  # 0.333 for 1/3 is accepted, 0.3 is not
CONVERGED = 1e-14
MOST_STEPS = 10_000


@dataclass(frozen=True)
class Doubt:
    """The judgement to look at again: at `row`, `column` (from 1), `given` against `implied`."""

    row: int
    column: int
    given: float
    implied: float


@dataclass(frozen=True)
class Priorities:
    """Weights of the criteria, and how far the judgements behind them contradict each other.

    `revisit` is the judgement furthest from the ratio of the weights; None if all of them fit.
    """

    weights: tuple[float, ...]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    acceptable: bool
    revisit: Doubt | None


def ahp(matrix: Sequence[Sequence[float]], random_index: str = "saaty") -> Priorities:
    """Return the weights that a matrix of pairwise judgements implies.

    `matrix[i][j]` says how many times as important criterion i is as criterion j, from 1/9 to 9;
    the lower triangle holds the reciprocals. The weights are the principal eigenvector, adding up
    to 1; CI = (λmax − n)/(n − 1); CR = CI divided by the mean CI of random judgements
    (`random_index`: "saaty" up to 15 criteria, "alonso_lamata" up to 10). Up to two criteria cannot
    contradict each other: CR is 0. Judgements are accepted up to CR 0.10; above that, look at
    `revisit` again instead of computing on.

    Source: Saaty (1980; 2008).

    >>> result = ahp([[1, 3, 5], [1/3, 1, 2], [1/5, 1/2, 1]])
    >>> [round(weight, 3) for weight in result.weights], result.acceptable
    ([0.648, 0.23, 0.122], True)
    """
    table = _checked_judgements(matrix)
    size = len(table)
    index = _random_index(size, random_index)
    weights, lambda_max = _principal_eigenvector(table)
    # λmax is never below n; what is left below is rounding of the last digit.
    consistency_index = max(lambda_max - size, 0.0) / (size - 1) if size > 2 else 0.0
    ratio = consistency_index / index if size > 2 else 0.0
    return Priorities(
        weights=tuple(weights),
        lambda_max=lambda_max,
        consistency_index=consistency_index,
        consistency_ratio=ratio,
        acceptable=ratio <= ACCEPTABLE_RATIO,
        revisit=_largest_doubt(table, weights),
    )


def pairwise_matrix(upper: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the full reciprocal matrix of the judgements above its diagonal.

    `upper` holds one row per criterion but the last: row 1 compares the first criterion with each
    later one, and so on; each row is one shorter than the row before.

    >>> pairwise_matrix([[2, 4], [2]])
    [[1.0, 2.0, 4.0], [0.5, 1.0, 2.0], [0.25, 0.5, 1.0]]
    """
    size = len(upper) + 1
    matrix = [[1.0] * size for _ in range(size)]
    for i, judgements in enumerate(upper):
        if len(judgements) != size - 1 - i:
            raise InputError(
                "expert.upper_length", row=i + 1, length=len(judgements), expected=size - 1 - i
            )
        for j, value in enumerate(judgements, start=i + 1):
            _check_scale(value, i, j)
            matrix[i][j], matrix[j][i] = float(value), 1 / value
    return matrix


def group_judgements(matrices: Sequence[Sequence[Sequence[float]]]) -> list[list[float]]:
    """Return the judgement of a group: the geometric mean of its members' matrices, cell by cell.

    Unlike the arithmetic mean it keeps the matrix reciprocal.

    >>> group_judgements([[[1, 8], [1/8, 1]], [[1, 2], [1/2, 1]]])
    [[1.0, 4.0], [0.25, 1.0]]
    """
    tables = [_checked_judgements(matrix) for matrix in matrices]
    if not tables:
        raise InputError("expert.no_raters")
    for number, table in enumerate(tables, start=1):
        if len(table) != len(tables[0]):
            raise InputError(
                "expert.group_size", number=number, size=len(table), expected=len(tables[0])
            )
    size = len(tables[0])
    return [
        [math.prod(table[i][j] for table in tables) ** (1 / len(tables)) for j in range(size)]
        for i in range(size)
    ]


def _checked_judgements(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the matrix with an exact lower triangle, so that 0.333 for 1/3 biases nothing."""
    table = number_rows(matrix)
    size = len(table)
    if len(table[0]) != size:
        raise InputError("expert.not_square", rows=size, columns=len(table[0]))
    for i in range(size):
        for j in range(size):
            _check_scale(table[i][j], i, j)
    for i in range(size):
        if abs(table[i][i] - 1) > TYPED_FRACTION:
            raise InputError("expert.diagonal", row=i + 1, column=i + 1, value=table[i][i])
        for j in range(i):
            if abs(table[i][j] * table[j][i] - 1) > TYPED_FRACTION:
                raise InputError(
                    "expert.not_reciprocal",
                    row=i + 1,
                    column=j + 1,
                    value=table[i][j],
                    upper=table[j][i],
                    expected=1 / table[j][i],
                )
    return pairwise_matrix([table[i][i + 1 :] for i in range(size - 1)])


def _check_scale(value: float, i: int, j: int) -> None:
    if not is_number(value):
        raise InputError("errors.not_a_number", row=i + 1, column=j + 1, value=value)
    if not (1 - TYPED_FRACTION) / STRONGEST <= value <= STRONGEST * (1 + TYPED_FRACTION):
        raise InputError("expert.off_ratio_scale", row=i + 1, column=j + 1, value=value)


def _random_index(size: int, table: str) -> float:
    if table not in RANDOM_INDEX:
        raise InputError("expert.unknown_index", value=table, known=", ".join(RANDOM_INDEX))
    values = RANDOM_INDEX[table]
    if size > len(values):
        raise InputError("expert.too_many_criteria", size=size, most=len(values))
    return values[size - 1]


def _principal_eigenvector(table: list[list[float]]) -> tuple[list[float], float]:
    """Return the positive eigenvector, adding up to 1, and its eigenvalue, by power iteration."""
    size = len(table)
    weights = [1 / size] * size
    eigenvalue = 0.0
    for _ in range(MOST_STEPS):
        product = [math.fsum(a * w for a, w in zip(row, weights, strict=True)) for row in table]
        eigenvalue = math.fsum(product)
        following = [value / eigenvalue for value in product]
        change = max(abs(new - old) for new, old in zip(following, weights, strict=True))
        weights = following
        if change < CONVERGED:
            break
    return weights, eigenvalue


def _largest_doubt(table: list[list[float]], weights: list[float]) -> Doubt | None:
    doubts = [
        Doubt(i + 1, j + 1, table[i][j], weights[i] / weights[j])
        for i in range(len(table))
        for j in range(i + 1, len(table))
    ]
    if not doubts:
        return None
    worst = max(doubts, key=_distance)
    return worst if _distance(worst) > 1e-9 else None


def _distance(doubt: Doubt) -> float:
    return abs(math.log(doubt.given / doubt.implied))
