def known_at(fields, as_of):
    names = []
    for field in fields:
        if field["known_on"] is None or field["known_on"] <= as_of:
            names.append(field["name"])
    return names
