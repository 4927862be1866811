"""Sums, days and names in a letter that are not those of the claim."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

from creditlib.collection.letter_amounts import Amount
from creditlib.collection.letter_dates import Day
from creditlib.collection.letter_matter import CENT, Matter
from creditlib.collection.letter_names import other_addressee
from creditlib.collection.letter_text import Span

Wrong = tuple[str, Span, str, dict]  # kind, place, what is right (a message), its values
_ROUGH = re.compile(
    r"\b(?:over|more than|at least|nearly|almost|about|within|if|after|will be|up to|than)\b"
    r"[^\d]*\d+$"
    r"|[\u8d85\u6ee1\u8fd1\u7ea6][^\d]{0,4}\d+$"
)
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
    after = matter.flat[amount.end : amount.end + 14]
    if re.match(r" ?(?:/|per |a )? ?(?:\u5929|\u65e5|day)", after):
        return "other"
    return chosen


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
    right = _right_sums(matter)
    due = interests(matter)
    stated = [one.value for one in matter.amounts if label_of(matter, one) == "interest"]
    for amount in matter.amounts:
        if not amount.sure or any(amount.is_about(one) for one in right):
            continue
        label = label_of(matter, amount)
        if label == "other" or any(abs(amount.value - one) <= one * _SLACK for one in due):
            continue
        whole = {one + extra for one in right for extra in (*due, *stated)}
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


def _mistyped(amount: Amount, right: set[Decimal]) -> bool:
    """Whether a sum has the digits of a right one in another order."""
    digits = sorted(str(amount.value.quantize(CENT)))
    return any(sorted(str(one.quantize(CENT))) == digits for one in right)


def _right_sums(matter: Matter) -> set[Decimal]:
    """The invoices, what is open of them, payments, dispute, and sums of any of the items."""
    claim = matter.claim
    undisputed = [one.amount - one.disputed for one in claim.invoices]
    right = {payment.amount for payment in claim.payments} | {matter.paid, claim.disputed}
    right |= {one.disputed for one in claim.invoices} | {matter.balance, matter.demanded}
    for items in ([one.amount for one in claim.invoices], matter.open_items, undisputed):
        few = items if len(items) <= 8 else ()
        right |= {
            sum(some, Decimal(0)) for n in range(1, len(few) + 1) for some in combinations(few, n)
        }
        right |= {*items, sum(items, Decimal(0))}
    for payment in claim.payments:  # set against another invoice than the oldest
        right |= {one.amount - payment.amount for one in claim.invoices}
    return right


def _item_of(matter: Matter, amount: Amount) -> int | None:
    """The invoice beside which a sum stands, None if it stands apart."""
    sentence = matter.reading.sentence(amount.start)
    near = [
        (place.start, invoice)
        for place, invoice in matter.invoice_places
        if sentence.start <= place.start < amount.start and amount.start - place.start < 120
    ]
    return matter.claim.invoices.index(max(near, key=lambda pair: pair[0])[1]) if near else None


def wrong_dates(matter: Matter) -> Iterator[Wrong]:
    """Days told of an invoice that are not its own, ages, deadlines that have passed."""
    claim = matter.claim
    for day in matter.days:
        if not day.sure:
            continue
        place = Span(day.start, day.end)
        if not day.means:
            yield "wrong_date", place, "dated", {}
            continue
        label, number = _role(matter, day)
        if number is None:
            if label and not _known(matter, day, label):
                yield "wrong_date", place, "dates", _dates(matter, 0)
            continue
        invoice = claim.invoices[number]
        right = {one.issued for one in claim.invoices} | {one.due for one in claim.invoices}
        if label:  # a day may stand before the number that it belongs to
            near = [invoice, *(claim.invoices[one] for one in _following(matter, day))]
            right = {one.issued if label == "issued" else one.due for one in near}
        sentence = matter.reading.sentence(day.start)
        told = {
            one
            for other in matter.days
            if sentence.start <= other.start < sentence.end
            for one in other.means
        }
        if not label and {invoice.issued, invoice.due} <= told:
            continue  # both of its days are there: this one is a delivery's or a payment's
        others = {one.received for one in claim.payments} | {claim.as_of}
        loose = not label and (
            others.intersection(day.means)
            or all(one > claim.as_of for one in day.means)
            or all(one < invoice.issued - timedelta(days=45) for one in day.means)
        )
        if not loose and not set(right).intersection(day.means):
            yield "wrong_date", place, "dates", _dates(matter, number)
    ages = {(claim.as_of - one.due).days for one in claim.invoices}
    for pattern in matter.rules.patterns["labels"]["days_late"]:
        for match in pattern.finditer(matter.flat):
            before = matter.flat[max(0, match.start() - 14) : match.end("n")]
            if _ROUGH.search(before):
                continue
            if not any(abs(int(match["n"]) - age) <= 1 for age in ages):
                yield "wrong_date", Span(*match.span("n")), "days", _dates(matter, 0)


def _role(matter: Matter, day: Day) -> tuple[str, int | None]:
    """What a day is called (issued, due or nothing) and of which invoice it is told."""
    labels = matter.rules.patterns["labels"]
    before = matter.flat[max(0, day.start - 30) : day.start].rpartition("\n")[2]
    after = matter.flat[day.end : day.end + 12].partition("\n")[0]
    label = next(
        (name for name in ("due", "issued") if labels[name][1].search(before)),
        next((name for name in ("issued", "due") if labels[name][0].match(after)), ""),
    )
    sentence = matter.reading.sentence(day.start)
    numbers = {one.number: place for place, one in enumerate(matter.claim.invoices)}
    behind = [
        (day.start - place.end, invoice)
        for place, invoice in matter.invoice_places
        if sentence.start <= place.start < day.start and day.start - place.end < 110
    ]
    if behind:
        return label, numbers[min(behind, key=lambda pair: pair[0])[1].number]
    return label, None


def _following(matter: Matter, day: Day) -> list[int]:
    """The invoice that is named next after a day in its sentence."""
    sentence = matter.reading.sentence(day.start)
    ahead = [one for place, one in matter.invoice_places if day.end <= place.start < sentence.end]
    return [matter.claim.invoices.index(ahead[0])] if ahead else []


def _known(matter: Matter, day: Day, label: str) -> bool:
    """Whether a day without an invoice beside it is some day that the claim knows."""
    claim = matter.claim
    if label == "issued":  # “dated”, “of”: said of letters, deliveries and orders too
        return True
    known = {one.due for one in claim.invoices} | {one.issued for one in claim.invoices}
    return bool(known.intersection(day.means)) or any(one >= claim.as_of for one in day.means)


def _dates(matter: Matter, number: int) -> dict:
    invoice = matter.claim.invoices[number]
    return {"number": invoice.number, "issued": invoice.issued, "due": invoice.due}
