def best_cut_off(bands):
    earning = [band for band in bands if band["gain"] > band["loss"]]
    if not earning:
        return {"cut_off": None, "profit": 0}
    return {
        "cut_off": max(band["default_probability"] for band in earning),
        "profit": sum(band["gain"] - band["loss"] for band in earning),
    }
