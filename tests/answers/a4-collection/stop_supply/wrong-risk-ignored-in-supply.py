def stop_supply(customers):
    stopped = []
    for one in customers:
        at_once = one["failing"] or one["broken_promises"] >= 2
        if one["undisputed"] > 0 and (one["days_overdue"] >= 20 or at_once):
            stopped.append(one["customer"])
    return stopped
