def altman_zone(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities):
    if total_assets <= 0 or total_liabilities <= 0:
        return {"score": None, "zone": None}
    x1 = working_capital / total_assets
    x2 = retained_earnings / total_assets
    x3 = ebit / total_assets
    x4 = equity / total_liabilities
    score = 6.56 * x1 + 3.26 * x2 + 6.72 * x3 + 1.05 * x4
    zone = "grey"
    if score < 1.10:
        zone = "distress"
    if score > 2.60:
        zone = "safe"
    return {"score": score, "zone": zone}
