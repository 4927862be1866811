def known_at(fields, as_of):
    return [f["name"] for f in fields if f["known_on"] is not None and f["known_on"] <= as_of]
