import math


def points_of_pd(pd, pdo, odds, points):
    if pd <= 0 or pd >= 1:
        return None
    offset = points - pdo * math.log(odds)
    return offset + pdo * math.log((1 - pd) / pd)
