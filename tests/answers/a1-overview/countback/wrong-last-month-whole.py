def countback(receivables, months):
    total = 0
    for sales, days in months:
        total += days
        if receivables <= sales:
            return total
        receivables -= sales
    return None
