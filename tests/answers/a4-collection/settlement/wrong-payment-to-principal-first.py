def settlement(principal, due, paid_on, paid, settled_on):
    rate = 0.0005
    first = principal * rate * ((paid_on - due).days - 1)
    to_interest = 0
    balance = principal - (paid - to_interest)
    second = balance * rate * (settled_on - paid_on).days
    return {"interest": first + second, "owed": balance + first - to_interest + second}
