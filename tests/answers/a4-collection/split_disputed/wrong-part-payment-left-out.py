def split_disputed(invoices, paid):
    ticket = sum(one["disputed"] for one in invoices)
    demand = sum(one["amount"] - one["disputed"] for one in invoices)
    return {"ticket": ticket, "demand": demand}
