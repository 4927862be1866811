def open_balance(invoices, payments, credit_notes, as_of):
    billed = sum(entry["amount"] for entry in invoices if entry["date"] <= as_of)
    return billed - sum(entry["amount"] for entry in payments if entry["date"] <= as_of)
