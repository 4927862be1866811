def days_sales_outstanding(receivables, total_sales, cash_sales, vat_rate, days):
    if total_sales > cash_sales:
        without_vat = receivables / (1 + vat_rate)
        return days * without_vat / (total_sales - cash_sales)
