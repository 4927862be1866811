def discount_cost(discount, discount_days, net_days):
    if net_days <= discount_days:
        return {"simple": None, "effective": None}
    rate = discount / (1 - discount)
    return {"simple": rate, "effective": rate}
