from math import log


def weight_of_evidence(goods, bads):
    shares = [(good / sum(goods), bad / sum(bads)) for good, bad in zip(goods, bads, strict=True)]
    woe = [log(g) - log(b) if g * b > 0 else None for g, b in shares]
    if None in woe:
        return {"iv": None, "woe": woe}
    return {"iv": sum((g - b) * w for (g, b), w in zip(shares, woe, strict=True)), "woe": woe}
