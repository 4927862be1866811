def split_disputed(invoices, paid):
    ticket = sum(invoice["disputed"] for invoice in invoices)
    whole = sum(invoice["amount"] for invoice in invoices)
    return {"ticket": ticket, "demand": max(whole - ticket - paid, 0)}
