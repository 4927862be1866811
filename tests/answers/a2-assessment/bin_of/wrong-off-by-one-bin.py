from math import isnan


def bin_of(value, edges):
    if value is None or isnan(value):
        return -1
    number = 1
    for edge in edges:
        if value > edge:
            number = number + 1
    return number
