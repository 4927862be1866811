def on_time_share(invoices, as_of):
    past = [i for i in invoices if i["due_date"] <= as_of and i["paid_on"] is not None]
    on_time = [i for i in past if i["paid_on"] <= i["due_date"]]
    if not past:
        return None
    return sum(i["amount"] for i in on_time) / sum(i["amount"] for i in past)
