"""What a court charges for a money claim: acceptance, payment order, preservation."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from creditlib.collection.claim import money
from creditlib.collection.steps import Step, cents, percent, step
from creditlib.errors import InputError

# Amount up to which a band goes (None: no end), share of the part inside it.
_BANDS = (
    (Decimal(10_000), Decimal(0)),
    (Decimal(100_000), Decimal("0.025")),
    (Decimal(200_000), Decimal("0.02")),
    (Decimal(500_000), Decimal("0.015")),
    (Decimal(1_000_000), Decimal("0.01")),
    (Decimal(2_000_000), Decimal("0.009")),
    (Decimal(5_000_000), Decimal("0.008")),
    (Decimal(10_000_000), Decimal("0.007")),
    (Decimal(20_000_000), Decimal("0.006")),
    (None, Decimal("0.005")),
)
_LOWEST = Decimal(50)
_PRESERVATION_BANDS = (
    (Decimal(1_000), Decimal(0)),
    (Decimal(100_000), Decimal("0.01")),
    (None, Decimal("0.005")),
)
_PRESERVATION_LOWEST, _PRESERVATION_HIGHEST = Decimal(30), Decimal(5_000)


@dataclass(frozen=True)
class CourtFees:
    """Court fees in yuan; the loser normally bears them, the applicant pays them first.

    `simplified` is also what is charged when a case is settled by mediation or withdrawn.
    """

    acceptance: Decimal
    simplified: Decimal
    payment_order: Decimal
    preservation: Decimal
    steps: tuple[Step, ...]


def court_fees(amount: object, preserved: object | None = None) -> CourtFees:
    """Return the fees for a claim of `amount` yuan; `preserved` is what is to be frozen.

    Acceptance by bands, half of it in simplified procedure, a third for a payment order;
    preservation by the amount preserved (the whole claim if not given), 5,000 at the most. Lawyers,
    security for preservation and enforcement are not in it.
    Source: Litigation Fee Measures 13–16 (in force since 2007-04-01).

    >>> fees = court_fees(500_000)
    >>> fees.acceptance, fees.payment_order, fees.preservation
    (Decimal('8800.00'), Decimal('2933.33'), Decimal('3020.00'))
    """
    claimed = _positive(amount, "amount")
    frozen = claimed if preserved is None else _positive(preserved, "preserved")
    acceptance, acceptance_sum = _banded(claimed, _LOWEST, _BANDS)
    preservation, preservation_sum = _banded(frozen, _PRESERVATION_LOWEST, _PRESERVATION_BANDS)
    preservation = min(preservation, _PRESERVATION_HIGHEST)
    fees = {
        "acceptance": cents(acceptance),
        "simplified": cents(acceptance / 2),
        "payment_order": cents(Fraction(acceptance) / 3),
        "preservation": cents(preservation),
    }
    steps = (
        step(
            "fees.acceptance",
            "fees_13",
            amount=claimed,
            bands=acceptance_sum,
            fee=fees["acceptance"],
        ),
        step("fees.simplified", "fees_15", fee=fees["simplified"]),
        step("fees.payment_order", "fees_14", fee=fees["payment_order"]),
        step(
            "fees.preservation",
            "fees_14",
            amount=frozen,
            bands=preservation_sum,
            fee=fees["preservation"],
        ),
    )
    return CourtFees(**fees, steps=steps)


def _positive(value: object, name: str) -> Decimal:
    amount = money(value, name)
    if amount <= 0:
        raise InputError("collection.not_positive", column=name, value=amount)
    return amount


def _banded(
    amount: Decimal, lowest: Decimal, bands: tuple[tuple[Decimal | None, Decimal], ...]
) -> tuple[Decimal, str]:
    """Return the fee and the sum that makes it, in figures."""
    total, below, parts = lowest, Decimal(0), [str(lowest)]
    for top, share in bands:
        inside = (amount if top is None else min(amount, top)) - below
        if inside > 0 and share:
            total += inside * share
            parts.append(f"{inside:,.2f} × {percent(share)}")
        below = top if top is not None else below
    return total, " + ".join(parts)
