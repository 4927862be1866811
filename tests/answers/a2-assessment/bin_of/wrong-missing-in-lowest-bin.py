from math import isnan


def bin_of(value, edges):
    if value is None or isnan(value):
        return 0
    for number, edge in enumerate(edges):
        if value <= edge:
            return number
    return len(edges)
