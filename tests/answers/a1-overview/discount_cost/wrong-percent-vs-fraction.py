def discount_cost(discount, discount_days, net_days):
    if net_days <= discount_days:
        return {"simple": None, "effective": None}
    rate = discount / (1 - discount)
    times = 365 / (net_days - discount_days)
    return {"simple": 100 * rate * times, "effective": 100 * ((1 + rate) ** times - 1)}
