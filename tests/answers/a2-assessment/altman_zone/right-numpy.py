import numpy as np


def altman_zone(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities):
    if min(total_assets, total_liabilities) <= 0:
        return {"score": np.nan, "zone": None}
    over_assets = np.array([working_capital, retained_earnings, ebit]) / total_assets
    score = over_assets @ [6.56, 3.26, 6.72] + 1.05 * (equity / total_liabilities)
    zone = np.select([score < 1.10, score <= 2.60], ["distress", "grey"], "safe")
    return {"score": float(score), "zone": str(zone)}
