def carrying_cost(annual_sales, days_before, days_after, annual_rate, cost_share):
    if annual_sales <= 0:
        return {"cost": None, "price_increase": None}
    cost = annual_sales / 365 * (days_after - days_before) * cost_share * annual_rate
    return {"cost": cost, "price_increase": cost / annual_sales * 100}
