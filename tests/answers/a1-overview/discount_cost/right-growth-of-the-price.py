def discount_cost(discount, discount_days, net_days):
    if discount_days >= net_days:
        return dict.fromkeys(["effective", "simple"])
    paid_early = 1 - discount
    times_a_year = 365 / (net_days - discount_days)
    growth = 1 / paid_early
    return {
        "effective": growth**times_a_year - 1,
        "simple": (growth - 1) * times_a_year,
    }
