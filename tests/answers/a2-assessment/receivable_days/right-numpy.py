import numpy as np


def receivable_days(
    accounts_receivable, notes_receivable, receivables_financing, revenue, vat_rate
):
    gross_revenue = revenue * (1 + vat_rate)
    claims = np.array([accounts_receivable, notes_receivable, receivables_financing], dtype=float)
    return 365 * claims.sum() / gross_revenue if revenue > 0 else float("nan")
