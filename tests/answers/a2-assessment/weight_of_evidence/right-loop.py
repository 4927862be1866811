import math


def weight_of_evidence(goods, bads):
    all_goods = sum(goods)
    all_bads = sum(bads)
    woe = []
    iv = 0
    for good, bad in zip(goods, bads, strict=True):
        if good == 0 or bad == 0:
            woe.append(None)
            iv = None
            continue
        evidence = math.log((good / all_goods) / (bad / all_bads))
        woe.append(evidence)
        if iv is not None:
            iv = iv + (good / all_goods - bad / all_bads) * evidence
    return {"woe": woe, "iv": iv}
