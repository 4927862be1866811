from math import log


def weight_of_evidence(goods, bads):
    woe = []
    for good, bad in zip(goods, bads, strict=True):
        if good == 0 or bad == 0:
            woe.append(None)
        else:
            woe.append(log((good / sum(goods)) / (bad / sum(bads))))
    return {"woe": woe, "iv": None if None in woe else sum(woe)}
