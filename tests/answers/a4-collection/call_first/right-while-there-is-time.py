def call_first(debts, minutes, today):
    waiting = [one for one in debts if one["promised"] is None or one["promised"] < today]
    waiting.sort(key=lambda one: (one["expected_later"] - one["expected_now"]) / one["minutes"])
    names, left = [], minutes
    for one in waiting:
        if left >= one["minutes"]:
            names.append(one["customer"])
            left = left - one["minutes"]
    return names
