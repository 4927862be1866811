def credit_limit(annual_purchases, terms_days, delay_days, net_worth, pd, lgd, loss_budget):
    limit = annual_purchases / 365 * (terms_days + delay_days)
    binding = "need"
    if net_worth <= 0:
        return {"limit": 0, "binding": "net_worth"}
    if net_worth * 0.1 < limit:
        limit = net_worth * 0.1
        binding = "net_worth"
    expected_loss_rate = pd * lgd
    if expected_loss_rate > 0 and loss_budget / expected_loss_rate < limit:
        limit = loss_budget / expected_loss_rate
        binding = "risk"
    return {"limit": limit, "binding": binding}
