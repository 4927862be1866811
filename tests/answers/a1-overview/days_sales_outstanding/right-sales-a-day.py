import numpy as np


def days_sales_outstanding(receivables, total_sales, cash_sales, vat_rate, days):
    a_day = np.subtract(total_sales, cash_sales) * (1 + vat_rate) / days
    return float(receivables / a_day) if a_day > 0 else float("nan")
