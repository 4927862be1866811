def altman_zone(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities):
    if total_assets <= 0 or total_liabilities <= 0:
        return {"score": None, "zone": None}
    score = (
        6.56 * working_capital / total_assets
        + 3.26 * retained_earnings / total_assets
        + 6.72 * ebit / total_assets
        + 1.05 * equity / total_liabilities
    )
    if score < 1.10:
        return {"score": score, "zone": "distress"}
    if score < 2.60:
        return {"score": score, "zone": "grey"}
    return {"score": score, "zone": "safe"}
