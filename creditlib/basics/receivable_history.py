"""How a ledger moved: one row per month end, reconciled with its entries.

The frames are those of `receivable_tables`. What a customer paid without an invoice to put it
against is never taken off the open invoices: it stands beside them, as unapplied cash.
"""

from itertools import compress

import numpy as np
import pandas as pd

from creditlib.basics.ledger_frames import ledger

ONE_DAY = np.timedelta64(1, "D")


def month_ends(
    invoices: pd.DataFrame, payments: pd.DataFrame, credit_notes: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per month end, from the month of the first entry to that of the last.

    The index is `month_end`. Over the month: `beginning`, `credit_sales` (invoiced), `payments` and
    `credit_notes`; at its end: `receivables` = beginning + credit sales − payments − credit notes,
    and what it is made of, `current` + `past_due` + `undated` − `unapplied`. `undated` are open
    invoices without a due date, `unapplied` payments and credit notes whose invoice is unknown or
    dated later; `reason` names them ("no_due_date", "unapplied_cash", both), else it is "".

    Months before the ledger is complete show only what it holds of them; the last month may still
    be running, its row is then the state after the last entry.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"],
    ...     "invoice_date": ["2025-10-01", "2025-11-01"], "due_date": ["2025-10-31", "2025-12-31"],
    ...     "amount": [1000.0, 500.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1"], "payment_date": ["2025-11-20"],
    ...     "amount": [400.0]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> table = month_ends(invoices, payments, none)
    >>> table[["receivables", "current", "past_due"]].values.tolist()
    [[1000.0, 1000.0, 0.0], [1100.0, 500.0, 600.0]]
    """
    read = ledger(invoices, payments, credit_notes)
    sold, paid, credited = (
        _month(dates) for dates in (read.invoiced, read.payments.date, read.credit_notes.date)
    )
    posted = np.concatenate([sold, paid, credited])
    first = int(posted.min()) if len(posted) else 0
    count = int(posted.max()) - first + 1 if len(posted) else 0

    def by_month(month: np.ndarray, amount: np.ndarray) -> np.ndarray:
        return np.bincount(month - first, weights=amount, minlength=count)[:count]

    sales = by_month(sold, read.amount)
    payments_in = by_month(paid, read.payments.amount)
    credits_in = by_month(credited, read.credit_notes.amount)
    receivables = np.cumsum(sales - payments_in - credits_in)

    # Every entry counts on its invoice from the month in which both are there, and is part of what
    # is past due from the month that ends after the due date.
    amount = np.concatenate([read.amount, -read.payments.amount, -read.credit_notes.amount])
    invoice = np.concatenate(
        [np.arange(len(sold)), read.payments.invoice, read.credit_notes.invoice]
    )
    known = invoice >= 0
    amount, invoice, there = amount[known], invoice[known], posted[known]
    there = np.maximum(there, sold[invoice])
    dated = ~np.isnat(read.due)[invoice]
    late = np.maximum(there[dated], _month(read.due[invoice[dated]] + ONE_DAY))
    applied = np.cumsum(by_month(there, amount))
    past_due = np.cumsum(by_month(late, amount[dated]))
    undated = np.cumsum(by_month(there[~dated], amount[~dated]))

    start = pd.Timestamp(np.datetime64(first, "M").astype("datetime64[s]"))
    table = pd.DataFrame(
        {
            "beginning": receivables - sales + payments_in + credits_in,
            "credit_sales": sales,
            "payments": payments_in,
            "credit_notes": credits_in,
            "receivables": receivables,
            "current": applied - past_due - undated,
            "past_due": past_due,
            "undated": undated,
            "unapplied": applied - receivables,
        },
        index=pd.date_range(start, periods=count, freq="ME", name="month_end"),
    )
    table = table.round(2) + 0.0  # -0.0 + 0.0 is 0.0
    both = zip(table["undated"] != 0, table["unapplied"] != 0, strict=True)
    table["reason"] = [", ".join(compress(("no_due_date", "unapplied_cash"), row)) for row in both]
    return table


def _month(dates: np.ndarray) -> np.ndarray:
    return dates.astype("datetime64[M]").astype(int)
