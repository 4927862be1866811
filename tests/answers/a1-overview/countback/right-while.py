def countback(receivables, months):
    left, counted, place = receivables, 0, 0
    while left > 0:
        if place == len(months):
            return None
        sales, days = months[place]
        counted += days if sales < left else days * left / sales
        left -= sales
        place += 1
    return counted
