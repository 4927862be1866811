def broken_principles(decision):
    broken = ["legal_compliance", "objectivity", "dynamic_adjustment"]
    if decision["lawful"] is True:
        broken.remove("legal_compliance")
    if decision["same_rule_for_all"] or decision["exception_reason"] not in (None, ""):
        broken.remove("objectivity")
    if decision["days_since_review"] in range(366) and decision["news_since_review"] is False:
        broken.remove("dynamic_adjustment")
    return broken
