"""How well a score separates good from bad, and whether its probabilities are right."""

import math
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import pandas
from scipy.optimize import brentq
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from creditlib.assessment.scorecard.columns import (
    checked_probabilities,
    checked_scores,
    checked_target,
)
from creditlib.assessment.scorecard.default_rates import wilson_interval
from creditlib.errors import InputError

Interval = tuple[float, float]
NO_INTERVAL = (math.nan, math.nan)
MEASURES = ("auc", "gini", "ks", "brier", "log_loss", "intercept", "slope")


@dataclass(frozen=True)
class Performance:
    """What `performance` found. A measure that is not defined is NaN and `reasons` says why.

    The reasons are one_class, no_pd, certain (a PD of 0 or 1), constant (one PD for everyone) and
    separated (the PDs part good from bad entirely, so no slope fits).
    """

    count: int
    goods: int
    bads: int
    auc: float = math.nan
    auc_interval: Interval = NO_INTERVAL
    gini: float = math.nan
    gini_interval: Interval = NO_INTERVAL
    ks: float = math.nan
    ks_interval: Interval = NO_INTERVAL
    brier: float = math.nan
    log_loss: float = math.nan
    intercept: float = math.nan
    slope: float = math.nan
    reasons: dict[str, str] = field(default_factory=dict)

    def table(self) -> pandas.DataFrame:
        """Return the measures as rows: `measure, value, low, high, reason`."""
        rows = [
            (name, getattr(self, name), *getattr(self, f"{name}_interval", NO_INTERVAL))
            for name in MEASURES
        ]
        table = pandas.DataFrame(rows, columns=["measure", "value", "low", "high"])
        table["reason"] = [self.reasons.get(name, "") for name in MEASURES]
        return table


def performance(
    y, score=None, *, pd=None, higher_is_better: bool = True, confidence: float = 0.95
) -> Performance:
    """Measure a score (and, if given, the probabilities of default) against what happened.

    `y`: 1 defaulted, 0 did not. `score`: higher is better, unless `higher_is_better=False`;
    without a score, customers are ranked by `pd`, low first.

    - `auc`: the probability that a good customer scores above a bad one (ties count half), with
      DeLong's interval (1988) on the logit scale; `gini` = 2·AUC − 1. At 0 or 1, or with one
      customer in a class, the interval is NaN.
    - `ks`: the greatest distance between the two classes' cumulative shares. Its interval is
      Newcombe's (1998) for the two shares at that score; that the score was picked for its
      distance is not in it, so with few bads it is somewhat too narrow.
    - `brier`, `log_loss`, and the calibration `intercept` (0: right on average; above 0: too many
      defaults for these PDs) and `slope` (1: right spread; below 1: PDs too extreme) need `pd`.

    One class only: what needs both is NaN, reason "one_class".

    >>> found = performance([1, 0, 1, 0, 0], [510, 600, 560, 540, 620])
    >>> round(found.auc, 4), round(found.ks, 4), found.reasons["brier"]
    (0.8333, 0.6667, 'no_pd')
    """
    if score is None and pd is None:
        raise InputError("scorecard.no_score")
    given, name = (pd, "pd") if score is None else (score, "score")
    ranking = checked_scores(given, name)
    if score is None or not higher_is_better:
        ranking = -ranking
    bad = checked_target(y, len(ranking), of=name)
    found: dict = {}
    reasons: dict = {}
    if bad.all() or not bad.any():
        reasons |= dict.fromkeys(("auc", "gini", "ks"), "one_class")
    else:
        found |= _separation(bad, ranking, confidence)
    if pd is None:
        reasons |= dict.fromkeys(MEASURES[3:], "no_pd")
    else:
        values, why = _accuracy(bad, checked_probabilities(pd, len(bad)))
        found |= values
        reasons |= why
    return Performance(len(bad), int((~bad).sum()), int(bad.sum()), **found, reasons=reasons)


