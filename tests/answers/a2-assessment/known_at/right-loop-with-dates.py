from datetime import date


def known_at(fields, as_of):
    review = date.fromisoformat(as_of)
    usable = []
    for field in fields:
        known_on = field["known_on"]
        if not known_on:
            continue
        if date.fromisoformat(known_on) <= review:
            usable.append(field["name"])
    return usable
