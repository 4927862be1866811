def altman_zone(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities):
    if total_assets <= 0 or total_liabilities <= 0:
        return {"score": None, "zone": None}
    score = (
        6.56 * working_capital + 3.26 * retained_earnings + 6.72 * ebit + 1.05 * equity
    ) / total_assets
    if score < 1.10:
        zone = "distress"
    elif score <= 2.60:
        zone = "grey"
    else:
        zone = "safe"
    return {"score": score, "zone": zone}
