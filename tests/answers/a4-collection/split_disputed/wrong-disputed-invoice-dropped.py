def split_disputed(invoices, paid):
    ticket = sum(one["disputed"] for one in invoices)
    demand = max(0, sum(one["amount"] for one in invoices if one["disputed"] == 0) - paid)
    return {"ticket": ticket, "demand": demand}
