from creditlib.collection.calendar import add_months


def guarantee_last_day(main_due, kind, agreed, acts):
    last_day = add_months(main_due, 6)
    if agreed is not None and agreed > main_due:
        last_day = agreed
    in_time = [act["kind"] for act in acts if act["day"] <= last_day]
    if kind == "joint":
        held = "demand_guarantor" in in_time or "suit_guarantor" in in_time
    else:
        kind = "general"
        held = "suit_debtor" in in_time
    return {"kind": kind, "last_day": last_day, "held": held}
