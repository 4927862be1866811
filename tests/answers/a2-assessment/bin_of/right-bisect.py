from bisect import bisect_left
from math import isnan


def bin_of(value, edges):
    missing = value is None or isnan(value)
    return -1 if missing else bisect_left(edges, value)
