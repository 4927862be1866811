def receivable_days(
    accounts_receivable, notes_receivable, receivables_financing, revenue, vat_rate
):
    if revenue <= 0:
        return None
    total = accounts_receivable + notes_receivable + receivables_financing
    return revenue / (total / (1 + vat_rate))
