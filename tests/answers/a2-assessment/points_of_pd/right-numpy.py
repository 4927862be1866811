import numpy as np


def points_of_pd(pd, pdo, odds, points):
    if 0 < pd < 1:
        good_to_bad = 1 / pd - 1
        steps = np.log(good_to_bad) - np.log(odds)
        return points + steps / np.log(2) * pdo
    return np.nan
