import pandas as pd


def best_cut_off(bands):
    nothing = {"cut_off": None, "profit": 0}
    if len(bands) == 0:
        return nothing
    table = pd.DataFrame(bands).set_index("default_probability").sort_index()
    profit = (table["gain"] - table["loss"]).cumsum()
    if profit.max() <= 0:
        return nothing
    return {"cut_off": float(profit.idxmax()), "profit": float(profit.max())}
