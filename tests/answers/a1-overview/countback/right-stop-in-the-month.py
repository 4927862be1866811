def countback(receivables, months):
    total = 0
    for sales, days in months:
        if receivables <= sales:
            return total + receivables / sales * days
        receivables = receivables - sales
        total = total + days
    return None
