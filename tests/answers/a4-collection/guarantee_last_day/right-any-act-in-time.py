from creditlib.collection.calendar import add_months


def guarantee_last_day(main_due, kind, agreed, acts):
    kind = kind or "general"
    if agreed is None or agreed <= main_due:
        agreed = add_months(main_due, 6)
    helps = ("suit_debtor",) if kind == "general" else ("demand_guarantor", "suit_guarantor")
    held = any(act["day"] <= agreed and act["kind"] in helps for act in acts)
    return {"held": held, "kind": kind, "last_day": agreed}
