def known_at(fields, as_of):
    names = []
    for field in fields:
        if field["known_on"] is not None and field["known_on"] < as_of:
            names.append(field["name"])
    return names
