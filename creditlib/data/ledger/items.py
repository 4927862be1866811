"""Ledgers with a row per invoice, open or not, and ageing reports with a row per customer."""

import numpy as np
import pandas as pd

from creditlib.data.ledger.postings import CENT, NAT, TYPES, Postings
from creditlib.data.ledger.rules import OPEN_ENDED


def post_invoices(postings: Postings) -> None:
    """Add invoices, and what was paid or credited of each."""
    money, blank = postings.values.money, postings.values.blank
    nothing = np.zeros(postings.size)
    postings.leave(postings.posting & blank["amount"], "no_amount_in_row")
    amount, credited = money["amount"], money.get("credited", nothing)
    paid = money.get("paid", nothing)
    if "balance" in money:
        rest = np.round(amount - credited - money["balance"], 2)
        given = ~blank["balance"]
        unsaid = blank["paid"] if "paid" in blank else np.ones(postings.size, dtype=bool)
        postings.leave(postings.posting & unsaid & ~given, "no_amount_in_row")
        paid = np.where(unsaid, rest, paid)
        apart = postings.posting & ~unsaid & given & (np.abs(rest - paid) >= CENT)
        cells = postings.text("balance")
        postings.warn(apart, "balance_differs", postings.heading("balance"), cells)
    elif "paid" not in money and "payment_date" in postings.values.day:
        whole = ~np.isnat(postings.values.day["payment_date"])
        paid = np.where(whole, amount - credited, 0.0)
        count = int((whole & postings.posting).sum())
        heading = postings.heading("payment_date")
        postings.findings.add("note", "paid_by_date", None, heading, count)
    elif "paid" not in money:
        postings.findings.add("warning", "nothing_paid")
    # Of a credit that is partly used up only the rest is known: it settles no invoice yet.
    used = postings.posting & (amount < 0) & (paid <= -CENT) & (amount - paid < CENT)
    rest = np.round(amount - paid, 2)
    postings.warn(used & (np.abs(rest) >= CENT), "balance_beyond", postings.heading("amount"), rest)
    amount, paid = np.where(used, rest, amount), np.where(used, 0.0, paid)
    _post_settled(postings, amount, paid, credited)


def post_open_items(postings: Postings) -> None:
    """Add open invoices; what the balance is short of the amount has been paid."""
    money, blank = postings.values.money, postings.values.blank
    nothing = np.zeros(postings.size)
    if "balance" in money:
        balance, empty = money["balance"], blank["balance"]
    else:  # an ageing report with a row per invoice
        buckets = [name for name in money if name.startswith("bucket")]
        balance = np.round(np.sum([money[name] for name in buckets], axis=0), 2)
        empty = np.all([blank[name] for name in buckets], axis=0)
    postings.leave(postings.posting & empty, "no_amount_in_row")
    amount = money.get("amount", balance)
    if "amount" in blank:
        amount = np.where(blank["amount"], balance, amount)
    # A credit that is partly used up, or a balance beyond its invoice: only the rest is known.
    odd = np.abs(balance) - np.abs(amount) >= CENT
    odd |= (amount * balance < 0) | ((amount < 0) & (np.abs(balance - amount) >= CENT))
    odd &= postings.posting
    postings.warn(odd, "balance_beyond", postings.heading("balance"), balance)
    amount = np.where(odd, balance, amount)
    _post_settled(postings, amount, np.round(amount - balance, 2), nothing)


def _post_settled(
    postings: Postings, amount: np.ndarray, paid: np.ndarray, credited: np.ndarray
) -> None:
    """Add invoices, and what of each is settled, on the day that the file gives for it."""
    reducing = np.isin(postings.types, ("payment", "credit_note", "write_off"))
    postings.warn(postings.posting & reducing & (amount > CENT), "sign_against_type", None, amount)
    postings.add(postings.posting, amount, "amount")
    day = postings.values.day.get("payment_date", np.full(postings.size, NAT))
    undated = np.isnat(day)
    settled = np.abs(paid) + np.abs(credited) >= CENT
    count = int((postings.posting & undated & settled).sum())
    if count:
        postings.findings.add("note", "undated_payments", None, None, count)
    number, document = postings.text("invoice_id"), postings.text("document_id")
    own = number.mask(number == "", document)
    blank = pd.Series("", index=range(postings.size), dtype="str")
    if (own == "").any():  # the invoice goes by its row
        own = own.mask(own == "", "I#" + pd.Series(postings.body.rows).astype("str"))
    common = {
        "date": day,
        "number": own,
        "reference": own,
        "id": blank,
        "method": postings.text("method").mask(undated, "undated"),
    }
    for column, value, kind in (("paid", paid, "payment"), ("credited", credited, "credit_note")):
        types = pd.Categorical.from_codes(np.full(postings.size, TYPES.index(kind)), TYPES)
        postings.add(postings.posting, -value, column, type=types, **common)


def post_aged(postings: Postings, as_of: np.datetime64) -> None:
    """Add each customer's balance per ageing column, due on the newest day of the column."""
    columns, values = postings.columns, postings.values
    if not any(days == (0, 0) for days in columns.buckets.values()):
        postings.findings.add("warning", "age_from_what")
    names = {place: f"bucket {place}" for place in columns.buckets}
    total = next((name for name in ("balance", "amount") if name in columns), None)
    empty = np.all([values.blank[name] for name in names.values()], axis=0)
    postings.leave(postings.posting & empty, "no_amount_in_row")
    if total:
        parts = np.sum([values.money[name] for name in names.values()], axis=0)
        apart = postings.posting & ~values.blank[total]
        apart &= np.abs(parts - values.money[total]) >= CENT
        postings.warn(apart, "buckets_differ", postings.heading(total), postings.text(total))
    for place, (first, _) in columns.buckets.items():
        newest = (as_of - np.timedelta64(min(first, OPEN_ENDED), "D")).astype("datetime64[us]")
        day = np.full(postings.size, newest)
        name = postings.customer + f" {columns.mapped[place].heading}"
        held, amount = postings.posting, values.money[names[place]]
        postings.add(held, amount, "bucket", date=day, due=day, id=name, number=name)
    postings.findings.add("note", "aged_days")
