from datetime import date


def ageing(invoices, as_of):
    def late(invoice):
        return (date.fromisoformat(as_of) - date.fromisoformat(invoice["due_date"])).days

    def total(lowest, highest):
        return sum(i["open_amount"] for i in owed if lowest <= late(i) <= highest)

    owed = [invoice for invoice in invoices if invoice["open_amount"] >= 0]
    return {
        "credits": sum(min(invoice["open_amount"], 0) for invoice in invoices),
        "over_90": total(91, 100_000),
        "61-90": total(61, 90),
        "31-60": total(31, 60),
        "1-30": total(1, 30),
        "not_due": total(-100_000, 0),
    }
