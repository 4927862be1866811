def agreement(first, second):
    grades = set(first) | set(second)
    if len(grades) == 1:
        return None
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    expected = 1 / len(grades)
    return (observed - expected) / (1 - expected)
