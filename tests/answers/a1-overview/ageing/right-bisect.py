from bisect import bisect_left
from datetime import datetime


def ageing(invoices, as_of):
    names = ["not_due", "1-30", "31-60", "61-90", "over_90"]
    amounts = dict.fromkeys([*names, "credits"], 0)
    for invoice in invoices:
        amount = invoice["open_amount"]
        gap = datetime.fromisoformat(as_of) - datetime.fromisoformat(invoice["due_date"])
        bucket = names[bisect_left([0, 30, 60, 90], gap.days)] if amount > 0 else "credits"
        amounts[bucket] = amounts[bucket] + amount
    return amounts
