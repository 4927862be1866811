"""Sums, days and names in a letter that are not those of the claim."""

import re
from collections.abc import Iterator
from decimal import Decimal

from creditlib.collection.letter_amounts import Amount
from creditlib.collection.letter_due import Wrong, wrong_dates
from creditlib.collection.letter_matter import CENT, Matter
from creditlib.collection.letter_names import other_addressee
from creditlib.collection.letter_text import Span

_SMALL = Decimal("0.05")  # of the balance
_SLACK = Decimal("0.02")  # of interest that is counted by another convention


def wrong(matter: Matter) -> Iterator[Wrong]:
    """Every sum, day and name that contradicts the claim."""
    yield from wrong_amounts(matter)
    yield from wrong_dates(matter)
    place = other_addressee(matter)
    if place:
        yield "wrong_debtor", place, "", {}


def label_of(matter: Matter, amount: Amount) -> str:
    """What a sum is called: the label that stands nearest before it in its sentence."""
    labels = matter.rules.patterns["labels"]
    sentence = matter.reading.sentence(amount.start)
    before = matter.flat[max(sentence.start, amount.start - 60) : amount.start]
    best, chosen = -1, ""
    for name in ("total", "paid", "interest", "other"):
        for pattern in labels[name]:
            for match in pattern.finditer(before):
                if match.end() > best:
                    best, chosen = match.end(), name
    if (chosen == "total" and _summed_interest(matter, amount.start)) or (
        chosen in ("", "total") and _goes_on_about_interest(matter, amount.start)
    ):
        chosen = "interest"
    after = matter.flat[amount.end : amount.end + 14]
    if re.match(r" ?(?:/|per |a )? ?(?:\u5929|\u65e5|day)", after):
        return "other"
    return chosen


def _goes_on_about_interest(matter: Matter, start: int) -> bool:
    """Whether a sum ends the thought of the sentence before: “0.03% a day; to date it is …”."""
    labels = matter.rules.patterns["labels"]
    begins = matter.reading.sentence(start).start
    if not any(one.match(matter.flat[begins:start]) for one in labels["goes_on"]):
        return False
    before = matter.reading.sentence(max(0, begins - 1)).start
    if any(one.sure and before <= one.start < start for one in matter.amounts):
        return False
    return any(one.search(matter.flat[before:begins]) for one in labels["interest"])


def _summed_interest(matter: Matter, start: int) -> bool:
    """Whether the sum word before a place only adds up the interest told of since the last sum."""
    sentence = matter.reading.sentence(start)
    last = max((one.end for one in matter.amounts if one.sure and one.end <= start), default=0)
    words = matter.flat[max(sentence.start, last) : start]
    labels = matter.rules.patterns["labels"]
    for pattern in labels["summing"]:
        end = pattern.search(words)
        if end and any(one.search(words[: end.start()]) for one in labels["interest"]):
            return not any(one.search(words[: end.start()]) for one in labels["total"])
    return False


def interests(matter: Matter) -> list[Decimal]:
    """The agreed penalty to the letter's day, by invoice and in all, payments and dispute aside."""
    claim = matter.claim
    rate = claim.daily_penalty
    if rate is None:
        return []
    each, paid = [], sorted(claim.payments, key=lambda one: one.received)
    for invoice, _rest in zip(claim.invoices, matter.open_items, strict=True):
        each.append(invoice.amount * rate * max(0, (claim.as_of - invoice.due).days))
    less = Decimal(0)
    left = [
        [invoice.due, invoice.amount] for invoice in sorted(claim.invoices, key=lambda i: i.due)
    ]
    for payment in paid:
        rest = payment.amount
        for item in left:
            part = min(rest, item[1])
            less += part * rate * max(0, (claim.as_of - max(payment.received, item[0])).days)
            item[1], rest = item[1] - part, rest - part
    contested = sum(
        (one.disputed * rate * max(0, (claim.as_of - one.due).days) for one in claim.invoices),
        Decimal(0),
    )
    whole = sum(each, Decimal(0))
    wholes = [whole, whole - less, whole - contested, whole - less - contested]
    return [one.quantize(CENT) for one in [*wholes, *each] if one > 0]


def wrong_amounts(matter: Matter) -> Iterator[Wrong]:
    """Sums that are neither the claim's nor called something that the claim does not hold."""
    claim = matter.claim
    right = matter.known_sums
    due = interests(matter)
    stated = [one.value for one in matter.amounts if label_of(matter, one) == "interest"]
    gross = _gross_only(matter)
    for amount in matter.amounts:
        if amount.sure and gross and amount.is_about(claim.principal):
            place = Span(amount.start, amount.end)
            yield "wrong_amount", place, "total", {"total": matter.demanded}
        if not amount.sure or any(amount.is_about(one) for one in right):
            continue
        label = label_of(matter, amount)
        if label == "other" or any(abs(amount.value - one) <= one * _SLACK for one in due):
            continue
        whole = {one + extra for one in right if one for extra in (*due, *stated)}
        if any(amount.is_about(one) for one in whole):
            continue
        values = {"total": matter.demanded}
        if label == "interest":
            if not due or amount.value <= due[0]:
                continue  # less than may be claimed, or nothing agreed to hold it against
            values = {"interest": due[0]}
            yield "wrong_amount", Span(amount.start, amount.end), "interest", values
            continue
        number = _item_of(matter, amount) if label != "total" else None
        small = amount.value < matter.balance * _SMALL  # interest that is not called so
        if small or not (label == "total" or number is not None or _mistyped(amount, right)):
            continue
        if number is not None:
            invoice = claim.invoices[number]
            values = {"number": invoice.number, "amount": invoice.amount}
            yield "wrong_amount", Span(amount.start, amount.end), "invoice", values
        else:
            yield "wrong_amount", Span(amount.start, amount.end), "total", values


def _gross_only(matter: Matter) -> bool:
    """Whether the invoices are added up and what was paid on them is nowhere taken off."""
    net = {matter.balance, matter.demanded}
    if not matter.paid or len(matter.claim.invoices) < 2:
        return False
    return not any(one.is_about(whole) for one in matter.amounts for whole in net)


def _mistyped(amount: Amount, right: set[Decimal]) -> bool:
    """Whether a sum has the digits of a right one in another order, or one of them wrong."""
    written, round_sum = str(amount.value.quantize(CENT)), amount.value % 1_000 == 0
    for one in (str(value.quantize(CENT)) for value in right):
        if sorted(one) == sorted(written):
            return True
        differing = [a for a, b in zip(one, written, strict=False) if a != b]
        if len(differing) == 1 and len(one) == len(written) and not round_sum:
            return True
    return False


def _item_of(matter: Matter, amount: Amount) -> int | None:
    """The invoice beside which a sum stands, None if it stands apart."""
    sentence = matter.reading.sentence(amount.start)
    near = [
        (place.start, invoice)
        for place, invoice in matter.invoice_places
        if sentence.start <= place.start < amount.start and amount.start - place.start < 120
    ]
    return matter.claim.invoices.index(max(near, key=lambda pair: pair[0])[1]) if near else None
