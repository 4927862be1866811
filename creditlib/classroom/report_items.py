"""What the marks of a class say of each question: how hard it is, and whom it tells apart.

Every measure is standard library, comes with the number of trainees that it rests on, and says
why where it is not defined.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, StatisticsError, correlation, mean

from creditlib.classroom.marks import Marks
from creditlib.errors import Undefined

FEWEST = 10  # trainees from whom on it is said whom a question tells apart
SMALL = 30  # fewer trainees than this: intervals are to be read, not figures
Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Interval:
    """A share between 0 and 1 of `n` trainees, with the ends of its 95 % interval."""

    share: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Discrimination:
    """How far a question tells strong from weak trainees.

    `point_biserial`: correlation of its points with the points in the other questions, `low` and
    `high` its 95 % interval; `thirds`: share of points of the strongest third less that of the
    weakest. None where undefined; `reason` is then `few`, `same_marks`, `same_rest` or `alone`.
    """

    n: int
    point_biserial: float | None = None
    low: float | None = None
    high: float | None = None
    thirds: float | None = None
    reason: str = ""


def wilson(share: float, n: int) -> Interval:
    """Return the 95 % interval of a share of `n` trainees (Wilson 1927).

    Where points are given in parts, `share` is the mean share of points: it varies no more than
    yes and no would, so the interval is then rather too wide than too narrow.
    Raises `Undefined` where nobody has a mark.

    >>> found = wilson(81 / 263, 263)  # Newcombe 1998, table I: 0.2553 to 0.3662
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    """
    if n < 1:
        raise Undefined("report.undefined.nobody")
    centre = share + Z * Z / (2 * n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    low, high = ((centre - half) / (1 + Z * Z / n), (centre + half) / (1 + Z * Z / n))
    # In exact arithmetic the ends are within 0 and 1 and around the share.
    return Interval(share, max(0.0, min(low, share)), min(1.0, max(high, share)), n)


def point_biserial(item: Sequence[float], rest: Sequence[float]) -> float:
    """Return the correlation of a question's marks with the marks in the rest, per trainee.

    "Corrected": the question itself is not in the rest (Henrysson 1963), else it would agree with
    itself. Raises `Undefined` with fewer than ten trainees, or where either does not vary.

    >>> point_biserial([0] * 5 + [1] * 5, [0.0, 0.5, 0.0, 0.5, 0.0, 1.0, 0.5, 1.0, 0.5, 1.0])
    0.774596669241
    """
    if len(item) < FEWEST:
        raise Undefined("report.undefined.few", fewest=FEWEST, n=len(item))
    for values, key in ((item, "same_marks"), (rest, "same_rest")):
        if max(values) - min(values) < 1e-9:
            raise Undefined(f"report.undefined.{key}", fewest=FEWEST, n=len(item))
    try:
        found = correlation(item, rest)
    except StatisticsError:
        raise Undefined("report.undefined.same_marks", fewest=FEWEST, n=len(item)) from None
    return round(max(-1.0, min(1.0, found)), 12)


def thirds(item: Sequence[float], rest: Sequence[float]) -> float:
    """Return the share of points of the strongest third less that of the weakest (Kelley 1939).

    Strong and weak by the rest of the questions. Where several stand level at the border of a
    third, each of them counts in part, so that the order of the class decides nothing.
    Raises `Undefined` as `point_biserial`.

    >>> thirds([0] * 5 + [1] * 5, [0.0, 0.5, 0.0, 0.5, 0.0, 1.0, 0.5, 1.0, 0.5, 1.0])
    1.0
    """
    point_biserial(item, rest)
    size = len(item) // 3
    lowest = _group(item, rest, size)
    highest = _group(item, [-one for one in rest], size)
    return round(highest - lowest, 12)


def _group(item: Sequence[float], rest: Sequence[float], size: int) -> float:
    border = sorted(rest)[size - 1]
    below = [mark for mark, one in zip(item, rest, strict=True) if one < border]
    level = [mark for mark, one in zip(item, rest, strict=True) if one == border]
    return (sum(below) + (size - len(below)) * mean(level)) / size


def discrimination(marks: Marks, question: str) -> Discrimination:
    """Return how far a question tells apart those who have a mark in it and in others."""
    item, rest = [], []
    for trainee in marks.marked:
        own = marks.trainees[trainee]
        others = [
            (own[name], most)
            for name, most in marks.questions.items()
            if name != question and most and own[name] is not None
        ]
        if own[question] is not None and others:
            item.append(own[question] / marks.questions[question])
            # Rounded, so that equal marks are level however they were added up.
            share = sum(one for one, _ in others) / sum(most for _, most in others)
            rest.append(round(share, 9))
    n = len(item)
    if not n:
        return Discrimination(0, reason="alone")
    try:
        found = point_biserial(item, rest)
    except Undefined as undefined:
        return Discrimination(n, reason=undefined.reason)
    low, high = _fisher(found, n)
    return Discrimination(n, found, low, high, thirds(item, rest))


def _fisher(found: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a correlation (Fisher 1921)."""
    if abs(found) == 1:
        return found, found
    middle, half = math.atanh(found), Z / math.sqrt(n - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def difficulty(marks: Marks) -> dict[str, Interval]:
    """Return the share of points reached in each question, once half of the class is marked in it.

    Before, those with a mark are first of all those who left it blank.
    """
    counts = {
        question: sum(marks.trainees[trainee][question] is not None for trainee in marks.marked)
        for question in marks.questions
    }
    return {
        question: wilson(min(max(share, 0.0), 1.0), counts[question])
        for question, share in marks.success().items()
        if 2 * counts[question] >= len(marks.marked)
    }


def reading(share: Interval, told: Discrimination) -> str:
    """Return the key of what share and discrimination say together, in plain words.

    `check`: the strong do worse in it than the weak; `hard`, `easy`: at most 30 %, at least 90 %
    of the points; `splits` from a correlation of 0.3 on, `little` below 0.2 (after Ebel and
    Frisbie 1991); `some` between; `open` where it is not known whom the question tells apart.

    >>> reading(wilson(0.95, 40), Discrimination(40, 0.1, -0.2, 0.4, 0.05))
    'easy'
    """
    told_apart = told.point_biserial
    if told_apart is not None and told_apart < 0 and told.thirds <= 0 and share.share < 0.9:
        return "check"
    if share.share >= 0.9:
        return "easy"
    if told_apart is None:
        return "hard" if share.share <= 0.3 else "open"
    if share.share <= 0.3:
        return "hard" if told_apart >= 0.2 else "hard_for_all"
    if told_apart >= 0.3:
        return "splits"
    return "some" if told_apart >= 0.2 else "little"
