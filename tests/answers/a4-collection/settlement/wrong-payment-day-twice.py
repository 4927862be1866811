def settlement(principal, due, paid_on, paid, settled_on):
    rate = 0.0005
    first = principal * rate * ((paid_on - due).days - 1)
    to_interest = min(paid, first)
    balance = principal - (paid - to_interest)
    second = balance * rate * ((settled_on - paid_on).days - 1)
    return {"interest": first + second, "owed": balance + first - to_interest + second}
