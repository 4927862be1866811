def collection_effectiveness(beginning, monthly_sales, ending_total, ending_current):
    sales = sum(monthly_sales)
    if beginning + sales - ending_current <= 0:
        return None
    return (beginning + sales - ending_total) / sales
