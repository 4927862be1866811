def best_cut_off(bands):
    profits = {}
    for cut_off in sorted(band["default_probability"] for band in bands):
        accepted = [band for band in bands if band["default_probability"] <= cut_off]
        gains = sum(band["gain"] for band in accepted)
        losses = sum(band["loss"] for band in accepted)
        profits[cut_off] = gains - losses
    if not profits or max(profits.values()) <= 0:
        return {"cut_off": None, "profit": 0}
    best = max(profits, key=profits.get)
    return {"profit": profits[best], "cut_off": best}
