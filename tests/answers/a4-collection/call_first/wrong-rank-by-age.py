def call_first(debts, minutes, today):
    def rank(debt):
        return debt["days_overdue"]

    chosen = []
    for debt in sorted(debts, key=rank, reverse=True):
        if debt["promised"] is not None and debt["promised"] >= today:
            continue
        if debt["minutes"] <= minutes:
            chosen.append(debt["customer"])
            minutes -= debt["minutes"]
    return chosen
