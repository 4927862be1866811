from creditlib.collection.calendar import add_months


def guarantee_last_day(main_due, kind, agreed, acts):
    if kind is None:
        kind = "general"
    if agreed is not None and agreed > main_due:
        last_day = agreed
    else:
        last_day = add_months(main_due, 6)
    needed = {
        "general": ["suit_debtor", "demand_guarantor"],
        "joint": ["demand_guarantor", "suit_guarantor"],
    }
    held = False
    for act in acts:
        if act["kind"] in needed[kind] and act["day"] <= last_day:
            held = True
    return {"kind": kind, "last_day": last_day, "held": held}
