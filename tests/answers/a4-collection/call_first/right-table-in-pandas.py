import pandas as pd


def call_first(debts, minutes, today):
    if not debts:
        return []
    table = pd.DataFrame(debts)
    table["rate"] = (table["expected_now"] - table["expected_later"]) / table["minutes"]
    table = table.sort_values("rate", ascending=False)
    chosen = []
    for row in table.to_dict("records"):
        promised = row["promised"]
        if promised is not None and promised >= today:
            continue
        if row["minutes"] <= minutes:
            minutes -= row["minutes"]
            chosen.append(row["customer"])
    return chosen
