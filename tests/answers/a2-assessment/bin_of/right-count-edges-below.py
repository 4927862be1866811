def bin_of(value, edges):
    if value is None or value != value:
        return -1
    return sum(value > edge for edge in edges)
