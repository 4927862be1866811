def settlement(principal, due, paid_on, paid, settled_on):
    days = (settled_on - due).days - 1
    interest = principal * 0.0005 * days
    return {"interest": interest, "owed": principal + interest - paid}
