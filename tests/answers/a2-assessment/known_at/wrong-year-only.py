def known_at(fields, as_of):
    names = []
    for field in fields:
        if field["known_on"] is not None and field["known_on"][:4] <= as_of[:4]:
            names.append(field["name"])
    return names
