def stop_supply(customers):
    return [
        one["customer"] for one in customers if one["undisputed"] > 0 and one["days_overdue"] > 0
    ]
