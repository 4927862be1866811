"""What a credit policy is worth: whom to accept, from what each customer adds to a year's profit.

Rates, margins and probabilities are decimals, sales are a year's, without VAT, in one currency.
What a written policy must say is in `policy_elements`; its names can be imported from here too.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from creditlib.basics.amounts import check_amounts, check_margin, check_shares
from creditlib.basics.policy_elements import PolicyElement, missing_elements
from creditlib.basics.terms import carrying_cost
from creditlib.errors import InputError, Undefined

__all__ = [
    "Applicant",
    "PolicyElement",
    "PolicyPoint",
    "best_policy",
    "contribution",
    "missing_elements",
    "policy_curve",
]

YEAR = 365


@dataclass(frozen=True)
class Applicant:
    """A customer who asks for credit.

    `sales` a year, the probability of default within the year, and the days from invoice to payment
    (the terms and the usual delay). `days_lost` is how many days of sales stand unpaid after a
    default; None means the same as `days`. One's own ledger tells: customers in trouble go on
    buying while they pay less and less, so that it is more than `days` as a rule.

    >>> Applicant(1_000_000, 0.05, days=73, days_lost=109.5).exposure
    300000.0
    """

    sales: float
    default_probability: float
    days: float
    days_lost: float | None = None

    @property
    def exposure(self) -> float:
        """What a default leaves unpaid, at selling price: sales × days_lost / 365."""
        return self.sales * (self.days if self.days_lost is None else self.days_lost) / YEAR


@dataclass(frozen=True)
class PolicyPoint:
    """What a policy brings in a year if every applicant up to `cut_off` is accepted.

    `accepted` is how many, `sales` what they buy; `margin_earned` − `bad_debt` − `carrying` − the
    fixed cost = `profit`.
    """

    cut_off: float
    accepted: int
    sales: float
    bad_debt: float
    carrying: float
    profit: float
    margin_earned: float


def contribution(applicant: Applicant, margin: float, annual_rate: float) -> float:
    """Return what one accepted customer is expected to add to a year's profit.

    A customer buys for `sales` in the year and owes sales × days / 365 at any time. A default
    leaves the exposure unpaid, sales × days_lost / 365, not the whole year, since the earlier
    invoices were paid. So, with p the default probability:

    |                           | pays           | defaults                    |
    |---------------------------|----------------|-----------------------------|
    | margin on what is paid    | margin × sales | margin × (sales − exposure) |
    | cost of goods not paid    | 0              | (1 − margin) × exposure     |
    | carrying the money spent  | (1 − margin) × sales × days / 365 × rate, in both |

    Weighted, margin × sales − p × exposure − carrying. For one order, where all that is sold is at
    stake, exposure = sales and this is the `net` of `terms.marginal_credit`. The contribution is
    zero at p = (margin × sales − carrying) / exposure. It is taken that the default comes at the
    end of the year; what a customer who fails earlier would have bought later is neither earned nor
    lost, so that for high p this is on the bright side.

    >>> round(contribution(Applicant(1_000_000, 0.05, 73), 0.1, 0.06), 2)
    79200.0
    """
    _check(applicant, margin, annual_rate)
    earned, bad_debt, carrying = _parts(applicant, margin, annual_rate)
    return earned - bad_debt - carrying


def policy_curve(
    applicants: Iterable[Applicant],
    cut_offs: Iterable[float],
    margin: float,
    annual_rate: float,
    fixed_cost: float = 0.0,
) -> list[PolicyPoint]:
    """Return what each cut-off brings in a year, in the order given.

    A policy accepts every applicant whose default probability is at most the cut-off and sells the
    others nothing on credit. Bad debt is expected, at cost: p × (1 − margin) × exposure
    (`contribution` says why not the year's sales); profit is the accepted customers'
    contributions less `fixed_cost`, what running credit costs a year whoever is accepted. Up to the
    best cut-off each customer taken on adds to profit, beyond it each takes away: at the optimum
    the contribution of the marginal customer is zero.

    >>> applicants = [Applicant(1_000_000, 0.02, 73), Applicant(1_000_000, 0.6, 73)]
    >>> [(point.accepted, round(point.bad_debt), round(point.profit))
    ...  for point in policy_curve(applicants, (0.01, 0.05, 1.0), margin=0.1, annual_rate=0.06)]
    [(0, 0, 0), (1, 3600, 85200), (2, 111600, 54400)]
    """
    check_amounts(fixed_cost=fixed_cost)
    applicants = list(applicants)
    for row, applicant in enumerate(applicants, start=1):
        _check(applicant, margin, annual_rate, row)
    ranked = sorted(applicants, key=lambda applicant: applicant.default_probability)
    probabilities = [applicant.default_probability for applicant in ranked]
    parts = [(applicant.sales, *_parts(applicant, margin, annual_rate)) for applicant in ranked]
    running = [list(accumulate(part, initial=0.0)) for part in zip(*parts, strict=True)]
    points = []
    for cut_off in cut_offs:
        check_shares(cut_off=cut_off)
        accepted = bisect_right(probabilities, cut_off)
        sales, earned, bad_debt, carrying = (sums[accepted] for sums in running or [[0.0]] * 4)
        profit = earned - bad_debt - carrying - fixed_cost
        points.append(
            PolicyPoint(cut_off, accepted, sales, bad_debt, carrying, profit, margin_earned=earned)
        )
    return points


def best_policy(points: Sequence[PolicyPoint]) -> PolicyPoint:
    """Return the point with the highest profit; of equal ones the strictest.

    Raises `Undefined` if there is no point.

    >>> applicants = [Applicant(1_000_000, 0.02, 73), Applicant(1_000_000, 0.6, 73)]
    >>> best_policy(policy_curve(applicants, (0.01, 0.05, 1.0), 0.1, 0.06)).cut_off
    0.05
    """
    if not points:
        raise Undefined("basics.no_policy")
    return min(points, key=lambda point: (-point.profit, point.cut_off))


def _check(applicant: Applicant, margin: float, annual_rate: float, row: int | None = None) -> None:
    check_margin(margin)
    check_amounts(annual_rate=annual_rate)
    try:
        check_amounts(sales=applicant.sales, days=applicant.days)
        if applicant.days_lost is not None:
            check_amounts(days_lost=applicant.days_lost)
        check_shares(default_probability=applicant.default_probability)
    except InputError as wrong:
        raise InputError(wrong.key, row=row, column=wrong.column, **wrong.values) from None


def _parts(applicant: Applicant, margin: float, annual_rate: float) -> tuple[float, float, float]:
    """Margin earned, bad debt at cost and carrying cost that a customer is expected to bring."""
    unpaid = applicant.default_probability * applicant.exposure
    laid_out = (1 - margin) * applicant.sales
    return (
        margin * (applicant.sales - unpaid),
        (1 - margin) * unpaid,
        carrying_cost(laid_out, applicant.days, annual_rate, YEAR),
    )
