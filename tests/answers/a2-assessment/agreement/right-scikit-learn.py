from sklearn.metrics import cohen_kappa_score


def agreement(first, second):
    if len(set(first) | set(second)) == 1:
        return None
    return float(cohen_kappa_score(first, second))
