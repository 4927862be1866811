def agreement(first, second):
    if len(set(first) | set(second)) == 1:
        return None
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
