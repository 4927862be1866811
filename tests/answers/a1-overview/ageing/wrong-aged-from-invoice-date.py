from datetime import date


def ageing(invoices, as_of):
    table = {"not_due": 0, "1-30": 0, "31-60": 0, "61-90": 0, "over_90": 0, "credits": 0}
    for invoice in invoices:
        age = (date.fromisoformat(as_of) - date.fromisoformat(invoice["invoice_date"])).days
        if invoice["open_amount"] < 0:
            bucket = "credits"
        elif age <= 0:
            bucket = "not_due"
        elif age <= 30:
            bucket = "1-30"
        elif age <= 60:
            bucket = "31-60"
        elif age <= 90:
            bucket = "61-90"
        else:
            bucket = "over_90"
        table[bucket] += invoice["open_amount"]
    return table
