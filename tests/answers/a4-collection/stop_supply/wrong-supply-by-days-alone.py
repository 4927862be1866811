def stop_supply(customers):
    stopped = []
    for one in customers:
        limit = 10 if one["default_probability"] >= 0.20 else 20
        if one["undisputed"] > 0 and one["days_overdue"] >= limit:
            stopped.append(one["customer"])
    return stopped
