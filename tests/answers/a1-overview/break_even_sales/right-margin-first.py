def break_even_sales(loss, sales, variable_costs, fixed_costs):
    if sales <= 0:
        return None
    margin = (sales - variable_costs) / sales
    if margin <= 0:
        return None
    return loss / margin
