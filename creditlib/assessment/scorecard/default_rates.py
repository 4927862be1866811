"""What a handful of defaults says: intervals for a default rate, and whether a PD still fits.

All three take the customers as independent, which a shared downturn makes too optimistic.
"""

import math
from statistics import NormalDist

from creditlib.errors import InputError, Undefined
from creditlib.i18n import text


def wilson_interval(bads: int, count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Interval for a default rate of `bads` among `count` customers (Wilson 1927).

    Holds its promise even with very few bads, and is never empty when there are none.
    No customers: raises `Undefined`.

    >>> [round(end, 5) for end in wilson_interval(3, 120)]
    [0.00854, 0.07093]
    """
    _check(bads, count, confidence)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = bads + z * z / 2
    spread = z * math.sqrt(bads * (count - bads) / count + z * z / 4)
    # With 0 (or only) bads the end is 0 (or 1) exactly; the formula says so up to rounding.
    low = (centre - spread) / (count + z * z) if bads else 0.0
    high = (centre + spread) / (count + z * z) if bads < count else 1.0
    return low, high


def upper_default_rate(bads: int, count: int, confidence: float = 0.90) -> float:
    """Return the highest PD at which so few defaults still happen with probability 1 − confidence.

    The most prudent estimate for a portfolio with few or no defaults (Pluto and Tasche 2005,
    without correlation). If all defaulted it is 1. No customers: raises `Undefined`.

    >>> round(upper_default_rate(0, 100), 5), round(upper_default_rate(0, 100, 0.5), 5)
    (0.02276, 0.00691)
    """
    _check(bads, count, confidence)
    low, high = bads / count, 1.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        if 1 - at_least_probability(bads + 1, count, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def at_least_probability(bads: int, count: int, pd: float) -> float:
    """Probability of `bads` or more defaults among `count` customers who each have this PD.

    The one-sided binomial test: a small value says that the PD is too low.

    >>> round(at_least_probability(6, 120, 0.02), 4)
    0.0341
    """
    if not 0 <= pd <= 1:
        raise InputError("scorecard.not_a_share", name="PD", value=pd, low=0, high=1)
    if bads <= 0 or pd == 1:
        return 1.0 if bads <= count else 0.0
    if pd == 0:
        return 0.0
    log_pd, log_rest = math.log(pd), math.log1p(-pd)
    ways = (
        math.lgamma(count + 1)
        - math.lgamma(k + 1)
        - math.lgamma(count - k + 1)
        + k * log_pd
        + (count - k) * log_rest
        for k in range(bads)
    )
    return max(0.0, 1 - math.fsum(math.exp(log) for log in ways))


def _check(bads: int, count: int, confidence: float) -> None:
    if count == 0:
        raise Undefined("scorecard.no_customers", measure=text("scorecard.measure.default_rate"))
    if bads < 0 or count < 0:
        raise InputError("errors.negative", value=min(bads, count))
    if bads > count:
        raise InputError("scorecard.more_bads", bads=bads, count=count)
    if not 0 < confidence < 1:
        raise InputError(
            "scorecard.not_a_share", name="confidence", value=confidence, low=0, high=1
        )
