"""Grouping one variable into bins by weight of evidence; missing values are a bin of their own."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from creditlib.assessment.scorecard.columns import (
    categories_of,
    checked_target,
    is_text,
    numbers_of,
    two_classes,
)
from creditlib.assessment.scorecard.merging import best_cuts, merged_categories
from creditlib.errors import InputError
from creditlib.i18n import text

MONOTONE = ("auto", "increasing", "decreasing", None)


@dataclass(frozen=True)
class Binning:
    """How one variable is grouped, and how many good and bad customers fell into each bin.

    Bins are numbered by code: 0 is missing; then the bins in order; for categories the last is
    "other" (rare ones, and any that turn up only at scoring). `goods` and `bads` stand in this
    order. A number belongs to the first bin whose cut it does not exceed.
    """

    column: object
    cuts: tuple[float, ...]
    groups: tuple[tuple[str, ...], ...] | None
    goods: tuple[int, ...]
    bads: tuple[int, ...]
    add_half: bool = False

    def codes(self, x: pd.Series) -> np.ndarray:
        """Return the code of the bin of each value."""
        smallest = np.min_scalar_type(len(self.goods))
        if self.groups is not None:
            categorical = categories_of(x)
            code_of = {name: 1 + at for at, group in enumerate(self.groups) for name in group}
            other = len(self.groups) + 1
            known = [code_of.get(category, other) for category in categorical.categories]
            return np.array([*known, 0], dtype=smallest)[categorical.codes]  # missing is -1
        numbers = numbers_of(x)
        codes = np.zeros(len(numbers), dtype=smallest)
        # NaN exceeds nothing and stays 0. For a few cuts much faster than searchsorted.
        for cut in (-np.inf, *self.cuts):
            codes += numbers > cut
        return codes

    def labels(self) -> list[str]:
        """Return what each bin is called, by code, in the language in use."""
        missing = text("scorecard.bin.missing")
        if self.groups is not None:
            named = [" / ".join(group) for group in self.groups]
            return [missing, *named, text("scorecard.bin.other")]
        if not self.cuts:
            return [missing, text("scorecard.bin.all")]
        cuts = [f"{cut:.15g}" for cut in self.cuts]
        between = [f"{low} < … ≤ {high}" for low, high in pairwise(cuts)]
        return [missing, f"≤ {cuts[0]}", *between, f"> {cuts[-1]}"]

    def table(self) -> pd.DataFrame:
        """Return the evidence, one row per bin by code; see `woe_table` for the columns."""
        goods, bads = np.array(self.goods), np.array(self.bads)
        count, (woe, iv, reason) = goods + bads, self._evidence()
        bad_rate = np.divide(bads, count, where=count > 0, out=np.full(len(count), np.nan))
        return pd.DataFrame(
            {
                "bin": self.labels(),
                "count": count,
                "share": count / count.sum(),
                "goods": goods,
                "bads": bads,
                "bad_rate": bad_rate,
                "woe": woe,
                "iv": iv,
                "reason": reason,
            }
        )

    def _evidence(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        goods, bads = np.array(self.goods), np.array(self.bads)
        empty, not_seen = (goods == 0) | (bads == 0), goods + bads == 0
        half = np.where(empty & ~not_seen & self.add_half, 0.5, 0.0)
        good_share, bad_share = (goods + half) / goods.sum(), (bads + half) / bads.sum()
        defined = ~empty | (half > 0)
        woe = np.full(len(goods), np.nan)
        woe[defined] = np.log(good_share[defined] / bad_share[defined])
        reasons = ["not_seen", "half_added", "empty_cell"]
        reason = np.select([not_seen, half > 0, empty], reasons, "")
        return woe, (good_share - bad_share) * woe, reason

    @property
    def counts(self) -> tuple[int, ...]:
        """Customers in each bin, by code."""
        return tuple(map(sum, zip(self.goods, self.bads, strict=True)))

    @property
    def woe(self) -> np.ndarray:
        """Weight of evidence of each bin, by code; NaN where it is not defined."""
        return self._evidence()[0]

    @property
    def iv(self) -> float:
        """Information value of the bins whose weight of evidence is defined."""
        return float(np.nansum(self._evidence()[1]))

    @property
    def trend(self) -> str | None:
        """How the bad rate goes with a number: "increasing", "decreasing" or (neither) None."""
        if self.groups is not None:
            return None
        groups = list(zip(self.bads, self.counts, strict=True))[1:]
        rates = [bads / count for bads, count in groups if count]
        steps = set(np.sign(np.diff(rates)).tolist())
        return {(1.0,): "increasing", (-1.0,): "decreasing"}.get(tuple(steps))


def woe_table(x, y, **options) -> pd.DataFrame:
    """Weight of evidence table of one variable: a row per bin, missing values last.

    Columns: `bin, count, share, goods, bads, bad_rate, woe, iv, reason`. In `y`, 1 is bad. Good
    bins have positive `woe`; the `iv` column adds up to the information value. A bin without good
    or without bad customers has NaN there and `reason` "empty_cell" (with `add_half=True` 0.5 is
    added to both its cells: "half_added"). Options as in `fit_bins`. Source: Siddiqi (2006).

    >>> days = [0, 2, 5, 8, 12, 20, 31, 44, 60, 90]
    >>> table = woe_table(days, [0, 0, 0, 1, 0, 0, 1, 0, 1, 1], cuts=[10, 30], add_half=True)
    >>> table[["bin", "goods", "bads", "reason"]].values.tolist()
    [['≤ 10', 3, 1, ''], ['10 < … ≤ 30', 2, 0, 'half_added'], ['> 30', 1, 3, '']]
    """
    table = fit_bins(x, y, **options).table()
    table = table[table["count"] > 0]
    return pd.concat([table[table.index > 0], table[table.index == 0]], ignore_index=True)


def fit_bins(
    x,
    y,
    *,
    monotone: str | None = "auto",
    min_share: float = 0.05,
    min_bads: int = 10,
    max_bins: int = 8,
    cuts=None,
    add_half: bool = False,
) -> Binning:
    """Group the values `x` of one variable so that few bins tell good from bad best.

    Numbers are cut into up to 50 fine groups, and neighbours merged so that the information
    value is greatest; each bin holds at least `min_share` of the customers and `min_bads` bad
    ones (and as many good ones), and a further bin must add more than chance does. `monotone`:
    the bad rate may only rise ("increasing") or fall ("decreasing") with x; "auto" takes the
    better of the two unless the data clearly turn (it would lose over a tenth of the worth, and
    more than chance explains); None leaves it free.

    Texts: categories with less than `min_share` become "other", where categories first seen at
    scoring go too; the rest are merged in order of their bad rate. Missing values are a bin of
    their own, however few. `cuts` gives your own bounds for a number column ("up to and
    including") and overrides the limits.

    `y` is 0 (good) or 1 (bad). `InputError` if it is anything else or of one class, or if a
    number column holds text, dates or infinities. The order of the rows does not matter.
    Bin on the training sample only.

    >>> days = np.arange(1000)
    >>> fit_bins(days, days % 10 < np.where(days >= 700, 5, 1)).cuts
    (699.0,)
    """
    x = x if isinstance(x, pd.Series) else pd.Series(x)
    bad = checked_target(y, len(x))
    two_classes(bad)
    if monotone not in MONOTONE:
        raise InputError(
            "scorecard.unknown_choice",
            name="monotone",
            value=monotone,
            known=", ".join(map(str, MONOTONE)),
        )
    if not 0 <= min_share <= 1:
        raise InputError("scorecard.not_a_share", name="min_share", value=min_share, low=0, high=1)
    for name, value in (("min_bads", min_bads), ("max_bins", max_bins)):
        if value < 1:
            raise InputError("scorecard.not_positive", name=name, value=value)
    limits = {
        "totals": (int((~bad).sum()), int(bad.sum())),
        "min_count": min_share * len(x),
        "min_bads": min_bads,
        "max_bins": max_bins,
    }
    found, groups = (), None
    if is_text(x):
        if cuts is not None:
            raise InputError("scorecard.cuts_of_text", column=x.name)
        groups = merged_categories(categories_of(x), bad, limits)
    elif cuts is not None:
        found = _checked_cuts(cuts, x.name)
    else:
        found = best_cuts(numbers_of(x), bad, monotone, limits)
    return _counted(x, bad, found, groups, add_half)


def _counted(x: pd.Series, bad: np.ndarray, cuts, groups, add_half: bool) -> Binning:
    bins = 2 + len(cuts if groups is None else groups)
    nobody = (0,) * bins
    codes = Binning(x.name, cuts, groups, nobody, nobody).codes(x)
    count = np.bincount(codes, minlength=bins)
    bads = np.bincount(codes[bad], minlength=bins)
    goods = count - bads
    return Binning(x.name, cuts, groups, tuple(goods.tolist()), tuple(bads.tolist()), add_half)


def _checked_cuts(cuts, column) -> tuple[float, ...]:
    numbers = pd.to_numeric(pd.Series(list(cuts), dtype=object), errors="coerce").to_numpy(float)
    if not np.isfinite(numbers).all() or (np.diff(numbers) <= 0).any():
        raise InputError("scorecard.unordered_cuts", column=column, cuts=list(cuts))
    return tuple(numbers.tolist())
