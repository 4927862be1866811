import math


def points_of_pd(pd, pdo, odds, points):
    if pd <= 0 or pd >= 1:
        return None
    factor = pdo / math.log(2)
    offset = points - factor * math.log10(odds)
    return offset + factor * math.log10((1 - pd) / pd)
