import math


def points_of_pd(pd, pdo, odds, points):
    if pd <= 0 or pd >= 1:
        return None
    factor = pdo / math.log(2)
    offset = points - factor * math.log(odds)
    return offset + factor * math.log(pd / (1 - pd))
