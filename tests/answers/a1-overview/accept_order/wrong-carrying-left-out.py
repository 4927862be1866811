def accept_order(amount, margin, default_probability, days, annual_rate):
    gain = (1 - default_probability) * margin * amount
    loss = default_probability * (1 - margin) * amount
    net = gain - loss
    return {"net": net, "accept": net > 0}
