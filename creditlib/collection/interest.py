"""Late interest on a claim: the amount, the days, the rate, and every step that led to them.

Rates are decimals (12 % a year is 0.12), LPR rows are in percent as published. Amounts are exact
until the end and rounded half-up once. The law fixes neither the days of a year nor which end of
the period counts, and courts differ: both are switches, and the result says how they stand.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from creditlib.collection.claim import Claim, calendar_day, money
from creditlib.collection.interest_account import Account, Payment, Segment, run
from creditlib.collection.interest_result import LateInterest, told
from creditlib.collection.interest_screen import Screen, excess_screen
from creditlib.collection.interest_terms import CURRENCY, HIGH, LOW, REGIMES, Question, fixed_sum
from creditlib.collection.lpr import Rate
from creditlib.errors import InputError

__all__ = ["Account", "LateInterest", "Payment", "Screen", "Segment", "late_interest"]

BASES = (365, 360)
ENDS = ("head", "tail", "both")
MODES = ("fixed_at_default", "segmented")


def late_interest(
    claim: Claim,
    regime: str,
    *,
    base: int = 365,
    head_tail: str = "head",
    mode: str = "fixed_at_default",
    multiple: object = HIGH,
    rates: Sequence[Rate] | None = None,
    daily: object = None,
    annual: object = None,
    contract_date: date | None = None,
    reference: object | Mapping[date, object] | None = None,
    costs: object = Decimal(0),
    designated: Mapping[date, str] | None = None,
) -> LateInterest:
    """Return the interest on a claim up to `claim.as_of`, the day of payment.

    `regime`: "sale_contract" (nothing agreed: one-year LPR × `multiple`, 1.3 to 1.5), "agreed"
    (`daily` or `annual`, else the claim's own penalty), "sme_regulation" (agreed, with the LPR of
    `contract_date` as its floor; else 0.05 % a day), "enforcement" (double interest; the due date
    is the last day for performance), "eu" and "uk" (`reference` + 8 points and a fixed sum; one
    rate, or a rate by the day from which it holds).

    Days: from the day after the due date, inclusive, to the day of payment, exclusive (`head_tail`
    "head", 算头不算尾); "tail" counts the last day and not the first, "both" counts both. `mode`
    "segmented" lets the LPR change with each publication. `rates` replaces the known LPR series.
    `costs` of enforcing are paid first; `designated` says which invoice the debtor named, by the
    day of the payment.

    The disputed part runs in an account of its own and is not in `.amount`.
    Paid on the due date: 0 days. Raises `InputError` for a day before every due date, for a rate
    both a day and a year, and for a breach before 2019-08-20 where the LPR is needed.
    Source: Sale Interpretation 18; Civil Code 560, 561, 585; SME Payment Regulation 17; Civil
    Procedure Law 264 with the 2014 interpretation; Directive 2011/7/EU; UK 1998 Act.

    >>> claim = Claim.of("1000000", due=date(2024, 6, 30), as_of=date(2024, 12, 31))
    >>> result = late_interest(claim, "sale_contract", multiple="1.3")
    >>> result.amount, result.days, result.rate
    (Decimal('22486.44'), 183, Decimal('0.04485'))
    """
    for name, value, known in (
        ("regime", regime, REGIMES),
        ("base", base, BASES),
        ("head_tail", head_tail, ENDS),
        ("mode", mode, MODES),
    ):
        if value not in known:
            raise InputError(
                "interest.unknown_choice",
                column=name,
                value=value,
                known=", ".join(map(str, known)),
            )
    multiple = money(multiple, "multiple")
    if not LOW <= multiple <= HIGH:
        raise InputError("interest.multiple", value=multiple)
    if claim.currency != CURRENCY.get(regime, claim.currency):
        raise InputError(
            "interest.currency", regime=regime, wanted=CURRENCY[regime], value=claim.currency
        )
    if claim.days_overdue < 0:
        raise InputError("interest.not_due", due=claim.oldest_due, as_of=claim.as_of)
    costs = money(costs, "costs")
    if costs < 0:
        raise InputError("interest.negative_costs", value=costs)

    designated = {calendar_day(day, "designated"): each for day, each in (designated or {}).items()}
    for day in designated.keys() - {payment.received for payment in claim.payments}:
        raise InputError("interest.designation_without_payment", day=day)

    question = Question(regime, mode, multiple, rates, daily, annual, contract_date, reference)
    ledger = run(claim, question, base, head_tail, costs, designated)
    fixed, why_fixed = fixed_sum(claim, regime)
    if claim.days_overdue == 0:
        fixed, why_fixed = Decimal(0), None
    screen = excess_screen(claim, question, ledger, base) if regime == "agreed" else None
    return told(claim, question, ledger, base, head_tail, fixed, why_fixed, screen)
