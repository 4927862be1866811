def best_cut_off(bands):
    best = {"cut_off": None, "profit": 0}
    profit = 0
    for band in sorted(bands, key=lambda band: band["default_probability"]):
        profit += band["gain"] - band["loss"]
        if best["cut_off"] is None or profit > best["profit"]:
            best = {"cut_off": band["default_probability"], "profit": profit}
    return best
