from datetime import timedelta


def settlement(principal, due, paid_on, paid, settled_on):
    start = due + timedelta(days=1)
    first = principal * (paid_on - start).days * 5 / 10_000
    left = min(principal, principal + first - paid)
    second = left * (settled_on - paid_on).days * 5 / 10_000
    total = first + second
    return {"interest": total, "owed": principal + total - paid}
