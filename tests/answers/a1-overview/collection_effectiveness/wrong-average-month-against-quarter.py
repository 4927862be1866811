def collection_effectiveness(beginning, monthly_sales, ending_total, ending_current):
    sales = sum(monthly_sales) / len(monthly_sales)
    if beginning + sum(monthly_sales) - ending_current <= 0:
        return None
    return (beginning + sales - ending_total) / (beginning + sales - ending_current)
