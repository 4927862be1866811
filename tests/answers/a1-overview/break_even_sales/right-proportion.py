def break_even_sales(loss, sales, variable_costs, fixed_costs):
    contribution = sales - variable_costs
    if sales > 0 and contribution > 0:
        return loss * sales / contribution
