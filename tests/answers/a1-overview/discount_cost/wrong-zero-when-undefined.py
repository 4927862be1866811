def discount_cost(discount, discount_days, net_days):
    if net_days <= discount_days:
        return {"simple": 0, "effective": 0}
    rate = discount / (1 - discount)
    times = 365 / (net_days - discount_days)
    return {"simple": rate * times, "effective": (1 + rate) ** times - 1}
