import numpy as np


def auc(defaulted, scores):
    bad = np.array(defaulted) == 1
    scores = np.array(scores, dtype=float)
    difference = scores[~bad][:, None] - scores[bad][None, :]
    return float(((np.sign(difference) + 1) / 2).mean()) if difference.size else None
