def agreement(first, second):
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    expected = sum((first.count(g) / n) ** 2 for g in set(first))
    if expected == 1:
        return None
    return (observed - expected) / (1 - expected)
