from creditlib.collection.calendar import add_months


def limitation_last_day(invoice_date, due, events):
    start = due
    proved = [(one["day"], one["kind"]) for one in events if one["proof"]]
    for day, kind in sorted(proved):
        if day <= add_months(start, 36) or kind == "promise":
            start = day
    return add_months(start, 36)
