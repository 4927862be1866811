"""From signed postings to the frames of the contract: invoices, payments, credit notes."""

import numpy as np
import pandas as pd

from creditlib.data.ledger.problems import Findings
from creditlib.data.ledger.settlement import Items, settle

INVOICES = [
    "invoice_id", "customer_id", "customer_name", "currency", "invoice_date", "due_date", "amount",
]  # fmt: skip
PAYMENTS = [
    "payment_id", "invoice_id", "customer_id", "customer_name", "currency", "payment_date",
    "amount", "method",
]  # fmt: skip
CREDIT_NOTES = [
    "credit_note_id", "invoice_id", "customer_id", "customer_name", "currency", "credit_date",
    "amount", "reason",
]  # fmt: skip
NEVER = np.iinfo(np.int64).max  # an invoice without a due date is settled last


def frames_of(
    postings: pd.DataFrame, as_of: np.datetime64, findings: Findings, numbers: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return (invoices, payments, credit notes); amounts positive, nothing lost, nothing doubled.

    What raises the balance becomes an invoice, also a refund or a payment that came back (it is
    owed again; a warning names it); what lowers it becomes a payment, or a credit note if its type
    says so or if it is a negative invoice. `numbers` is the heading over the invoices' numbers.
    """
    up = (postings["amount"] > 0).to_numpy()
    returned = up & postings["type"].isin(("refund", "payment", "credit_note", "write_off"))
    returned &= postings["column"] != "opening"
    findings.add_rows("warning", "owed_again", postings["row"][returned], None,
                      postings["amount"][returned])  # fmt: skip
    invoices = _invoices(postings[up], findings, numbers)
    down = postings[~up].reset_index(drop=True)
    down["date"] = down["date"].fillna(pd.Timestamp(as_of))
    pieces = _pieces(invoices, down, findings)
    reducing = down["type"].isin(("credit_note", "write_off")).to_numpy()
    is_note = (reducing | _negative_invoices(down))[pieces["credit"]]
    untyped = int(((down["type"] == "") & ~_negative_invoices(down)).sum())
    if untyped:
        findings.add("note", "credits_are_payments", None, None, untyped)
    payments = _settling(down, pieces[~is_note], "P").rename(
        columns={"id": "payment_id", "date": "payment_date"}
    )
    payments["method"] = payments["method"].mask(payments["method"] == "", "unknown")
    notes = _settling(down, pieces[is_note], "C").rename(
        columns={"id": "credit_note_id", "date": "credit_date"}
    )
    written_off = (notes["type"] == "write_off").to_numpy()
    notes["reason"] = pd.Series(np.where(written_off, "write_off", "unknown"), dtype="str")
    return _final(invoices[INVOICES]), _final(payments[PAYMENTS]), _final(notes[CREDIT_NOTES])


def _final(frame: pd.DataFrame) -> pd.DataFrame:
    dates = [name for name in frame if name.endswith("_date")]
    return frame.astype({"currency": "str"} | dict.fromkeys(dates, "datetime64[us]"))


def _invoices(up: pd.DataFrame, findings: Findings, numbers: str | None) -> pd.DataFrame:
    invoices = up.rename(columns={"date": "invoice_date", "due": "due_date"}).reset_index(drop=True)
    missing = int((invoices["number"] == "").sum())
    if missing:
        findings.add("note", "ids_made_up", None, None, missing)
    names = _made_up(invoices["number"], invoices["row"], "I")
    again = names.duplicated().to_numpy()
    if again.any():
        rows = invoices["row"][again]
        first = invoices["row"].groupby(names, sort=False).transform("first")[again]
        elsewhere = (first != rows).to_numpy()
        findings.add_rows("warning", "duplicate_invoice", rows[elsewhere], numbers,
                          names[again][elsewhere], each={"first": first[elsewhere]})  # fmt: skip
        names[again] = names[again] + " #" + rows.astype("str")
        # One row may hold two amounts: a debit, and a credit below zero.
        nth = names.groupby(names).cumcount()
        names[nth > 0] = names[nth > 0] + "." + (nth[nth > 0] + 1).astype("str")
    invoices["invoice_id"] = names
    return invoices


def _made_up(names: pd.Series, rows: pd.Series, letter: str) -> pd.Series:
    """The file's numbers, and where it has none a letter and the row: "I#12"."""
    missing = names == ""
    if not missing.any():
        return names.copy()
    return names.mask(missing, f"{letter}#" + rows.astype("str"))


def _negative_invoices(down: pd.DataFrame) -> np.ndarray:
    """Invoices that lower what is owed: red letters in the debit column, or by their type."""
    kind = down["type"]
    return ((kind == "invoice") | ((kind == "") & (down["column"] == "debit"))).to_numpy()


def _pieces(invoices: pd.DataFrame, down: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """What each credit settles: `credit` and `invoice` as positions (−1: none), and `amount`."""
    size = len(invoices)
    texts = [invoices["number"], down["reference"]]
    codes, distinct = pd.factorize(pd.concat(texts, ignore_index=True))
    blank = distinct.get_indexer([""])[0]
    number, reference = np.split(codes, [size])
    account = invoices["account"].to_numpy()
    accounts = down["account"].to_numpy()
    known = account * len(distinct) + number
    pair = pd.Series(accounts * len(distinct) + reference)
    held = (reference != blank) & pair.isin(known).to_numpy()
    named = np.where(held, reference, -1)
    due = invoices["due_date"].fillna(invoices["invoice_date"])
    days = due.astype("datetime64[us]").to_numpy().astype(np.int64)
    date = down["date"].astype("datetime64[us]").to_numpy().astype(np.int64)
    found = settle(
        Items(account, number, days, _cents(invoices["amount"])),
        Items(accounts, named, date, _cents(-down["amount"])),
    )
    unnamed = int((named < 0).sum())
    if unnamed and size:
        findings.add("note", "oldest_first", None, None, unnamed)
    identity = np.append(invoices["invoice_id"].to_numpy(dtype=object), "")
    pieces = pd.DataFrame({"credit": found.credit, "amount": found.cents / 100})
    pieces["invoice_id"] = pd.Series(identity[found.invoice], dtype="str")
    apart = found.invoice < 0
    if apart.any():
        currency = down["currency"].to_numpy(dtype=object)[found.credit[apart]]
        for code, amount in pieces["amount"][apart].groupby(currency).sum().items():
            findings.add("note", "unapplied", None, None, f"{amount:,.2f}", currency=code or "-")
    return pieces


def _settling(down: pd.DataFrame, pieces: pd.DataFrame, letter: str) -> pd.DataFrame:
    """One row per piece; a credit in several pieces keeps its number, the others get /2, /3 …"""
    rows = down.iloc[pieces["credit"].to_numpy()].reset_index(drop=True)
    names = _made_up(rows["id"], rows["row"], letter)
    nth = names.groupby(names, sort=False).cumcount().to_numpy()
    split = nth > 0
    if split.any():
        names[split] = names[split] + "/" + pd.Series(nth + 1, dtype="str")[split]
    rows["id"] = names
    rows["amount"] = pieces["amount"].to_numpy()
    rows["invoice_id"] = pieces["invoice_id"].reset_index(drop=True)
    return rows


def _cents(amounts: pd.Series) -> np.ndarray:
    return np.round(amounts.to_numpy() * 100).astype(np.int64)
