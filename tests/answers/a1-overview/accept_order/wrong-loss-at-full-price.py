def accept_order(amount, margin, default_probability, days, annual_rate):
    cost = (1 - margin) * amount
    gain = (1 - default_probability) * margin * amount
    loss = default_probability * amount
    net = gain - loss - cost * days / 365 * annual_rate
    return {"net": net, "accept": net > 0}
