def credit_limit(annual_purchases, terms_days, delay_days, net_worth, pd, lgd, loss_budget):
    caps = {
        "need": annual_purchases * (terms_days + delay_days) / 365,
        "net_worth": max(0, net_worth / 10),
    }
    if pd * lgd != 0:
        caps["risk"] = loss_budget / (pd * lgd)
    smallest = min(caps, key=caps.get)
    return {"limit": caps[smallest], "binding": smallest}
