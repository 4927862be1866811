def discount_cost(discount, discount_days, net_days):
    if net_days <= discount_days:
        return {"simple": None, "effective": None}
    yearly = discount / (1 - discount) * 365 / (net_days - discount_days)
    return {"simple": yearly, "effective": yearly}
