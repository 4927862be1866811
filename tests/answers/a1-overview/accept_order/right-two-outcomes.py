def accept_order(amount, margin, default_probability, days, annual_rate):
    cost = amount - margin * amount
    outcomes = [(1 - default_probability, amount - cost), (default_probability, -cost)]
    net = sum(chance * result for chance, result in outcomes)
    net -= cost * annual_rate * days / 365
    if net > 0:
        return {"accept": True, "net": net}
    return {"accept": False, "net": net}
