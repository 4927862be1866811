def stop_supply(customers):
    answer = []
    for one in customers:
        if one["undisputed"] <= 0:
            continue
        stop = one["days_overdue"] >= 20
        if one["default_probability"] >= 0.2 and one["days_overdue"] >= 10:
            stop = True
        if one["failing"]:
            stop = True
        if one["broken_promises"] >= 2:
            stop = True
        if stop:
            answer.append(one["customer"])
    return answer
