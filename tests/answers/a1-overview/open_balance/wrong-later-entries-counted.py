def open_balance(invoices, payments, credit_notes, as_of):
    billed = sum(entry["amount"] for entry in invoices)
    settled = sum(entry["amount"] for entry in payments + credit_notes)
    return billed - settled
