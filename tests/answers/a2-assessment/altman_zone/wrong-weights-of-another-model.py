def altman_zone(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities):
    if total_assets <= 0 or total_liabilities <= 0:
        return {"score": None, "zone": None}
    score = (
        1.2 * working_capital / total_assets
        + 1.4 * retained_earnings / total_assets
        + 3.3 * ebit / total_assets
        + 0.6 * equity / total_liabilities
    )
    if score < 1.10:
        zone = "distress"
    elif score <= 2.60:
        zone = "grey"
    else:
        zone = "safe"
    return {"score": score, "zone": zone}
