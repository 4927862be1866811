from creditlib.collection.calendar import add_months


def period_end(main_due, agreed):
    if agreed is None:
        return add_months(main_due, 6)
    return agreed if agreed > main_due else add_months(main_due, 6)


def counts(act, kind):
    if kind == "joint":
        return act["kind"].endswith("_guarantor")
    return act["kind"] == "suit_debtor"


def guarantee_last_day(main_due, kind, agreed, acts):
    answer = {"kind": kind or "general", "last_day": period_end(main_due, agreed), "held": False}
    for act in acts:
        if counts(act, answer["kind"]) and act["day"] <= answer["last_day"]:
            answer["held"] = True
    return answer
