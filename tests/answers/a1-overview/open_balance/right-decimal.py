from datetime import date
from decimal import Decimal


def open_balance(invoices, payments, credit_notes, as_of):
    last_day = date.fromisoformat(as_of)

    def total(entries):
        posted = [e["amount"] for e in entries if date.fromisoformat(e["date"]) <= last_day]
        return sum((Decimal(str(amount)) for amount in posted), Decimal(0))

    return total(invoices) - (total(payments) + total(credit_notes))
