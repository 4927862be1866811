def auc(defaulted, scores):
    goods = [score for bad, score in zip(defaulted, scores, strict=True) if bad == 0]
    bads = [score for bad, score in zip(defaulted, scores, strict=True) if bad == 1]
    if not goods or not bads:
        return None
    wins = sum(good >= bad for good in goods for bad in bads)
    return wins / (len(goods) * len(bads))
