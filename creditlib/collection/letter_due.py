"""Days that a letter tells of an invoice, and whether they are the claim's."""

import re
from collections.abc import Iterator
from datetime import timedelta

from creditlib.collection.letter_dates import Day
from creditlib.collection.letter_matter import Matter
from creditlib.collection.letter_text import Span

Wrong = tuple[str, Span, str, dict]  # kind, place, what is right (a message), its values
_ROUGH = re.compile(
    r"\b(?:over|more than|at least|nearly|almost|about|within|if|after|will be|up to|than)\b"
    r"[^\d]*\d+$"
    r"|[\u8d85\u6ee1\u8fd1\u7ea6][^\d]{0,4}\d+$"
)


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
            if label and not _known(matter, day, label) and not _elsewhere(matter, day):
                yield "wrong_date", place, "dates", _dates(matter, 0)
            continue
        invoice = claim.invoices[number]
        if _elsewhere(matter, day):
            continue
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


def _elsewhere(matter: Matter, day: Day) -> bool:
    """Whether a past day is one that an earlier letter set or that the debtor promised."""
    if any(one.issued in day.means for one in matter.claim.invoices):
        return True
    sentence = matter.reading.sentence(day.start)
    before = matter.flat[max(sentence.start, day.start - 60) : day.start]
    words = before + matter.flat[day.start : min(sentence.end, day.end + 20)]
    return any(one.search(words) for one in matter.rules.patterns["labels"]["elsewhere"])


def _role(matter: Matter, day: Day) -> tuple[str, int | None]:
    """What a day is called (issued, due or nothing) and of which invoice it is told."""
    labels = matter.rules.patterns["labels"]
    before = matter.flat[max(0, day.start - 30) : day.start].rpartition("\n")[2]
    after = matter.flat[day.end : day.end + 12].partition("\n")[0]
    label = next((name for name in ("due", "issued") if labels[name][1].search(before)), "")
    behind = next((name for name in ("issued", "due") if labels[name][0].match(after)), "")
    last = max((one.end for one in matter.days if one.end <= day.start), default=day.start)
    other = matter.flat[last : day.start]
    if behind and any(labels[name][0].match(other) for name in ("issued", "due")):
        label = ""  # “9月8日开票 11月7日到期”: the word before belongs to the day before
    label = label or behind
    sentence = matter.reading.sentence(day.start)
    numbers = {one.number: place for place, one in enumerate(matter.claim.invoices)}
    named = [
        (day.start - place.end, invoice)
        for place, invoice in matter.invoice_places
        if sentence.start <= place.start < day.start and day.start - place.end < 110
    ]
    if named:
        return label, numbers[min(named, key=lambda pair: pair[0])[1].number]
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
