def settlement(principal, due, paid_on, paid, settled_on):
    days_1 = (paid_on - due).days - 1
    interest_1 = principal * 0.0005 * days_1
    if paid >= interest_1:
        left = principal - (paid - interest_1)
        unpaid = 0
    else:
        left = principal
        unpaid = interest_1 - paid
    days_2 = (settled_on - paid_on).days
    interest_2 = left * 0.0005 * days_2
    return {"interest": interest_1 + interest_2, "owed": left + unpaid + interest_2}
