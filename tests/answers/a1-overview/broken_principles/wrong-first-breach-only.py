def broken_principles(decision):
    if not decision["lawful"]:
        return ["legal_compliance"]
    if not decision["same_rule_for_all"] and not decision["exception_reason"]:
        return ["objectivity"]
    days = decision["days_since_review"]
    if days is None or days > 365 or decision["news_since_review"]:
        return ["dynamic_adjustment"]
    return []
