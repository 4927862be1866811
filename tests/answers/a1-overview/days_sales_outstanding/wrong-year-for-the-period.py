def days_sales_outstanding(receivables, total_sales, cash_sales, vat_rate, days):
    if total_sales <= cash_sales:
        return None
    return receivables / (1 + vat_rate) / (total_sales - cash_sales) * 365
