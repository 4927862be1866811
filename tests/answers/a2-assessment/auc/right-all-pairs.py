def auc(defaulted, scores):
    goods = [score for bad, score in zip(defaulted, scores, strict=True) if bad == 0]
    bads = [score for bad, score in zip(defaulted, scores, strict=True) if bad == 1]
    if not goods or not bads:
        return None
    wins = 0
    for good in goods:
        for bad in bads:
            if good > bad:
                wins += 1
            elif good == bad:
                wins += 0.5
    return wins / (len(goods) * len(bads))
