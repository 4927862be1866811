from math import log


def weight_of_evidence(goods, bads):
    woe = []
    iv = 0
    for good, bad in zip(goods, bads, strict=True):
        if good == 0 or bad == 0:
            woe.append(0)
        else:
            good_share = good / sum(goods)
            bad_share = bad / sum(bads)
            woe.append(log(good_share / bad_share))
            iv += (good_share - bad_share) * woe[-1]
    return {"woe": woe, "iv": iv}
