from sklearn.metrics import roc_auc_score


def auc(defaulted, scores):
    if len(set(defaulted)) < 2:
        return None
    return float(roc_auc_score([1 - bad for bad in defaulted], scores))
