def from_which_day(customer):
    if customer["failing"] or customer["broken_promises"] > 1:
        return 0
    return 20 if customer["default_probability"] < 0.20 else 10


def stop_supply(customers):
    return [
        one["customer"]
        for one in customers
        if one["undisputed"] > 0 and one["days_overdue"] >= from_which_day(one)
    ]
