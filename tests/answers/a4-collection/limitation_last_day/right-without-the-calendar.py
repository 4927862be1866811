from datetime import date


def three_years_after(day):
    if day.month == 2 and day.day == 29:
        return date(day.year + 3, 2, 28)
    return day.replace(year=day.year + 3)


def limitation_last_day(invoice_date, due, events):
    last_day = three_years_after(due)
    days = sorted({event["day"] for event in events})
    for day in days:
        for event in events:
            if event["day"] != day or not event["proof"]:
                continue
            if event["kind"] == "promise" or day <= last_day:
                last_day = three_years_after(day)
    return last_day
