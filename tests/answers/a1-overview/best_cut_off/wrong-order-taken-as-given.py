def best_cut_off(bands):
    best = {"cut_off": None, "profit": 0}
    profit = 0
    for band in bands:
        profit += band["gain"] - band["loss"]
        if profit > best["profit"]:
            best = {"cut_off": band["default_probability"], "profit": profit}
    return best
