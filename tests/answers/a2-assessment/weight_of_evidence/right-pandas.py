import numpy as np
import pandas as pd


def weight_of_evidence(goods, bads):
    table = pd.DataFrame({"good": goods, "bad": bads}, dtype=float)
    table = (table / table.sum()).replace(0, np.nan)
    woe = np.log(table["good"] / table["bad"])
    iv = ((table["good"] - table["bad"]) * woe).sum(skipna=False)
    return {"woe": woe.tolist(), "iv": float(iv)}
