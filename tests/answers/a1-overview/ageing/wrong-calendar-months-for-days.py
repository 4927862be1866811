from datetime import date


def ageing(invoices, as_of):
    names = ["not_due", "1-30", "31-60", "61-90", "over_90"]
    table = {"not_due": 0, "1-30": 0, "31-60": 0, "61-90": 0, "over_90": 0, "credits": 0}
    today = date.fromisoformat(as_of)
    for invoice in invoices:
        due = date.fromisoformat(invoice["due_date"])
        months = (today.year - due.year) * 12 + today.month - due.month
        bucket = names[min(max(months, 0), 4)]
        if invoice["open_amount"] < 0:
            bucket = "credits"
        table[bucket] += invoice["open_amount"]
    return table
