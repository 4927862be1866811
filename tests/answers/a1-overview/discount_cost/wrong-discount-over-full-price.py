def discount_cost(discount, discount_days, net_days):
    if net_days <= discount_days:
        return {"simple": None, "effective": None}
    times = 365 / (net_days - discount_days)
    return {"simple": discount * times, "effective": (1 + discount) ** times - 1}
