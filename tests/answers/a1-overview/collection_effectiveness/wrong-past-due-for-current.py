def collection_effectiveness(beginning, monthly_sales, ending_total, ending_current):
    to_collect = beginning + sum(monthly_sales)
    past_due = ending_total - ending_current
    if to_collect - ending_current <= 0:
        return None
    return (to_collect - ending_total) / (to_collect - past_due)