def _separation(bad: np.ndarray, score: np.ndarray, confidence: float) -> dict:
    good_scores, bad_scores = np.sort(score[~bad]), np.sort(score[bad])
    # Share of the bad below each good customer, and of the good above each bad one.
    bads_below = _share_below(bad_scores, good_scores)
    goods_above = 1 - _share_below(good_scores, bad_scores)
    auc = float(bads_below.mean())
    low, high = _delong(auc, bads_below, goods_above, confidence)
    ks, ks_interval = _kolmogorov_smirnov(good_scores, bad_scores, confidence)
    return {
        "auc": auc,
        "auc_interval": (low, high),
        "gini": 2 * auc - 1,
        "gini_interval": (2 * low - 1, 2 * high - 1),
        "ks": ks,
        "ks_interval": ks_interval,
    }


def _share_below(ordered: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Share of `ordered` below each value, equal ones counting half."""
    below = np.searchsorted(ordered, values, side="left")
    return (below + np.searchsorted(ordered, values, side="right")) / 2 / len(ordered)


def _delong(auc: float, bads_below, goods_above, confidence: float) -> Interval:
    if auc in (0.0, 1.0) or min(len(bads_below), len(goods_above)) < 2:
        return NO_INTERVAL
    variance = sum(np.var(each, ddof=1) / len(each) for each in (bads_below, goods_above))
    half = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(variance) / (auc * (1 - auc))
    return float(expit(logit(auc) - half)), float(expit(logit(auc) + half))


def _kolmogorov_smirnov(good_scores, bad_scores, confidence) -> tuple[float, Interval]:
    scores = np.concatenate([good_scores, bad_scores])
    goods = np.searchsorted(good_scores, scores, side="right")
    bads = np.searchsorted(bad_scores, scores, side="right")
    distance = np.abs(bads / len(bad_scores) - goods / len(good_scores))
    at = int(distance.argmax())
    more, less = (int(bads[at]), len(bad_scores)), (int(goods[at]), len(good_scores))
    if more[0] * less[1] < less[0] * more[1]:
        more, less = less, more
    (more_low, more_high), (less_low, less_high) = (
        wilson_interval(*share, confidence) for share in (more, less)
    )
    share_more, share_less = more[0] / more[1], less[0] / less[1]
    ks = float(distance[at])
    return ks, (
        ks - math.hypot(share_more - more_low, less_high - share_less),
        ks + math.hypot(more_high - share_more, share_less - less_low),
    )


def _accuracy(bad: np.ndarray, pd: np.ndarray) -> tuple[dict, dict]:
    found, reasons = {"brier": float(np.mean((pd - bad) ** 2))}, {}
    of_what_happened = np.where(bad, pd, 1 - pd)
    if of_what_happened.min() == 0:
        reasons["log_loss"] = "certain"
    else:
        found["log_loss"] = float(-np.log(of_what_happened).mean())
    if bad.all() or not bad.any():
        return found, reasons | dict.fromkeys(("intercept", "slope"), "one_class")
    if pd.min() == 0 or pd.max() == 1:
        return found, reasons | dict.fromkeys(("intercept", "slope"), "certain")
    log_odds = logit(pd)
    # Every log-odds is within this of the target's, so the root lies between.
    reach = np.abs(log_odds).max() + abs(logit(bad.mean())) + 1
    found["intercept"] = float(
        brentq(lambda shift: expit(log_odds + shift).mean() - bad.mean(), -reach, reach)
    )
    if pd.min() == pd.max():
        reasons["slope"] = "constant"
    elif pd[bad].min() >= pd[~bad].max() or pd[bad].max() <= pd[~bad].min():
        reasons["slope"] = "separated"
    else:
        model = LogisticRegression(C=math.inf, solver="newton-cholesky", tol=1e-8)
        found["slope"] = float(model.fit(log_odds[:, None], bad).coef_[0, 0])
    return found, reasons
