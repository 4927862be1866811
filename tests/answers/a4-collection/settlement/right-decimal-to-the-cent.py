from decimal import Decimal

RATE = Decimal("0.0005")


def settlement(principal, due, paid_on, paid, settled_on):
    first = principal * RATE * ((paid_on - due).days - 1)
    reduced = max(Decimal(paid) - first, Decimal(0))
    second = (principal - reduced) * RATE * (settled_on - paid_on).days
    owed = principal - paid + first + second
    return {"interest": round(first + second, 2), "owed": round(owed, 2)}
