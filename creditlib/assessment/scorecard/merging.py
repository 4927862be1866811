"""Which neighbouring values to merge, so that few bins keep the most information value."""

from itertools import pairwise

import numpy as np
import pandas as pd

# A number column is first cut into this many groups of about equal size, then these are merged.
FINE_GROUPS = 50
# Splitting a bin in two by chance alone gives IV · G·B/(G+B) of about χ² with one degree of
# freedom; a further bin must give more than its 95 % point.
CHANCE = 3.84
# A monotone grouping is easier to explain and holds better in later years: it is preferred while
# it keeps this share of the worth of the best grouping of any shape, chance for the turns apart.
KEPT_BY_MONOTONE = 0.90
TURNS = 3


def best_cuts(
    numbers: np.ndarray, bad: np.ndarray, monotone: str | None, limits: dict
) -> tuple[float, ...]:
    """Return the cuts between the best bins of a number column."""
    present = ~np.isnan(numbers)
    ordered = np.sort(numbers[present])
    if not len(ordered):
        return ()
    ranks = np.linspace(0, len(ordered), FINE_GROUPS + 1)[1:-1].astype(int)
    ends = np.unique(ordered[np.maximum(ranks, 1) - 1])
    ends = ends[ends < ordered[-1]]
    up_to = np.append(np.searchsorted(ordered, ends, side="right"), len(ordered))
    ordered_bad = np.sort(numbers[present & bad])
    bads_up_to = np.append(np.searchsorted(ordered_bad, ends, side="right"), len(ordered_bad))
    bads = np.diff(bads_up_to, prepend=0)
    goods = np.diff(up_to, prepend=0) - bads
    merged = merge(goods, bads, monotone=monotone, **limits)
    return tuple(_roundest(ends[end - 1], ordered[up_to[end - 1]]) for end in merged[:-1])


def _roundest(low: float, high: float) -> float:
    """Return the number with the fewest digits in [low, high): as a cut it moves no customer."""
    for digits in range(1, 17):
        for number in (low, low + (high - low) / 2):
            rounded = float(f"{number:.{digits}g}")
            if low <= rounded < high:
                return rounded
    return float(low)


def merged_categories(
    categorical: pd.Categorical, bad: np.ndarray, limits: dict
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of common categories; the rare ones are left for "other"."""
    present = categorical.codes >= 0
    bins = len(categorical.categories)
    count = np.bincount(categorical.codes[present], minlength=bins)
    bads = np.bincount(categorical.codes[present & bad], minlength=bins)
    common = np.flatnonzero((count > 0) & (count >= limits["min_count"]))
    order = sorted(common, key=lambda at: (bads[at] / count[at], categorical.categories[at]))
    if not order:
        return ()
    ends = merge((count - bads)[order], bads[order], monotone=None, **limits)
    names = [categorical.categories[at] for at in order]
    return tuple(tuple(sorted(names[start:end])) for start, end in pairwise([0, *ends]))


def merge(
    goods: np.ndarray,
    bads: np.ndarray,
    *,
    totals: tuple[int, int],
    min_count: float,
    min_bads: int,
    max_bins: int,
    monotone: str | None,
) -> list[int]:
    """Merge ordered groups into bins; return where each bin ends.

    `goods` and `bads` count each group, `totals` the whole portfolio. With too few customers for
    two bins, all groups become one.

    >>> goods, bads = np.array([40, 45, 80, 90]), np.array([10, 10, 5, 5])
    >>> limits = {"totals": (255, 30), "min_count": 15, "min_bads": 5, "max_bins": 8}
    >>> merge(goods, bads, monotone="decreasing", **limits)
    [2, 4]
    """
    signs = {"increasing": (1,), "decreasing": (-1,), None: (0,)}.get(monotone, (1, -1, 0))
    found = [_best(goods, bads, sign, totals, min_count, min_bads, max_bins) for sign in signs]
    one_way, *free = [max(found[:2]), *found[2:]]
    if free and one_way[0] + TURNS * _chance(totals) < KEPT_BY_MONOTONE * free[0][0]:
        return free[0][1]
    return one_way[1]


def _best(goods, bads, sign, totals, min_count, min_bads, max_bins) -> tuple[float, list[int]]:
    """Worth and ends of the best bins, by dynamic programming.

    `sign` 1: the bad rate may only rise; -1: only fall; 0: either.
    """
    all_goods, all_bads = totals
    chance = _chance(totals)
    goods_before = np.concatenate(([0], np.cumsum(goods)))
    bads_before = np.concatenate(([0], np.cumsum(bads)))
    # [start, end]: the bin from the group `start` up to, not including, the group `end`.
    good = goods_before[None, :] - goods_before[:, None]
    bad = bads_before[None, :] - bads_before[:, None]
    allowed = (good >= min_bads) & (bad >= min_bads) & (good + bad >= min_count)
    if not allowed[0, -1]:
        return 0.0, [len(goods)]
    good, bad = np.where(allowed, good, 1), np.where(allowed, bad, 1)
    good_share, bad_share = good / all_goods, bad / all_bads
    worth = (good_share - bad_share) * np.log(good_share / bad_share) - chance
    worth[~allowed] = -np.inf
    rate = sign * bad / (good + bad)
    # [first, start, end]: the bin first…start may stand before the bin start…end.
    in_trend = rate[:, :, None] <= rate[None, :, :]

    # [start, end]: the worth of the best bins of which start…end is the last.
    best = np.full_like(worth, -np.inf)
    best[0] = worth[0]
    reached, came_from = [best], []
    for _ in range(1, max_bins):
        before = np.where(in_trend, best[:, :, None], -np.inf)
        came_from.append(before.argmax(axis=0))
        best = before.max(axis=0) + worth
        reached.append(best)
    bins = int(np.argmax([best[:, -1].max() for best in reached]))
    start, end = int(reached[bins][:, -1].argmax()), len(goods)
    total = float(reached[bins][start, end]) + chance
    ends = [end]
    for step in reversed(came_from[:bins]):
        ends.append(start)
        start, end = int(step[start, end]), start
    return total, ends[::-1]


def _chance(totals: tuple[int, int]) -> float:
    """Return the information value that a further bin must add to be more than chance."""
    return CHANCE * sum(1 / total for total in totals)
