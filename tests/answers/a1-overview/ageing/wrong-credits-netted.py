from datetime import date


def ageing(invoices, as_of):
    table = {"not_due": 0, "1-30": 0, "31-60": 0, "61-90": 0, "over_90": 0, "credits": 0}
    for invoice in invoices:
        late = (date.fromisoformat(as_of) - date.fromisoformat(invoice["due_date"])).days
        if late <= 0:
            bucket = "not_due"
        elif late <= 30:
            bucket = "1-30"
        elif late <= 60:
            bucket = "31-60"
        elif late <= 90:
            bucket = "61-90"
        else:
            bucket = "over_90"
        table[bucket] += invoice["open_amount"]
    return table
