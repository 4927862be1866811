def countback(receivables, months):
    if not months:
        return None
    (sales, days), *earlier = months
    if sales >= receivables:
        return days * receivables / sales
    before = countback(receivables - sales, earlier)
    return None if before is None else days + before
