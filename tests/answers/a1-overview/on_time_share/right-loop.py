def on_time_share(invoices, as_of):
    due = 0
    on_time = 0
    for invoice in invoices:
        if invoice["due_date"] <= as_of:
            due += invoice["amount"]
            if invoice["paid_on"] is not None and invoice["paid_on"] <= invoice["due_date"]:
                on_time += invoice["amount"]
    if due == 0:
        return None
    return on_time / due
