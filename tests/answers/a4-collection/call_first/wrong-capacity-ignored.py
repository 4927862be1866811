def call_first(debts, minutes, today):
    open_debts = [debt for debt in debts if debt["promised"] is None or debt["promised"] < today]
    open_debts.sort(
        key=lambda debt: (debt["expected_later"] - debt["expected_now"]) / debt["minutes"]
    )
    return [debt["customer"] for debt in open_debts]
