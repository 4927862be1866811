from datetime import timedelta


def late_interest(principal, disputed, due, paid, rates, multiple):
    known = [rate["one_year"] for rate in rates if rate["published"] <= due + timedelta(days=1)]
    days = max((paid - due).days - 1, 0)
    interest = (principal - disputed) * (known[-1] / 100) * multiple * days / 365
    return round(interest, 2)
