"""Which invoice a payment settles: the one it names, else the customer's oldest first."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Items:
    """Invoices, or what settles them, as columns of whole numbers.

    `account` is the customer in one currency, `number` the invoice (−1: none is named), `day` the
    day that decides the order, `cents` the amount.
    """

    account: np.ndarray
    number: np.ndarray
    day: np.ndarray
    cents: np.ndarray

    def of(self, held: np.ndarray) -> "Items":
        """Some of the items."""
        return Items(self.account[held], self.number[held], self.day[held], self.cents[held])


@dataclass(frozen=True)
class Pieces:
    """Credits cut into pieces: of which credit, to which invoice (−1: unapplied), how much."""

    credit: np.ndarray
    invoice: np.ndarray
    cents: np.ndarray


def settle(invoices: Items, credits: Items) -> Pieces:
    """Return what each credit settles; the cents of its pieces are its own, to the cent.

    A credit that names a number settles the invoices of that number, and what is left of it settles
    nothing else. One that names none settles the customer's open invoices, oldest first.

    >>> invoices = Items(*map(np.array, ([0, 0], [7, 8], [1, 2], [100, 200])))
    >>> credits = Items(*map(np.array, ([0, 0], [8, -1], [3, 4], [50, 300])))
    >>> pieces = settle(invoices, credits)
    >>> list(zip(*(column.tolist() for column in (pieces.credit, pieces.invoice, pieces.cents))))
    [(0, 1, 50), (1, 0, 100), (1, 1, 150), (1, -1, 50)]
    """
    named = credits.number >= 0
    places = np.flatnonzero(named)
    pair = _together(invoices, credits.of(named))
    first = _allocate(invoices, credits.of(named), *pair)
    settled = np.bincount(
        first.invoice[first.invoice >= 0],
        weights=first.cents[first.invoice >= 0],
        minlength=len(invoices.cents),
    ).astype(np.int64)
    left = Items(invoices.account, invoices.number, invoices.day, invoices.cents - settled)
    free = np.flatnonzero(~named)
    second = _allocate(left, credits.of(~named), invoices.account, credits.account[~named])
    pieces = Pieces(
        np.concatenate([places[first.credit], free[second.credit]]),
        np.concatenate([first.invoice, second.invoice]),
        np.concatenate([first.cents, second.cents]),
    )
    order = np.argsort(pieces.credit, kind="stable")
    return Pieces(pieces.credit[order], pieces.invoice[order], pieces.cents[order])


def _together(invoices: Items, credits: Items) -> tuple[np.ndarray, np.ndarray]:
    """Account and number as one number."""
    size = 1 + max(int(invoices.number.max(initial=0)), int(credits.number.max(initial=0)))
    return invoices.account * size + invoices.number, credits.account * size + credits.number


def _allocate(
    invoices: Items, credits: Items, invoice_group: np.ndarray, credit_group: np.ndarray
) -> Pieces:
    """Lay the invoices and the credits of each group end to end and cut where either changes.

    Works on whole columns: each group is a stretch of a line, on which invoices and credits are
    intervals; a piece between two cuts belongs to one of each.
    """
    nothing = np.zeros(0, dtype=np.int64)
    if not len(credits.cents):
        return Pieces(nothing, nothing, nothing)
    code, groups = pd.factorize(np.concatenate([invoice_group, credit_group]))
    owed = _Line(code[: len(invoices.cents)], invoices)
    paid = _Line(code[len(invoices.cents) :], credits)
    length = np.maximum(owed.lengths(len(groups)), paid.lengths(len(groups)))
    offset = np.cumsum(length) - length
    owed.lay(offset)
    paid.lay(offset)
    cuts = np.sort(np.concatenate([owed.start, owed.end, paid.start, paid.end]))
    size = np.diff(cuts)
    left, size = cuts[:-1][size > 0], size[size > 0]
    invoice, credit = owed.at(left), paid.at(left)
    held = credit >= 0
    return Pieces(credit[held], invoice[held], size[held])


class _Line:
    """Amounts laid end to end within their groups, oldest first, as intervals of whole cents."""

    def __init__(self, group: np.ndarray, items: Items):
        order = np.lexsort((items.day, group))
        self.order = order[items.cents[order] > 0]
        self.group = group[self.order]
        self.cents = items.cents[self.order]

    def lengths(self, groups: int) -> np.ndarray:
        total = np.zeros(groups, dtype=np.int64)
        np.add.at(total, self.group, self.cents)
        return total

    def lay(self, offset: np.ndarray) -> None:
        total = self.lengths(len(offset))
        before = np.cumsum(total) - total
        self.end = np.cumsum(self.cents) - before[self.group] + offset[self.group]
        self.start = self.end - self.cents

    def at(self, points: np.ndarray) -> np.ndarray:
        """Position of the item whose interval holds each point, −1 where none does."""
        if not len(self.start):
            return np.full(len(points), -1)
        place = np.searchsorted(self.start, points, side="right") - 1
        held = np.maximum(place, 0)
        return np.where((place >= 0) & (points < self.end[held]), self.order[held], -1)
