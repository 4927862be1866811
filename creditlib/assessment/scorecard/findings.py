"""What a person should look at before a fitted scorecard is used."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.assessment.scorecard.binning import Binning
from creditlib.assessment.scorecard.columns import categories_of, is_text, numbers_of
from creditlib.assessment.scorecard.evidence import ENOUGH_BADS, iv_band
from creditlib.assessment.scorecard.validation import performance
from creditlib.i18n import text

# From this AUC on, one variable alone is too good to have been known before the default.
ENTIRELY = 0.95


@dataclass(frozen=True)
class Finding:
    """Something about a fitted variable that a person should look at; `str` says it.

    `reason` and what `value` is then: flipped_sign (the coefficient), suspicious and
    no_information (the information value), separates (the AUC of the variable alone), no_trend
    (the number of bins), few_bads (the fewest bad customers in a bin).

    >>> str(Finding("industry", "flipped_sign", 0.31)) != ""
    True
    """

    column: object
    reason: str
    value: float

    def __str__(self) -> str:
        return text(f"scorecard.finding.{self.reason}", column=self.column, value=self.value)


def findings_of(
    binning: Binning, coefficient: float, x: pd.Series, bad: np.ndarray, min_bads: int
) -> list[Finding]:
    """Return the findings about one variable of a card, the gravest first.

    `x` and `bad` are what it was fitted on, `min_bads` the fewest bad customers asked of a bin.
    """
    iv = binning.iv
    bins = len(binning.cuts) + 1 if binning.groups is None else len(binning.groups)
    band = iv_band(iv)
    seen = [bads for bads, count in zip(binning.bads, binning.counts, strict=True) if count]
    apart = separation(x, bad) if bins == 1 else 0.0
    could_be_split = sum(binning.bads) >= 2 * min_bads
    no_trend = binning.groups is None and binning.trend is None and len(binning.cuts) > 1
    findings = {
        "flipped_sign": (coefficient > 0, float(coefficient)),
        "suspicious": (band == "suspicious", iv),
        "separates": (apart >= ENTIRELY, apart),
        "no_information": (band == "useless" and could_be_split and not apart >= ENTIRELY, iv),
        "no_trend": (no_trend, bins),
        "few_bads": (min(seen) < ENOUGH_BADS, min(seen)),
    }
    return [
        Finding(binning.column, reason, value)
        for reason, (holds, value) in findings.items()
        if holds
    ]


def separation(x: pd.Series, bad: np.ndarray) -> float:
    """AUC of one variable alone, whichever way it points; NaN if only one class has values.

    Categories are ordered by their bad rate. A variable that parts good from bad entirely leaves
    no bin with both in it, so that the information value cannot show how strong it is.

    >>> separation(pd.Series([1, 2, 3, None]), np.array([True, True, False, True]))
    1.0
    """
    if is_text(x):
        codes = categories_of(x).codes.astype(int)
        rates = pd.Series(bad * 1.0).groupby(codes).transform("mean").to_numpy()
        values = np.where(codes < 0, np.nan, rates)  # missing is -1
    else:
        values = numbers_of(x)
    present = ~np.isnan(values)
    if not present.any():
        return math.nan
    auc = performance(bad[present], values[present]).auc
    return max(auc, 1 - auc)
