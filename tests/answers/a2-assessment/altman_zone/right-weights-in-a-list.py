def altman_zone(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities):
    if not (total_assets > 0 and total_liabilities > 0):
        return {"zone": None, "score": None}
    parts = [
        (1.05, equity, total_liabilities),
        (6.72, ebit, total_assets),
        (3.26, retained_earnings, total_assets),
        (6.56, working_capital, total_assets),
    ]
    score = sum(weight * amount / base for weight, amount, base in parts)
    if 1.10 <= score <= 2.60:
        return {"zone": "grey", "score": score}
    return {"zone": "safe" if score > 2 else "distress", "score": score}
