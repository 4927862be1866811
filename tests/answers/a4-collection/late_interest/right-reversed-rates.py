from datetime import timedelta


def late_interest(principal, disputed, due, paid, rates, multiple):
    start = due + timedelta(days=1)
    for rate in reversed(rates):
        if rate["published"] <= start:
            yearly = rate["one_year"] * multiple / 100
            break
    days = (paid - start).days
    if days < 0:
        days = 0
    return yearly * (principal - disputed) / 365 * days
