def call_first(debts, minutes, today):
    def rank(debt):
        return (debt["expected_now"] - debt["expected_later"]) / debt["minutes"]

    chosen = []
    for debt in sorted(debts, key=rank, reverse=True):
        if debt["promised"] is not None and debt["promised"] >= today:
            continue
        if debt["minutes"] <= minutes:
            chosen.append(debt["customer"])
            minutes -= debt["minutes"]
        else:
            break
    return chosen
