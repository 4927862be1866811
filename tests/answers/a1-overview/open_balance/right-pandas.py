import pandas as pd


def open_balance(invoices, payments, credit_notes, as_of):
    signed = [(1, invoices), (-1, payments), (-1, credit_notes)]
    rows = [(e["date"], sign * e["amount"]) for sign, entries in signed for e in entries]
    account = pd.DataFrame(rows, columns=["date", "amount"])
    posted = pd.to_datetime(account["date"]) <= pd.Timestamp(as_of)
    return float(account["amount"].where(posted, 0).sum())
