def open_balance(invoices, payments, credit_notes, as_of):
    balance = 0
    for invoice in invoices:
        if invoice["date"] <= as_of:
            balance += invoice["amount"]
    for entry in payments + credit_notes:
        if entry["date"] <= as_of:
            balance -= entry["amount"]
    return balance
