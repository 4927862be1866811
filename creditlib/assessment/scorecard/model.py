"""The scorecard: weights of evidence, a logistic regression on them, and points for each bin."""

import math

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from creditlib.assessment.scorecard.binning import Binning, fit_bins
from creditlib.assessment.scorecard.columns import (
    checked_frame,
    checked_target,
    column_of,
    two_classes,
)
from creditlib.assessment.scorecard.evidence import points_scale
from creditlib.assessment.scorecard.findings import findings_of
from creditlib.assessment.scorecard.sql import to_sql
from creditlib.errors import InputError


class Scorecard(ClassifierMixin, BaseEstimator):
    """A points scorecard for the probability of default, as a scikit-learn estimator.

    Each variable is binned (`fit_bins`: `monotone, min_share, min_bads, max_bins`, and `cuts`, a
    mapping column → your own bounds), each bin gets its weight of evidence, and a logistic
    regression of default on these (ridge of strength 1/`C`) gives one coefficient a variable.
    On the scale where good:bad odds of `odds` are worth `points` and doubling them adds `pdo`,
    the points of a bin are −(woe · β + β0/n) · factor + offset/n, rounded to `decimals` (None:
    not at all; 0 gives a card of whole points). `population_default_rate` corrects β0 if bad
    customers were over-sampled. `monotone` is one choice for all, or a mapping column → choice.

    A bin whose weight of evidence is not defined (missing or "other" when training saw none, or
    none good or none bad) is neutral: weight 0, the reason stands in `table()`.

    It departs from scikit-learn in one thing: `score(X)` returns points, not an accuracy, so
    name the measure in cross-validation (`scoring="roc_auc"`). There is no `predict`: where to
    cut off is a decision, not a property of the model. Reject inference (guessing how customers
    who were refused would have paid) is left out: the card speaks for customers like those it
    was trained on.

    Fitted: `binnings_`, `weights_`, `points_` (by column, then code), `coef_`, `intercept_`,
    `warnings_` (findings to look at), `scale_`, `classes_` (0 good, 1 bad), `n_features_in_`,
    `feature_names_in_`.
    Source: Siddiqi, *Credit Risk Scorecards* (2006).

    >>> days = np.arange(1000)
    >>> late = pd.DataFrame({"days": days})
    >>> card = Scorecard().fit(late, (days * 7 % 10) < np.where(days >= 600, 5, 1))
    >>> card.table()[["bin", "goods", "bads"]].values.tolist()[:2]
    [['≤ 599', 540, 60], ['> 599', 200, 200]]
    >>> bool(card.score(late)[0] > card.score(late)[-1])
    True
    """

    def __init__(
        self,
        pdo: float = 20,
        odds: float = 50,
        points: float = 600,
        *,
        monotone="auto",
        min_share: float = 0.05,
        min_bads: int = 10,
        max_bins: int = 8,
        cuts: dict | None = None,
        C: float = 1.0,
        population_default_rate: float | None = None,
        decimals: int | None = None,
    ):
        self.pdo = pdo
        self.odds = odds
        self.points = points
        self.monotone = monotone
        self.min_share = min_share
        self.min_bads = min_bads
        self.max_bins = max_bins
        self.cuts = cuts
        self.C = C
        self.population_default_rate = population_default_rate
        self.decimals = decimals

    def fit(self, X, y) -> "Scorecard":
        """Bin, weigh and scale. `X`: a row per customer; `y`: 1 defaulted, 0 did not."""
        self.scale_ = points_scale(self.pdo, self.odds, self.points)
        frame = checked_frame(X)
        bad = checked_target(y, len(frame))
        two_classes(bad)
        for choices in (self.cuts, self.monotone):
            for name in choices if isinstance(choices, dict) else ():
                column_of(frame, name)
        self.feature_names_in_ = np.asarray(frame.columns, dtype=object)
        self.n_features_in_ = len(frame.columns)
        self.classes_ = np.array([0, 1])
        self.binnings_ = {name: self._fit_column(frame[name], bad) for name in frame.columns}
        self.weights_ = {
            name: np.nan_to_num(binning.woe, nan=0.0) for name, binning in self.binnings_.items()
        }

        woe = np.empty(frame.shape, order="F")
        for at, (name, codes) in enumerate(self._codes(frame)):
            woe[:, at] = self.weights_[name][codes]
        # Newton's method ends at the same coefficients whatever the order of the rows.
        model = LogisticRegression(C=self.C, solver="newton-cholesky", tol=1e-8).fit(woe, bad)
        self.coef_ = model.coef_[0]
        self.intercept_ = float(model.intercept_[0]) + self._prior_shift(bad.mean())
        self.points_ = self._points()
        self.warnings_ = [
            finding
            for (name, binning), beta in zip(self.binnings_.items(), self.coef_, strict=True)
            for finding in findings_of(binning, beta, frame[name], bad, self.min_bads)
        ]
        return self

    def score(self, X) -> np.ndarray:
        """Points of each customer, higher is better: the sum of the points of their bins."""
        check_is_fitted(self)
        return self._sum(X, self.points_)

    def predict_proba(self, X) -> np.ndarray:
        """Probabilities of staying good and of default, a row per customer (before rounding)."""
        check_is_fitted(self)
        betas = zip(self.weights_, self.coef_, strict=True)
        log_odds = self.intercept_ + self._sum(
            X, {name: self.weights_[name] * beta for name, beta in betas}
        )
        pd_of_each = 1 / (1 + np.exp(-log_odds))
        return np.column_stack([1 - pd_of_each, pd_of_each])

    def table(self) -> pd.DataFrame:
        """Return the card, a row per variable and bin: `woe_table`'s columns and `points`."""
        check_is_fitted(self)
        parts = []
        for name, binning in self.binnings_.items():
            part = binning.table()
            part.insert(0, "variable", name)
            part.insert(part.columns.get_loc("reason"), "points", self.points_[name])
            parts.append(pd.concat([part.iloc[1:], part.iloc[:1]]))
        return pd.concat(parts, ignore_index=True)

    def explain(self, row) -> pd.DataFrame:
        """Explain one customer's score, the variable that costs most points first.

        `row` is a mapping, a Series or a frame of one row. Columns: `variable, value, bin,
        points` (they add up to the score), `from_neutral` (against a bin that is like the
        portfolio), `from_best` (against the best bin of that variable; 0 or below).
        """
        check_is_fitted(self)
        frame = row if isinstance(row, pd.DataFrame) else pd.DataFrame([dict(row)])
        if len(frame) != 1:
            raise InputError("scorecard.one_row", count=len(frame))
        codes = {name: int(codes[0]) for name, codes in self._codes(checked_frame(frame))}
        points = np.array([self.points_[name][code] for name, code in codes.items()])
        explained = pd.DataFrame(
            {
                "variable": list(codes),
                "value": [frame[name].iloc[0] for name in codes],
                "bin": [self.binnings_[name].labels()[code] for name, code in codes.items()],
                "points": points,
                "from_neutral": points - self._rounded(self._neutral_points()),
                "from_best": points - [self.points_[name].max() for name in codes],
            }
        )
        return explained.sort_values("from_best", kind="stable", ignore_index=True)

    def to_sql(self, dialect: str = "sqlite") -> str:
        """Return the score as one SQL expression; see `to_sql` for dialects and limits."""
        check_is_fitted(self)
        return to_sql(self, dialect)

    def _fit_column(self, column: pd.Series, bad: np.ndarray) -> Binning:
        monotone = self.monotone
        if isinstance(monotone, dict):
            monotone = monotone.get(column.name, "auto")
        cuts = (self.cuts or {}).get(column.name)
        binning = fit_bins(
            column,
            bad,
            monotone=monotone,
            min_share=self.min_share,
            min_bads=self.min_bads,
            max_bins=self.max_bins,
            cuts=cuts,
        )
        if cuts is not None:
            for at, (good, bad_count) in enumerate(zip(binning.goods, binning.bads, strict=True)):
                if at and not (good and bad_count):
                    raise InputError(
                        "scorecard.empty_cut", column=column.name, bin=binning.labels()[at]
                    )
        return binning

    def _codes(self, frame: pd.DataFrame):
        for name, binning in self.binnings_.items():
            yield name, binning.codes(column_of(frame, name))

    def _sum(self, X, per_bin: dict) -> np.ndarray:
        frame = checked_frame(X)
        total = np.zeros(len(frame))
        for name, codes in self._codes(frame):
            total += per_bin[name][codes]
        return total

    def _prior_shift(self, sample_rate: float) -> float:
        if self.population_default_rate is None:
            return 0.0
        rate = self.population_default_rate
        if not 0 < rate < 1:
            raise InputError(
                "scorecard.not_a_share", name="population_default_rate", value=rate, low=0, high=1
            )
        return math.log(rate / (1 - rate)) - math.log(sample_rate / (1 - sample_rate))

    def _neutral_points(self) -> float:
        return (self.scale_.offset - self.intercept_ * self.scale_.factor) / self.n_features_in_

    def _points(self) -> dict:
        neutral, factor = self._neutral_points(), self.scale_.factor
        return {
            name: self._rounded(neutral - weights * beta * factor)
            for (name, weights), beta in zip(self.weights_.items(), self.coef_, strict=True)
        }

    def _rounded(self, points):
        return points if self.decimals is None else np.round(points, self.decimals)
