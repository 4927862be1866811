def best_cut_off(bands):
    answer = {"cut_off": None, "profit": 0}
    for band in sorted(bands, key=lambda band: band["default_probability"]):
        if band["gain"] <= band["loss"]:
            break
        profit = answer["profit"] + band["gain"] - band["loss"]
        answer = {"cut_off": band["default_probability"], "profit": profit}
    return answer
