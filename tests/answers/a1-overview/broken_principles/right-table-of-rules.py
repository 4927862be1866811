def broken_principles(decision):
    days = decision["days_since_review"]
    reviewed_in_time = days is not None and days <= 365
    kept = {
        "legal_compliance": decision["lawful"],
        "objectivity": decision["same_rule_for_all"] or bool(decision["exception_reason"]),
        "dynamic_adjustment": reviewed_in_time and not decision["news_since_review"],
    }
    return [principle for principle, is_kept in kept.items() if not is_kept]
