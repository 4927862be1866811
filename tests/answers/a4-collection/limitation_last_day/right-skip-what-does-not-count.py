from creditlib.collection.calendar import add_months


def limitation_last_day(invoice_date, due, events):
    end = add_months(due, 36)
    for event in sorted(events, key=lambda one: one["day"]):
        if not event["proof"]:
            continue
        if event["day"] > end and event["kind"] != "promise":
            continue
        end = add_months(event["day"], 36)
    return end
