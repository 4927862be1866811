def countback(receivables, months):
    total = 0
    for sales, _ in months:
        if receivables <= sales:
            return total + receivables / sales * 30
        receivables -= sales
        total += 30
    return None
