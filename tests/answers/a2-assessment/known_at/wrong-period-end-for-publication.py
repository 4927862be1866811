def known_at(fields, as_of):
    names = []
    for field in fields:
        day = field["period_end"] or field["known_on"]
        if day is not None and day <= as_of:
            names.append(field["name"])
    return names
