def accept_order(amount, margin, default_probability, days, annual_rate):
    cost = (1 - margin) * amount
    gain = margin * amount
    loss = default_probability * cost
    net = gain - loss - cost * days / 365 * annual_rate
    return {"net": net, "accept": net > 0}
