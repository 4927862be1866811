from datetime import timedelta
from decimal import Decimal


def late_interest(principal, disputed, due, paid, rates, multiple):
    overdue_from = due + timedelta(1)
    if paid <= overdue_from:
        return Decimal(0)
    in_force = max(
        (rate for rate in rates if rate["published"] <= overdue_from),
        key=lambda rate: rate["published"],
    )
    yearly = Decimal(str(in_force["one_year"])) / 100 * Decimal(str(multiple))
    days = (paid - overdue_from).days
    return Decimal(principal - disputed) * yearly * days / 365
