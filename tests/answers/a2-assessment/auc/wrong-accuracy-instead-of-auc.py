def auc(defaulted, scores):
    if sum(defaulted) in (0, len(defaulted)):
        return None
    cutoff = sum(scores) / len(scores)
    hits = 0
    for bad, score in zip(defaulted, scores, strict=True):
        if (score < cutoff) == (bad == 1):
            hits += 1
    return hits / len(scores)
