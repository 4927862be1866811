def credit_limit(annual_purchases, terms_days, delay_days, net_worth, pd, lgd, loss_budget):
    caps = {
        "need": annual_purchases * (terms_days + delay_days) / 365,
        "net_worth": 0.10 * net_worth,
    }
    if pd * lgd > 0:
        caps["risk"] = loss_budget / (pd * lgd)
    binding = min(caps, key=caps.get)
    return {"limit": caps[binding], "binding": binding}
