from decimal import Decimal


def break_even_sales(loss, sales, variable_costs, fixed_costs):
    loss, sales, costs = (Decimal(str(amount)) for amount in (loss, sales, variable_costs))
    if sales <= 0 or costs >= sales:
        return None
    return loss / (1 - costs / sales)
