def broken_principles(decision):
    broken = []
    if not decision["lawful"]:
        broken.append("legal_compliance")
    if not decision["same_rule_for_all"]:
        broken.append("objectivity")
    days = decision["days_since_review"]
    if days is None or days > 365 or decision["news_since_review"]:
        broken.append("dynamic_adjustment")
    return broken
