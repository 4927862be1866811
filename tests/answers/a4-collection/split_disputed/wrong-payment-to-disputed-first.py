def split_disputed(invoices, paid):
    ticket = sum(one["disputed"] for one in invoices)
    demand = sum(one["amount"] - one["disputed"] for one in invoices)
    used = min(paid, ticket)
    return {"ticket": ticket - used, "demand": max(0, demand - (paid - used))}
