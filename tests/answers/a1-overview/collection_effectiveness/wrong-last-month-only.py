def collection_effectiveness(beginning, monthly_sales, ending_total, ending_current):
    sales = monthly_sales[-1]
    if beginning + sum(monthly_sales) - ending_current <= 0:
        return None
    return (beginning + sales - ending_total) / (beginning + sales - ending_current)
