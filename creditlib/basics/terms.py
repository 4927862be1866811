"""What credit terms cost and when a credit sale pays: one offer, one change, one order at a time.

Rates, margins and probabilities are decimals (6 % a year is 0.06), times are in days, money is in
one currency. Sales and margins are without VAT: the VAT on an invoice is nobody's margin.
"""

from dataclasses import dataclass

from creditlib.basics.amounts import (
    check_amounts,
    check_margin,
    check_numbers,
    check_positive,
    check_shares,
)
from creditlib.errors import InputError, Undefined


@dataclass(frozen=True)
class DiscountCost:
    """What a cash discount costs the seller a year: `simple`, and `effective` with compounding."""

    simple: float
    effective: float


def discount_cost(
    discount: float, discount_days: float, net_days: float, base: int = 365
) -> DiscountCost:
    """Return the yearly rate that a cash discount amounts to, such as 2/10 net 30.

    `discount` (decimal) is given for paying by day `discount_days` instead of `net_days`. For each
    yuan received, d/(1−d) is given up to have it T−t days sooner: simple = d/(1−d) × base/(T−t),
    effective = (1 + d/(1−d))^(base/(T−t)) − 1. If the customer would in fact pay later than the
    terms say, put that day for `net_days`: the discount then costs less. `base` is the days of a
    year, 365 or 360.

    Raises `Undefined` if both days are the same (no time is bought, so there is no rate), or if the
    effective rate is too large for a number.
    Source: published 2/10 net 30, base 360: 36.73 %; 2/20 net 45, effective: 34.3 %.

    >>> cost = discount_cost(0.02, 10, 30)
    >>> round(cost.simple, 4), round(cost.effective, 4)
    (0.3724, 0.4459)
    """
    check_amounts(discount_days=discount_days, net_days=net_days)
    check_positive(base=base)
    check_numbers(discount=discount)
    if not 0 <= discount < 1:
        raise InputError("basics.not_a_discount", column="discount", value=discount)
    if net_days == discount_days:
        raise Undefined("basics.no_days_gained", days=net_days)
    if net_days < discount_days:
        raise InputError(
            "basics.discount_after_due", discount_days=discount_days, net_days=net_days
        )
    given_up = discount / (1 - discount)
    times = base / (net_days - discount_days)
    try:
        effective = (1 + given_up) ** times - 1
    except OverflowError:
        raise Undefined("basics.endless_rate", discount=discount, times=times) from None
    return DiscountCost(simple=given_up * times, effective=effective)


def carrying_cost(receivables: float, days: float, annual_rate: float, base: int = 365) -> float:
    """Return what it costs to finance an amount for a number of days: amount × days/base × rate.

    `annual_rate` is what the company's money costs a year, as a decimal.

    >>> round(carrying_cost(1_000_000, 35, 0.06), 2)
    5753.42
    """
    check_amounts(receivables=receivables, days=days, annual_rate=annual_rate)
    check_positive(base=base)
    return receivables * days / base * annual_rate


def credit_period_cost(
    credit_sales: float,
    days_before: float,
    days_after: float,
    annual_rate: float,
    cost_share: float = 1.0,
    base: int = 365,
) -> float:
    """Return the extra carrying cost a year when customers are given longer to pay.

    `credit_sales` is one year's, `days_before` and `days_after` are the days that customers take.
    Shorter terms give a negative cost, a saving. `cost_share` is the part of a sale that had to be
    paid for before it was sold: 1 finances the whole invoice, 1 − margin only the money laid out.

    >>> round(credit_period_cost(12_000_000, 30, 60, 0.06), 2)
    59178.08
    """
    check_amounts(credit_sales=credit_sales, days_before=days_before, days_after=days_after)
    check_shares(cost_share=cost_share)
    tied_up = credit_sales * cost_share
    after = carrying_cost(tied_up, days_after, annual_rate, base)
    return after - carrying_cost(tied_up, days_before, annual_rate, base)


def break_even_sales(loss: float, margin: float) -> float:
    """Return the extra sales whose margin makes good a loss: loss ÷ margin.

    Take the contribution margin (what one more yuan of sales leaves after its own cost), not the
    net margin: rent and salaries do not rise with the sale.

    Raises `Undefined` if the margin is zero or negative: no amount of sales makes the loss good.
    Source: published 10,000 lost at 5 % needs 200,000 of new sales.

    >>> break_even_sales(10_000, 0.05)
    200000.0
    """
    check_amounts(loss=loss)
    check_margin(margin)
    if margin <= 0:
        raise Undefined("basics.no_margin", margin=margin)
    return loss / margin


@dataclass(frozen=True)
class MarginalCredit:
    """The test of one order on credit; all in money but the probability.

    `expected_gain` − `expected_loss` − `carrying` = `net`, and `accept` if that is above zero.
    `break_even_probability` is the default probability at which `net` is zero, None if the margin
    does not even pay for the money, so that no customer is good enough.
    """

    accept: bool
    expected_gain: float
    expected_loss: float
    carrying: float
    net: float
    break_even_probability: float | None


def marginal_credit(
    sales: float,
    margin: float,
    default_probability: float,
    days: float,
    annual_rate: float,
    base: int = 365,
) -> MarginalCredit:
    """Return whether one more order on credit is worth its risk: gain, loss, carrying cost, net.

    Accept if (1 − p) × margin × sales > p × (1 − margin) × sales + carrying. The loss is the cost
    of the goods, not their price: a margin that was never earned cannot be lost. The carrying cost
    is that of the money laid out, (1 − margin) × sales, over `days` to payment. Put together,
    net = sales × (margin − p) − carrying, so the break-even p is the margin less the carrying cost
    for each yuan of sales. `sales` is the order without VAT, above zero; p from 0 to 1.

    >>> test = marginal_credit(100_000, 0.2, 0.05, 60, 0.06)
    >>> test.accept, round(test.net, 2), round(test.break_even_probability, 4)
    (True, 14210.96, 0.1921)
    """
    check_positive(sales=sales)
    check_margin(margin)
    check_shares(default_probability=default_probability)
    gain = (1 - default_probability) * margin * sales
    loss = default_probability * (1 - margin) * sales
    carrying = carrying_cost((1 - margin) * sales, days, annual_rate, base)
    net = gain - loss - carrying
    break_even = margin - carrying / sales
    return MarginalCredit(
        accept=net > 0,
        expected_gain=gain,
        expected_loss=loss,
        carrying=carrying,
        net=net,
        break_even_probability=break_even if break_even >= 0 else None,
    )
