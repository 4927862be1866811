def bin_of(value, edges):
    if not value or value != value:
        return -1
    for number, edge in enumerate(edges):
        if value <= edge:
            return number
    return len(edges)
