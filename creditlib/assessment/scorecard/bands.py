"""Predicted and observed default rates side by side, band by band."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas

from creditlib.assessment.scorecard.columns import checked_probabilities, checked_target
from creditlib.assessment.scorecard.default_rates import wilson_interval


def calibration(
    y, pd, *, bands: int | Sequence[float] = 10, confidence: float = 0.95
) -> pandas.DataFrame:
    """Compare predicted and observed default rates by band of PD.

    `bands` is a number of bands of about equal size, or the bounds between them (a PD belongs to
    the first bound that it does not exceed). Columns: `from_pd, to_pd, count, bads, mean_pd,
    bad_rate`, the Wilson interval of the bad rate (`low, high`), whether the mean PD lies
    `inside` it, and `reason`: "no_customers" in an empty band, whose rates are NaN.

    >>> table = calibration([0] * 97 + [1] * 3, [0.01] * 50 + [0.05] * 50, bands=[0.02])
    >>> table[["count", "bads", "inside"]].values.tolist()
    [[50, 0, True], [50, 3, True]]
    """
    probabilities = checked_probabilities(pd)
    bad = checked_target(y, len(probabilities), of="pd")
    if isinstance(bands, int):
        bounds = np.quantile(probabilities, np.arange(1, bands) / bands, method="inverted_cdf")
        bounds = np.unique(bounds[bounds < probabilities.max()])
    else:
        bounds = np.asarray(bands, float)
    band = np.searchsorted(bounds, probabilities, side="left")
    edges = [0.0, *bounds.tolist(), 1.0]
    rows = [
        _band(low, high, bad[band == at], probabilities[band == at], confidence)
        for at, (low, high) in enumerate(pairwise(edges))
    ]
    return pandas.DataFrame(rows)


def _band(from_pd, to_pd, bad, probabilities, confidence) -> dict:
    count, bads = len(bad), int(bad.sum())
    if not count:
        rates = dict.fromkeys(("mean_pd", "bad_rate", "low", "high"), math.nan)
        rates |= {"inside": False, "reason": "no_customers"}
    else:
        low, high = wilson_interval(bads, count, confidence)
        mean = float(probabilities.mean())
        rates = {
            "mean_pd": mean,
            "bad_rate": bads / count,
            "low": low,
            "high": high,
            "inside": low <= mean <= high,
            "reason": "",
        }
    return {"from_pd": from_pd, "to_pd": to_pd, "count": count, "bads": bads, **rates}
