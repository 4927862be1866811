import math


def points_of_pd(pd, pdo, odds, points):
    pd = min(max(pd, 0.0001), 0.9999)
    factor = pdo / math.log(2)
    offset = points - factor * math.log(odds)
    return offset + factor * math.log((1 - pd) / pd)
