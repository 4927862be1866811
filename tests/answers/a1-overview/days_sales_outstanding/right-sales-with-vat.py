def days_sales_outstanding(receivables, total_sales, cash_sales, vat_rate, days):
    credit_sales = total_sales - cash_sales
    if credit_sales <= 0:
        return None
    return receivables / (credit_sales * (1 + vat_rate)) * days
