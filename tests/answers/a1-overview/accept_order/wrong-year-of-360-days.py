def accept_order(amount, margin, default_probability, days, annual_rate):
    cost = (1 - margin) * amount
    gain = (1 - default_probability) * margin * amount
    net = gain - default_probability * cost - cost * days / 360 * annual_rate
    return {"net": net, "accept": net > 0}
