from math import log


def weight_of_evidence(goods, bads):
    woe = []
    iv = 0
    for good, bad in zip(goods, bads, strict=True):
        if good == 0 or bad == 0:
            woe.append(None)
        else:
            woe.append(log(good / bad))
            iv += (good / sum(goods) - bad / sum(bads)) * woe[-1]
    return {"woe": woe, "iv": None if None in woe else iv}
