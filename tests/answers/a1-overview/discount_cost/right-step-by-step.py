def discount_cost(discount, discount_days, net_days):
    days_earlier = net_days - discount_days
    if days_earlier <= 0:
        return {"simple": None, "effective": None}
    rate = discount / (1 - discount)
    times = 365 / days_earlier
    return {"simple": rate * times, "effective": (1 + rate) ** times - 1}
