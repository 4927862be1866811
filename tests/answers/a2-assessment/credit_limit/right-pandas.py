import numpy as np
import pandas as pd


def credit_limit(annual_purchases, terms_days, delay_days, net_worth, pd, lgd, loss_budget):
    loss_rate = pd * lgd
    caps = _caps(
        need=annual_purchases * (terms_days + delay_days) / 365,
        net_worth=0.1 * np.clip(net_worth, 0, None),
        risk=loss_budget / loss_rate if loss_rate else np.inf,
    )
    return {"binding": caps.idxmin(), "limit": float(caps.min())}


def _caps(**caps):
    return pd.Series(caps)
