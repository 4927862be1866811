def call_first(debts, minutes, today):
    rest = list(debts)
    chosen = []
    while rest:
        best = rest[0]
        for debt in rest:
            one = (debt["expected_now"] - debt["expected_later"]) / debt["minutes"]
            other = (best["expected_now"] - best["expected_later"]) / best["minutes"]
            if one > other:
                best = debt
        rest.remove(best)
        if best["promised"] is not None and best["promised"] >= today:
            continue
        if best["minutes"] > minutes:
            continue
        minutes = minutes - best["minutes"]
        chosen.append(best["customer"])
    return chosen
