import numpy as np


def accept_order(amount, margin, default_probability, days, annual_rate):
    share = np.array([margin, 1 - margin, 1 - margin])
    weight = np.array([1 - default_probability, -default_probability, -annual_rate * days / 365])
    net = float(amount * share @ weight)
    return {"net": net, "accept": bool(net > 0)}
