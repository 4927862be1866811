from collections import Counter


def agreement(first, second):
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    of_first = Counter(first)
    of_second = Counter(second)
    expected = sum(of_first[grade] * of_second[grade] for grade in of_first) / n**2
    if expected == 1:
        return None
    return (observed - expected) / (1 - expected)
