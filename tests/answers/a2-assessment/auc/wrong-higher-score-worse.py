def auc(defaulted, scores):
    goods = [score for bad, score in zip(defaulted, scores, strict=True) if bad == 0]
    bads = [score for bad, score in zip(defaulted, scores, strict=True) if bad == 1]
    if not goods or not bads:
        return None
    wins = 0
    for good in goods:
        for bad in bads:
            wins += 1 if bad > good else 0.5 if bad == good else 0
    return wins / (len(goods) * len(bads))
