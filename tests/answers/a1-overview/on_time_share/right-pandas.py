import pandas as pd


def on_time_share(invoices, as_of):
    table = pd.DataFrame(invoices, columns=["amount", "due_date", "paid_on"])
    due, paid = pd.to_datetime(table["due_date"]), pd.to_datetime(table["paid_on"])
    past = due <= pd.Timestamp(as_of)
    total = table.loc[past, "amount"].sum()
    if total == 0:
        return None
    return float(table.loc[past & (paid <= due), "amount"].sum() / total)
