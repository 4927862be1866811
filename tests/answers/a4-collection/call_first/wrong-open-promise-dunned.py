def call_first(debts, minutes, today):
    def cost_per_minute(debt):
        return (debt["expected_now"] - debt["expected_later"]) / debt["minutes"]

    chosen = []
    for debt in sorted(debts, key=cost_per_minute, reverse=True):
        if debt["minutes"] <= minutes:
            chosen.append(debt["customer"])
            minutes -= debt["minutes"]
    return chosen
