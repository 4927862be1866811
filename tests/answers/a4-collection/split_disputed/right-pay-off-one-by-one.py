def split_disputed(invoices, paid):
    answer = {"ticket": 0, "demand": 0}
    for invoice in invoices:
        answer["ticket"] = answer["ticket"] + invoice["disputed"]
        clear = invoice["amount"] - invoice["disputed"]
        used = min(paid, clear)
        paid = paid - used
        answer["demand"] = answer["demand"] + clear - used
    return answer
