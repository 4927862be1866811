from datetime import timedelta


def late_interest(principal, disputed, due, paid, rates, multiple):
    start = due + timedelta(days=1)
    lpr = None
    for rate in rates:
        if rate["published"] <= start:
            lpr = rate["one_year"]
    days = max(0, (paid - start).days)
    return (principal - disputed) * (lpr / 100) * days / 365
