import pandas as pd


def ageing(invoices, as_of):
    columns = ["invoice_date", "due_date", "open_amount"]
    table = pd.DataFrame(invoices, columns=columns)
    late = (pd.Timestamp(as_of) - pd.to_datetime(table["due_date"])).dt.days
    names = ["not_due", "1-30", "31-60", "61-90", "over_90"]
    buckets = pd.cut(late, [-10_000, 0, 30, 60, 90, 10_000], labels=names).astype(str)
    buckets[table["open_amount"] < 0] = "credits"
    sums = table["open_amount"].groupby(buckets).sum()
    return {name: float(sums.get(name, 0)) for name in [*names, "credits"]}
