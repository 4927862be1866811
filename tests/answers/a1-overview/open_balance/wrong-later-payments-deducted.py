def open_balance(invoices, payments, credit_notes, as_of):
    balance = sum(entry["amount"] for entry in invoices if entry["date"] <= as_of)
    for entry in payments + credit_notes:
        balance -= entry["amount"]
    return balance
