def days_sales_outstanding(receivables, total_sales, cash_sales, vat_rate, days):
    if total_sales <= cash_sales:
        return None
    return receivables / (total_sales - cash_sales) * days
