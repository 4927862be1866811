from creditlib.collection.calendar import add_months


def limitation_last_day(invoice_date, due, events):
    return add_months(due, 36)
