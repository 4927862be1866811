def stop_supply(customers):
    stopped = []
    for customer in customers:
        days = customer["days_overdue"]
        rules = [
            customer["failing"],
            customer["broken_promises"] >= 2,
            days >= 10 and customer["default_probability"] >= 0.2,
            days >= 20,
        ]
        if any(rules) and customer["undisputed"] != 0:
            stopped.append(customer["customer"])
    return stopped
