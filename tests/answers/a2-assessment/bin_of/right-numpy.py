import numpy as np
import pandas as pd


def bin_of(value, edges):
    if pd.isna(value):
        return -1
    return int(np.searchsorted(edges, value, side="left"))
