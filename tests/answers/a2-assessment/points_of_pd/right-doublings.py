from math import log2


def points_of_pd(pd, pdo, odds, points):
    if not 0 < pd < 1:
        return None
    doublings = log2((1 - pd) / pd / odds)
    return points + pdo * doublings
