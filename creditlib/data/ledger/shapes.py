"""Which shape a ledger has."""

import numpy as np
import pandas as pd

from creditlib.data.ledger.cells import Values
from creditlib.data.ledger.columns import Columns
from creditlib.data.ledger.items import post_aged, post_invoices, post_open_items
from creditlib.data.ledger.journal import post_journal
from creditlib.data.ledger.postings import Postings
from creditlib.data.ledger.rows import DATA, Body
from creditlib.data.ledger.sides import runs


def kind_of(body: Body, columns: Columns, values: Values, types: np.ndarray) -> str:
    """Return "aged", "journal", "invoices" or "open_items": see `Ledger`."""
    data = (body.kind == DATA) & ~values.left_out
    numbered = any(
        name in columns and (body.cells[columns.place[name]][data] != "").any()
        for name in ("invoice_id", "document_id")
    )
    dated = any(
        name in values.day and not np.isnat(values.day[name][data]).all()
        for name in ("invoice_date", "due_date")
    )
    if columns.buckets and not (numbered or dated):
        return "aged"
    if "debit" in columns or "credit" in columns:
        return "journal"
    if "amount" not in columns:
        return "open_items" if "balance" in columns or columns.buckets else "invoices"
    if "balance" in columns:
        amount, balance = values.money["amount"], values.money["balance"]
        if runs(body, amount, balance, data, either_side="direction" in columns):
            return "journal"
        return "invoices" if "paid" in columns or "payment_date" in columns else "open_items"
    if "paid" in columns or "payment_date" in columns:
        return "invoices"
    signed = "document_type" in columns and (values.money["amount"][data] < 0).any()
    reducing = np.isin(types[data], ("payment", "credit_note", "write_off", "refund")).any()
    return "journal" if signed or reducing or "direction" in columns else "invoices"


def post(postings: Postings, kind: str, as_of: np.datetime64) -> pd.DataFrame:
    """Return the postings of a ledger of this kind."""
    if kind == "aged":
        post_aged(postings, as_of)
    else:
        postings.find_dates()
        posts = {
            "journal": post_journal,
            "invoices": post_invoices,
            "open_items": post_open_items,
        }
        posts[kind](postings)
    return postings.frame()
