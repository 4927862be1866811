def carrying_cost(annual_sales, days_before, days_after, annual_rate, cost_share):
    def interest(days):
        return annual_sales * cost_share * days / 365 * annual_rate

    if annual_sales > 0:
        cost = interest(days_after) - interest(days_before)
        return {"price_increase": cost / annual_sales, "cost": cost}
    return {"price_increase": None, "cost": None}
