def best_cut_off(bands):
    profit = sum(band["gain"] - band["loss"] for band in bands)
    if profit <= 0:
        return {"cut_off": None, "profit": 0}
    return {"cut_off": max(band["default_probability"] for band in bands), "profit": profit}
