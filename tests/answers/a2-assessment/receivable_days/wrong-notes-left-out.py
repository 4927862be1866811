def receivable_days(
    accounts_receivable, notes_receivable, receivables_financing, revenue, vat_rate
):
    if revenue <= 0:
        return None
    return accounts_receivable / (1 + vat_rate) / revenue * 365
