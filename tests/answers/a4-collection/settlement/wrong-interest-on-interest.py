def settlement(principal, due, paid_on, paid, settled_on):
    first = principal * 0.0005 * ((paid_on - due).days - 1)
    left = principal + first - paid
    second = left * 0.0005 * (settled_on - paid_on).days
    return {"interest": first + second, "owed": left + second}
