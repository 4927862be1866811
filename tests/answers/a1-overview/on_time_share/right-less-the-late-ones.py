from datetime import date


def on_time_share(invoices, as_of):
    past = [i for i in invoices if date.fromisoformat(i["due_date"]) <= date.fromisoformat(as_of)]
    late = [i for i in past if (i["paid_on"] or "9999-12-31") > i["due_date"]]
    total = sum(i["amount"] for i in past)
    return 1 - sum(i["amount"] for i in late) / total if past else None
