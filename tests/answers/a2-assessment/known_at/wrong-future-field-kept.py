def known_at(fields, as_of):
    return [field["name"] for field in fields if field["known_on"]]
