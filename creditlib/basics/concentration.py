"""Chapter 1: how much of a ledger, or of sales, hangs on few customers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Concentration:
    """How much of a total the largest customers have, and how many equal ones that is like.

    `largest_1`, `largest_5` and `largest_10` are shares of the total; `hhi` is the
    Herfindahl-Hirschman index, the sum of the squared shares; `effective_number` is 1 ÷ `hhi`.
    """

    largest_1: float
    largest_5: float
    largest_10: float
    hhi: float
    effective_number: float


def concentration(balances: Sequence[float]) -> Concentration | None:
    """Return how concentrated balances (or weights) are; None if none of them is above zero.

    Those of zero or below do not count: a customer with a credit balance owes nothing.

    >>> found = concentration([30, 20, 15, 10, 10, 5, 5, 5])
    >>> round(found.largest_5, 4), round(found.hhi, 4), round(found.effective_number, 3)
    (0.85, 0.18, 5.556)
    """
    owed = sorted((balance for balance in balances if balance > 0), reverse=True)
    if not owed:
        return None
    shares = [balance / sum(owed) for balance in owed]
    hhi = sum(share**2 for share in shares)
    return Concentration(shares[0], sum(shares[:5]), sum(shares[:10]), hhi, 1 / hhi)
