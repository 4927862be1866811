import numpy as np


def countback(receivables, months):
    if len(months) == 0:
        return None
    sales, days = np.array(months, dtype=float).T
    reached = np.flatnonzero(sales.cumsum() >= receivables)
    if reached.size == 0:
        return None
    last = reached[0]
    left = receivables - sales[:last].sum()
    return float(days[:last].sum() + days[last] * left / sales[last])
