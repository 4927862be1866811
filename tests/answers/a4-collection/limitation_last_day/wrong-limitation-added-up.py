from creditlib.collection.calendar import add_months


def limitation_last_day(invoice_date, due, events):
    last_day = add_months(due, 36)
    for event in sorted(events, key=lambda event: event["day"]):
        if event["proof"] and (event["day"] <= last_day or event["kind"] == "promise"):
            last_day = add_months(last_day, 36)
    return last_day
