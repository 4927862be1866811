def carrying_cost(annual_sales, days_before, days_after, annual_rate, cost_share):
    per_unit = annual_rate * cost_share * (days_after - days_before) / 365
    answer = {"cost": per_unit * annual_sales, "price_increase": per_unit}
    return answer if annual_sales > 0 else {name: None for name in answer}
