def break_even_sales(loss, sales, variable_costs, fixed_costs):
    if sales <= 0 or variable_costs >= sales:
        return None
    return loss / ((sales - variable_costs) / variable_costs)
