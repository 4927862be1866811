"""Which invoices a customer gets: each month's purchases cut into invoices, with their dates.

Money is in cents, whole numbers, so that the ledger reconciles to the cent. Dates are numpy days.

The books of a credit review (`behaviour.books_at`) know only amounts per month. The ledger fills
them in without contradicting them, for which an invoice must fall due in the month that they say,
and what fell due shortly before a review must be paid month by month as they have it.
So the company bills between the 4th and the 27th (it closes its books after that), and a customer
on terms of 45 days gets one half of a month's purchases before the 14th, the other after the 17th.
"""

from dataclasses import dataclass

import numpy as np

from creditlib.data.world.behaviour import Behaviour, books_at
from creditlib.data.world.dates import MONTHS, REVIEWS, month_of
from creditlib.data.world.hidden import Hidden

_HALVES = {45: ((4, 13), (18, 27))}
_WHOLE = ((4, 27),)
SLOTS = 6  # paid on time · late in the month due · one, two, three months later · not by the end


@dataclass(frozen=True)
class Batches:
    """Invoices of one customer that fall due in one month, before they are told apart."""

    customer: np.ndarray  # row in the hidden arrays
    billed: np.ndarray  # month of the invoices
    due: np.ndarray  # month in which they fall due
    first_day: np.ndarray  # of the days on which they may be dated
    last_day: np.ndarray
    cents: np.ndarray
    days_late: np.ndarray  # of the part paid late
    slots: np.ndarray  # batches × SLOTS, cents settled in each
    near_review: np.ndarray  # whether a review saw some of it as just past due


def batches(hidden: Hidden, behaviour: Behaviour) -> Batches:
    """Return every batch of the 48 months, in order of customer and month."""
    parts = []
    for terms in np.unique(behaviour.terms):
        rows = np.flatnonzero(behaviour.terms == terms)
        spans = _HALVES.get(int(terms), _WHOLE)
        customer, billed = (
            axis.ravel() for axis in np.meshgrid(rows, range(MONTHS), indexing="ij")
        )
        cents = np.rint(behaviour.invoiced[customer, billed] * 100).astype(np.int64)
        left = cents.copy()
        for number, (first, last) in enumerate(spans):
            share = left // (len(spans) - number)
            left = left - share
            months = int(terms) // 30 + number
            parts.append(
                (customer, billed, billed + months, np.full_like(billed, first),
                 np.full_like(billed, last), share)
            )  # fmt: skip
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    keep = columns[-1] > 0
    order = np.lexsort((columns[3][keep], columns[1][keep], columns[0][keep]))
    customer, billed, due, first, last, cents = (column[keep][order] for column in columns)
    first = np.maximum(first, _opened_on(hidden, customer, billed))
    share, days = _lateness(behaviour, customer, due)
    months = np.array([month_of(as_of) for as_of in REVIEWS])
    age = months[None, :] - due[:, None]
    near_review = ((age >= 0) & (age <= 2)).any(axis=1)
    slots = _slots(cents, share, days, due)
    slots[~near_review, 1] = slots[~near_review, 1:5].sum(axis=1)
    slots[~near_review, 2:5] = 0
    for as_of in REVIEWS:
        _agree(month_of(as_of), hidden, behaviour, customer, billed, due, cents, slots)
    return Batches(
        customer, billed, due, first, np.maximum(first, last), cents, days, slots, near_review
    )


def _opened_on(hidden: Hidden, customer: np.ndarray, billed: np.ndarray) -> np.ndarray:
    """The day of the month from which a customer that joined in it can be billed."""
    months = np.array([month_of(day) for day in hidden.since])
    days = np.array([day.day for day in hidden.since])
    return np.where(months[customer] == billed, days[customer], 1)


def _lateness(behaviour: Behaviour, customer, due) -> tuple[np.ndarray, np.ndarray]:
    # What falls due after the 48 months is not settled in them; how late it will be is not asked.
    within = np.minimum(due, MONTHS - 1)
    return behaviour.share_late[customer, within], behaviour.days_late[customer, within]


def _still_owed(late_cents: np.ndarray, days_late: np.ndarray, months_later: int) -> np.ndarray:
    """Cents of a late part still owed at the end of a month after that in which it fell due."""
    return np.rint(late_cents * np.clip((days_late - 30.0 * months_later) / 30, 0, 1))


def _slots(cents, share, days, due) -> np.ndarray:
    """How much of each batch is settled when; the rows sum to `cents`."""
    late = cents * share
    owed = [np.minimum(_still_owed(late, days, months), cents) for months in range(4)]
    on_time = np.minimum(cents - np.rint(late), cents - owed[0])
    slots = np.stack(
        [
            on_time,
            cents - on_time - owed[0],
            owed[0] - owed[1],
            owed[1] - owed[2],
            owed[2] - owed[3],
            owed[3],
        ],
        axis=1,
    ).astype(np.int64)
    # Nothing is settled after the books end.
    for slot, months in enumerate((0, 0, 1, 2, 3)):
        beyond = due + months >= MONTHS
        slots[beyond, -1] += slots[beyond, slot]
        slots[beyond, slot] = 0
    return slots


def _agree(month: int, hidden, behaviour, customer, billed, due, cents, slots) -> None:
    """Move the cents lost in rounding, so that a review's receivable is the ledger's own sum."""
    age = month - due
    owed = np.zeros(len(cents), dtype=np.int64)
    for months in range(4):
        owed = np.where(age == months, slots[:, 2 + months :].sum(axis=1), owed)
    owed = np.where(age > 3, slots[:, -1], owed)
    owed = np.where((age < 0) & (billed <= month), cents, owed)
    target = np.rint(books_at(behaviour, hidden, month).receivable * 100).astype(np.int64)
    ledger = np.bincount(customer, weights=owed, minlength=len(target)).astype(np.int64)
    missing = target - ledger
    for months in (0, 1):  # a cent from one slot of a batch to the next
        later, sooner = (
            slots[:, 2 + months],
            slots[:, :2].max(axis=1) if not months else slots[:, 2],
        )
        takes = np.flatnonzero((age == months) & (later > 10) & (sooner > 10))
        rows, first = np.unique(customer[takes], return_index=True)
        batch = takes[first]
        slots[batch, 2 + months] += missing[rows]
        giver = np.argmax(slots[batch, :2], axis=1) if not months else np.full(len(batch), 2)
        slots[batch, giver] -= missing[rows]
        missing[rows] = 0
