def collection_effectiveness(beginning, monthly_sales, ending_total, ending_current):
    collected = beginning - ending_total
    collectable = beginning - ending_current
    for sales in monthly_sales:
        collected += sales
        collectable += sales
    if collectable > 0:
        return collected / collectable
    return None
