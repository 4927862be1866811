def break_even_sales(loss, sales, variable_costs, fixed_costs):
    if sales <= 0 or sales == variable_costs:
        return None
    return loss / ((sales - variable_costs) / sales)
