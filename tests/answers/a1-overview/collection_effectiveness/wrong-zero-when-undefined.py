def collection_effectiveness(beginning, monthly_sales, ending_total, ending_current):
    to_collect = beginning + sum(monthly_sales)
    if to_collect - ending_current <= 0:
        return 0
    return (to_collect - ending_total) / (to_collect - ending_current)
