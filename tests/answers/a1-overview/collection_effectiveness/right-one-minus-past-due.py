import numpy as np


def collection_effectiveness(beginning, monthly_sales, ending_total, ending_current):
    collectable = beginning + float(np.sum(monthly_sales)) - ending_current
    past_due = ending_total - ending_current
    return float("nan") if collectable <= 0 else 1 - past_due / collectable
