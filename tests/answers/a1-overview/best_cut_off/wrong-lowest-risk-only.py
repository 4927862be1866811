def best_cut_off(bands):
    if not bands:
        return {"cut_off": None, "profit": 0}
    safest = min(bands, key=lambda band: band["default_probability"])
    profit = safest["gain"] - safest["loss"]
    if profit <= 0:
        return {"cut_off": None, "profit": 0}
    return {"cut_off": safest["default_probability"], "profit": profit}
