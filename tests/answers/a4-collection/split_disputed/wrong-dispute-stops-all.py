def split_disputed(invoices, paid):
    ticket = sum(one["disputed"] for one in invoices)
    demand = sum(one["amount"] for one in invoices)
    if ticket > 0:
        return {"ticket": ticket, "demand": 0}
    return {"ticket": 0, "demand": max(0, demand - paid)}
