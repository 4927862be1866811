import math


def bin_of(value, edges):
    if value is None:
        return -1
    if math.isnan(value):
        return -1
    for number, edge in enumerate(edges):
        if value <= edge:
            return number
    return len(edges)
