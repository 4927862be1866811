import math


def discount_cost(discount, discount_days, net_days):
    simple = effective = None
    if net_days > discount_days:
        share_of_year = (net_days - discount_days) / 365
        simple = discount / (1 - discount) / share_of_year
        effective = math.expm1(-math.log1p(-discount) / share_of_year)
    return {"simple": simple, "effective": effective}
