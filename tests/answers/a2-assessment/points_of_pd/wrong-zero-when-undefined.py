import math


def points_of_pd(pd, pdo, odds, points):
    if pd <= 0 or pd >= 1:
        return 0
    factor = pdo / math.log(2)
    offset = points - factor * math.log(odds)
    return offset + factor * math.log((1 - pd) / pd)
