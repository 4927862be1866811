def receivable_days(
    accounts_receivable, notes_receivable, receivables_financing, revenue, vat_rate
):
    kinds = [accounts_receivable, notes_receivable, receivables_financing]
    net_of_tax = sum(amount / (1 + vat_rate) for amount in kinds)
    if revenue > 0:
        per_day = revenue / 365
        return net_of_tax / per_day
