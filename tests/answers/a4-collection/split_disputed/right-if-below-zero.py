def split_disputed(invoices, paid):
    disputed = 0
    demand = -paid
    for invoice in invoices:
        disputed = disputed + invoice["disputed"]
        demand = demand + (invoice["amount"] - invoice["disputed"])
    if demand < 0:
        demand = 0
    return {"demand": demand, "ticket": disputed}
