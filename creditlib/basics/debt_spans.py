"""What was open on each invoice of a ledger, from which day to which: its debt as spans of time."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.basics.ledger_frames import Ledger, amounts_of, days_of, names_of

ONE_DAY = np.timedelta64(1, "D")
FOREVER = np.datetime64("9999-12-31", "D")
# Whole numbers add up exactly; hundredths of a cent, so that three thirds of an invoice settle it.
FINE = 10_000
FINE_IN_A_CENT = 100


@dataclass(frozen=True)
class Changes:
    """What an amount on an invoice (its row, counted from 0) changes by, from which day on."""

    invoice: np.ndarray
    day: np.ndarray
    by: np.ndarray


@dataclass(frozen=True)
class Disputed:
    """What is in dispute, as it changes: the amount or, if `whole`, the number of disputes."""

    changes: Changes
    whole: bool


@dataclass(frozen=True)
class Spans:
    """What was open on an invoice, in cents, at the end of each day from `first` to before `end`.

    The spans of an invoice follow each other in time; its last one ends `FOREVER`.
    """

    invoice: np.ndarray
    first: np.ndarray
    end: np.ndarray
    cents: np.ndarray

    def past_due(self, due: np.ndarray, days: int) -> "Spans":
        """Return the part of each span in which its invoice is more than `days` past due."""
        first = np.maximum(self.first, due[self.invoice] + (days + 1) * ONE_DAY)
        kept = (first < self.end) & (self.cents != 0)  # never, where there is no due date
        return Spans(self.invoice[kept], first[kept], self.end[kept], self.cents[kept])


def in_dispute(disputes: pd.DataFrame, invoice_ids: pd.Series) -> Disputed:
    """Return what is in dispute on which invoice, from the day `opened` to the day before `closed`.

    Without a column `amount` whole invoices are in dispute. A dispute about an invoice that is not
    there, or closed before it was opened, counts for nothing.
    """
    whole = "amount" not in disputes
    by = np.ones(len(disputes), dtype=np.int64)
    if not whole:
        by = _fine(amounts_of(disputes, "amount", "disputes"))
    opened = _days(days_of(disputes, "opened", "disputes"))
    closed = _days(days_of(disputes, "closed", "disputes", required=False))
    invoice = pd.Index(invoice_ids).get_indexer(names_of(disputes, "invoice_id", "disputes"))
    known = (invoice >= 0) & ~(closed < opened)
    over = known & ~np.isnat(closed)
    changes = Changes(
        invoice=np.concatenate([invoice[known], invoice[over]]),
        day=np.concatenate([opened[known], closed[over]]),
        by=np.concatenate([by[known], -by[over]]),
    )
    return Disputed(changes, whole)


def debt_spans(read: Ledger, counted: np.ndarray, disputed: Disputed | None = None) -> Spans:
    """Return the spans of every invoice; of the credit notes only the `counted` ones settle.

    What is in dispute is taken off, even where that is more than is open.
    """
    entries = _entries(read, counted)
    doubts = disputed.changes if disputed else Changes(*np.zeros((3, 0), dtype=np.int64))
    invoice = np.concatenate([entries.invoice, doubts.invoice])
    first = np.concatenate([entries.day, doubts.day.astype("datetime64[D]")])
    first = np.maximum(first, _days(read.invoiced)[invoice])  # nothing before the invoice is there
    order = np.lexsort((first, invoice))
    invoice, first = invoice[order], first[order]
    begins = np.flatnonzero(np.diff(invoice, prepend=-1))

    def running(by: np.ndarray) -> np.ndarray:
        total = np.cumsum(by[order])
        before = np.concatenate([[0], total])[begins]
        return total - np.repeat(before, np.diff(begins, append=len(order)))

    none, no_doubt = np.zeros_like(doubts.by), np.zeros_like(entries.by)
    left = running(np.concatenate([entries.by, none]))
    doubted = running(np.concatenate([no_doubt, doubts.by]))
    whole = disputed is not None and disputed.whole
    left = np.where(doubted > 0, 0, left) if whole else left - doubted
    end = np.concatenate([first[1:], [FOREVER]])[: len(first)]
    end[begins[1:] - 1] = FOREVER
    return Spans(invoice, first, end, np.round(left / FINE_IN_A_CENT).astype(np.int64))


def _entries(read: Ledger, counted: np.ndarray) -> Changes:
    """All that adds to an invoice or settles it."""
    notes, payments = read.credit_notes, read.payments
    invoice = np.concatenate(
        [np.arange(len(read.amount)), payments.invoice, notes.invoice[counted]]
    )
    day = np.concatenate([read.invoiced, payments.date, notes.date[counted]])
    amount = np.concatenate([read.amount, -payments.amount, -notes.amount[counted]])
    known = invoice >= 0
    return Changes(invoice[known], _days(day[known]), _fine(amount[known]))


def _fine(amounts: np.ndarray) -> np.ndarray:
    return np.round(amounts * FINE).astype(np.int64)


def _days(dates: "np.ndarray | pd.Series") -> np.ndarray:
    return np.asarray(dates).astype("datetime64[D]")
