"""A ledger with a row per posting: debits and credits, or amounts with a sign or a direction."""

import numpy as np
import pandas as pd

from creditlib.data.ledger.postings import CENT, TYPES, Postings
from creditlib.data.ledger.rows import DATA, OPENING
from creditlib.data.ledger.sides import directions


def post_journal(postings: Postings) -> None:
    """Add every posting of a journal, and what was owed before its first row."""
    money, blank = postings.values.money, postings.values.blank
    sides = [name for name in ("debit", "credit") if name in money]
    if sides:
        empty = np.all([blank[name] for name in sides], axis=0)
        postings.leave(postings.posting & empty, "no_amount_in_row")
        for name in sides:
            sign = 1 if name == "debit" else -1
            postings.add(postings.posting, sign * money[name], name)
    else:
        postings.leave(postings.posting & blank["amount"], "no_amount_in_row")
        postings.add(postings.posting, money["amount"], "amount")
    _openings(postings)


def _openings(postings: Postings) -> None:
    """The first opening balance of a customer is owed too; what is said later repeats it."""
    body, values = postings.body, postings.values
    opening = (body.kind == OPENING) & ~values.left_out
    if not opening.any():
        return
    amount = _opening_amount(postings)
    postings.leave(opening & ~postings.named & (np.abs(amount) >= CENT), "row_without_customer")
    opening &= postings.named
    said = pd.Series((opening | (body.kind == DATA)).astype(int))
    first = opening & (said.groupby(postings.account, sort=False).cumsum() == 1).to_numpy()
    later = opening & ~first
    if later.any():
        postings.findings.add_rows("note", "opening_repeats", body.rows[later])
    held = first & (np.abs(amount) >= CENT)
    date = postings.date.copy()
    known = date[postings.posting & ~np.isnat(date)]
    if len(known):
        date[held & np.isnat(date)] = known.min()
    postings.leave(held & np.isnat(date), "row_without_date")
    held &= ~np.isnat(date)
    postings.warn(held, "opening_age", None, amount)
    blank = pd.Series("", index=range(postings.size), dtype="str")
    kind = pd.Categorical(np.where(amount > 0, "invoice", "payment"), TYPES)
    postings.add(held, amount, "opening", date=date, due=date, id=blank, number=blank, type=kind)


def _opening_amount(postings: Postings) -> np.ndarray:
    """The balance of the row; where there is none, its debit less its credit, or its amount."""
    money = postings.values.money
    nothing = np.zeros(postings.size)
    amount = nothing
    if "balance" in money:
        amount = money["balance"]
        if "direction" in postings.columns:
            sign = directions(postings.text("direction"))
            amount = np.where(sign < 0, -np.abs(amount), amount)
    own = money.get("debit", nothing) - money.get("credit", nothing) + money.get("amount", nothing)
    return np.where(np.abs(amount) < CENT, own, amount)
