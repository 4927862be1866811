"""Which debt a part payment settles, and what of it first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from creditlib.errors import InputError

Amount = Decimal | Fraction

INTEREST_FIRST = ("interest", "principal")
PRINCIPAL_FIRST = ("principal", "interest")


@dataclass(frozen=True)
class Debt:
    """One of several debts of the same kind when a payment comes in.

    `secured` is the part of it that security covers (0 to 1) and `burden` how dear it is to the
    debtor, such as its rate: both decide which debt is settled first. A `disputed` debt comes last
    unless the debtor names it: who contests a debt does not mean to pay it.
    """

    number: str
    due: date
    principal: Amount
    interest: Amount = Decimal(0)
    secured: Decimal = Decimal(0)
    burden: Decimal = Decimal(0)
    disputed: bool = False


@dataclass(frozen=True)
class Share:
    """What of a payment goes to one debt; exact fractions, to be rounded once at the end."""

    number: str
    disputed: bool
    interest: Fraction
    principal: Fraction


@dataclass(frozen=True)
class Allocation:
    """A payment taken apart: costs, a share for each debt that it reached, and what is left."""

    costs: Fraction
    shares: tuple[Share, ...]
    surplus: Fraction


def allocate(
    amount: Amount,
    debts: Iterable[Debt],
    on: date,
    *,
    costs: Amount = Decimal(0),
    designated: str | None = None,
    order: Sequence[str] = INTEREST_FIRST,
) -> Allocation:
    """Set a payment received on a day against debts of one kind to one creditor.

    First `costs` of enforcing; then the debt that the debtor `designated` when it paid; then debts
    that are due, the least secured, the most burdensome, the oldest due, and pro rata among equals.
    Within a debt interest comes before principal, unless `order` says otherwise (the double
    interest of enforcement: principal first).
    Source: Civil Code 560 (debts), 561 (costs, interest, principal).

    >>> owed = [Debt("A", date(2025, 1, 31), Decimal(1000), Decimal(30)),
    ...         Debt("B", date(2025, 2, 28), Decimal(500))]
    >>> [(s.number, int(s.interest), int(s.principal))
    ...  for s in allocate(Decimal(1200), owed, date(2025, 6, 1)).shares]
    [('A', 30, 1000), ('B', 0, 170)]
    """
    debts = list(debts)
    if designated is not None and designated not in {debt.number for debt in debts}:
        raise InputError("interest.unknown_designation", number=designated)
    left = Fraction(amount)
    to_costs = min(left, Fraction(costs))
    left -= to_costs
    shares = []
    for equals in _in_order(debts, on, designated):
        owed = [Fraction(debt.principal) + Fraction(debt.interest) for debt in equals]
        given = min(left, sum(owed))
        left -= given
        for debt, each in zip(equals, owed, strict=True):
            if each and given:
                shares.append(_share(debt, given * each / sum(owed), order))
    return Allocation(to_costs, tuple(shares), left)


def _in_order(debts: list[Debt], on: date, designated: str | None) -> list[list[Debt]]:
    ranked: dict[tuple, list[Debt]] = {}
    for debt in debts:
        rank = (
            debt.number != designated,
            debt.disputed,
            debt.due > on,
            debt.secured,
            -debt.burden,
            debt.due,
        )
        ranked.setdefault(rank, []).append(debt)
    return [ranked[rank] for rank in sorted(ranked)]


def _share(debt: Debt, given: Fraction, order: Sequence[str]) -> Share:
    parts: Mapping[str, Fraction] = {
        "interest": Fraction(debt.interest),
        "principal": Fraction(debt.principal),
    }
    first, second = order
    to_first = min(given, parts[first])
    shares = {first: to_first, second: given - to_first}
    return Share(debt.number, debt.disputed, shares["interest"], shares["principal"])
