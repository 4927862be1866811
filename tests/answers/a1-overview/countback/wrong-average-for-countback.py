def countback(receivables, months):
    sales = sum(month[0] for month in months)
    days = sum(month[1] for month in months)
    if receivables > sales:
        return None
    return receivables / sales * days
