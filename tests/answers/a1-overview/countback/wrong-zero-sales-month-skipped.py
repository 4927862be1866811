def countback(receivables, months):
    total = 0
    for sales, days in months:
        if sales == 0:
            continue
        if receivables <= sales:
            return total + receivables / sales * days
        receivables -= sales
        total += days
    return None
