"""The tables of a ledger's health: what is disputed, who owes, how old it is, how it moved."""

from collections.abc import Sequence

import pandas as pd

from creditlib.basics.ledger_frames import amounts_of, days_of
from creditlib.basics.receivable_history import month_ends
from creditlib.basics.receivable_tables import ageing
from creditlib.basics.receivables import dso
from creditlib.errors import CreditError

BUCKETS = (0, 30, 60, 90, 180)
# A month counts as ended a weekend before it does: the last entry is often not of its last day.
NEARLY_ENDED = pd.Timedelta(days=4)
MONTHS = 3  # of sales, for the DSO at a month end


def disputed_amounts(items: pd.DataFrame, disputes: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """Return what of each open item is disputed on a day, on the index of `items`.

    Disputes of an item add up, to no more than what is open of it. `closed` is the day on which a
    dispute ended, blank while it is open.

    >>> items = pd.DataFrame({"invoice_id": ["I1", "I2"], "open_amount": [500.0, 80.0]})
    >>> disputes = pd.DataFrame({"invoice_id": ["I1", "I2", "I2"], "amount": [200.0, 60.0, 60.0],
    ...     "opened": ["2025-11-01", "2025-12-01", "2025-12-02"], "closed": [None, None, None]})
    >>> disputed_amounts(items, disputes, pd.Timestamp("2025-12-31")).tolist()
    [200.0, 80.0]
    """
    opened = days_of(disputes, "opened", "disputes")
    closed = days_of(disputes, "closed", "disputes", required=False)
    amount = pd.Series(amounts_of(disputes, "amount", "disputes"), disputes.index)
    running = (opened <= as_of) & (closed.isna() | (closed > as_of))
    by_invoice = amount[running].groupby(disputes.loc[running, "invoice_id"]).sum()
    disputed = items["invoice_id"].map(by_invoice).astype(float).fillna(0.0)
    return disputed.clip(upper=items["open_amount"].clip(lower=0)).round(2)


def customer_balances(items: pd.DataFrame) -> pd.DataFrame:
    """Return a row per customer, the largest first: `receivable`, `past_due` and `share`.

    `share` is of all that customers with a balance above zero owe; NaN for the others. The name is
    that of the customer's first item, if items have `customer_name`.

    >>> items = pd.DataFrame({"customer_id": ["C1", "C2"], "open_amount": [100.0, 300.0],
    ...     "days_past_due": [12.0, -5.0]})
    >>> customer_balances(items).values.tolist()
    [['C2', 300.0, 0.0, 0.75], ['C1', 100.0, 100.0, 0.25]]
    """
    late = items["open_amount"].where(items["days_past_due"] > 0, 0.0)
    names = {"customer_name": "first"} if "customer_name" in items else {}
    sums = {"open_amount": "sum", "past_due": "sum"}
    grouped = items.assign(past_due=late).groupby("customer_id").agg(names | sums)
    table = grouped.rename(columns={"open_amount": "receivable"}).reset_index()
    table[["receivable", "past_due"]] = table[["receivable", "past_due"]].astype(float).round(2)
    owed = table["receivable"].where(table["receivable"] > 0)
    table["share"] = owed / owed.sum()
    order = ["receivable", "customer_id"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def ageing_totals(
    items: pd.DataFrame, as_of: pd.Timestamp, buckets: Sequence[int] = BUCKETS
) -> pd.DataFrame:
    """Return the ledger's `amount` and `share` per bucket of `ageing`, in the order of age.

    >>> items = pd.DataFrame({"customer_id": ["C1", "C1"], "due_date": ["2025-10-31", "2026-01-15"],
    ...     "open_amount": [600.0, 200.0]})
    >>> ageing_totals(items, pd.Timestamp("2025-12-31"))["share"].to_dict()["61-90"]
    0.75
    """
    table = ageing(items, as_of, buckets)
    amount = table.drop(columns=["total", "reason"], errors="ignore").sum().round(2)
    total = amount.sum()
    share = amount / (total if total > 0 else float("nan"))
    return pd.DataFrame({"amount": amount, "share": share}).rename_axis("bucket")


def month_end_series(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """Return `month_ends` up to `as_of`, with `dso` over three months; no row without invoices.

    `dso` is NaN in the first two months and where it is not defined (see `dso`). A month that ends
    up to four days after `as_of` is taken as ended, and a month without entries has its row too.
    """
    if len(invoices):
        payments = _up_to(payments, as_of)
    table = month_ends(invoices, payments, credit_notes)
    table = table[table.index <= as_of + NEARLY_ENDED]
    sales = table["credit_sales"].rolling(MONTHS).sum()
    days = pd.Series(table.index.days_in_month, table.index).rolling(MONTHS).sum()
    return table.assign(
        dso=[_dso_or_nan(*month) for month in zip(table["receivables"], sales, days, strict=True)]
    )


def _up_to(payments: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return payments with one of nothing on `as_of`: month ends then run up to that day."""
    paid_on = days_of(payments, "payment_date", "payments")
    return pd.DataFrame(
        {
            "invoice_id": [*payments["invoice_id"], ""],
            "payment_date": [*paid_on, as_of],
            "amount": [*amounts_of(payments, "amount", "payments"), 0.0],
        }
    )


def _dso_or_nan(receivables: float, sales: float, days: float) -> float:
    try:
        return dso(receivables, sales, days)
    except CreditError:
        return float("nan")
