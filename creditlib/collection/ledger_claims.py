"""The claims that a ledger holds on a day: one per customer with something past due.

Frames are those of `basics.receivable_tables`; disputes have `invoice_id`, `opened`, `closed`
(blank while open) and `amount`.
"""

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from creditlib.basics.ledger_frames import day
from creditlib.basics.receivable_tables import open_items
from creditlib.collection.claim import Claim, OwedInvoice, Party
from creditlib.errors import InputError

CENT = Decimal("0.01")


def past_due_claims(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    disputes: pd.DataFrame,
    debtors: Mapping[str, Party],
    creditor: Party,
    as_of: object,
    **terms: object,
) -> dict[str, Claim]:
    """Return the claim on each customer with an invoice past due at the end of `as_of`.

    Each invoice stands with what is open of it, to the cent; `disputed` is what is contested that
    day, at most what is open. Invoices that are due today or later, or that were paid too much,
    make no claim. `debtors` gives the party of each customer; `terms` go to every `Claim`
    (`daily_penalty`, `account`, …). The ledger's order is kept: oldest due date first.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"], "customer_id": ["C1", "C1"],
    ...     "invoice_date": ["2025-10-01", "2025-12-01"], "due_date": ["2025-10-31", "2026-01-30"],
    ...     "amount": [1000.0, 500.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1"], "payment_date": ["2025-11-20"],
    ...     "amount": [400.0]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> disputes = pd.DataFrame({"invoice_id": ["I1"], "opened": ["2025-12-01"],
    ...     "closed": [None], "amount": [250.0]})
    >>> found = past_due_claims(invoices, payments, none, disputes, {"C1": Party("Buyer")},
    ...     Party("Seller"), "2025-12-31")
    >>> found["C1"].principal, found["C1"].disputed, found["C1"].days_overdue
    (Decimal('600.00'), Decimal('250.00'), 61)
    """
    items = open_items(invoices, payments, credit_notes, as_of)
    items = items[(items["days_past_due"] > 0) & (items["open_amount"] > 0)]
    contested = _contested(disputes, as_of)
    today = pd.Timestamp(day(as_of)).date()
    claims = {}
    for customer, owed in items.sort_values(["due_date", "invoice_id"]).groupby("customer_id"):
        if str(customer) not in debtors:
            raise InputError("plan.no_party", customer=customer)
        claims[str(customer)] = Claim(
            debtor=debtors[str(customer)],
            creditor=creditor,
            invoices=tuple(_invoice(row, contested) for row in owed.to_dict("records")),
            as_of=today,
            **terms,
        )
    return claims


def _invoice(row: Mapping, contested: Mapping[str, float]) -> OwedInvoice:
    amount = _cents(row["open_amount"])
    disputed = min(amount, _cents(contested.get(row["invoice_id"], 0.0)))
    issued, due = (pd.Timestamp(row[name]).date() for name in ("invoice_date", "due_date"))
    return OwedInvoice(str(row["invoice_id"]), issued, due, amount, disputed)


def _contested(disputes: pd.DataFrame, as_of: object) -> Mapping[str, float]:
    today = pd.Timestamp(day(as_of))
    opened, closed = (pd.to_datetime(disputes[name]) for name in ("opened", "closed"))
    standing = disputes[(opened <= today) & (closed.isna() | (closed > today))]
    return standing.groupby("invoice_id")["amount"].sum().to_dict()


def _cents(amount: float) -> Decimal:
    return Decimal(str(amount)).quantize(CENT)
