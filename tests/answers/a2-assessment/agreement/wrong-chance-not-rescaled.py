def agreement(first, second):
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    expected = sum(first.count(g) * second.count(g) for g in set(first)) / n**2
    if expected == 1:
        return None
    return observed - expected
