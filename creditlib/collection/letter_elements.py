"""What a notice of each stage must contain, and whether a letter does."""

import re
from collections.abc import Iterable

from creditlib.collection.letter_demand import asked, dated_demand
from creditlib.collection.letter_facts import interests, label_of
from creditlib.collection.letter_marks import referenced, signed
from creditlib.collection.letter_matter import Matter, other_accounts
from creditlib.collection.letter_names import other_addressee
from creditlib.collection.letter_text import Span

STAGES = ("reminder", "second_reminder", "formal_demand", "final_notice", "lawyer_letter")
FRIENDLY = STAGES[:2]
_BRIEF = (
    "parties", "reference", "invoices", "total", "demand", "account", "contact", "signature",
)  # fmt: skip
_WHOLE = (
    *_BRIEF, "contract", "performance", "interest", "next_steps", "reservation", "attachments",
    "delivery",
)  # fmt: skip
REQUIRED = {
    "reminder": _BRIEF,
    "second_reminder": (*_BRIEF, "interest", "attachments"),
    "formal_demand": _WHOLE,
    "final_notice": _WHOLE,
    "lawyer_letter": _WHOLE,
}


def missing(matter: Matter, wrongs: Iterable[tuple[str, Span]] = ()) -> list[str]:
    """Return the finding kinds `no_…` (or `vague`) of the elements that a letter lacks.

    `wrongs` are the kinds and places of what it must not say: a step that may not be taken is no
    next step, and where it is announced as one it is that finding and not also a missing step.
    """
    found = []
    kinds, places = {kind for kind, _ in wrongs}, [place for _, place in wrongs]
    for element in REQUIRED[matter.stage]:
        present = (
            _PRESENT[element](matter) if element in _PRESENT else told(matter, element) is not None
        )
        if element == "next_steps" and not present:
            present = "empty_consequence" in kinds or _announced(matter, wrongs)
            present = present or told(matter, "next_steps_loose", places) is not None
        if element == "account":
            present = present or "personal_account" in kinds
        if not present:
            found.append("vague" if element == "demand" and asked(matter) else f"no_{element}")
    return found


def _announced(matter: Matter, wrongs: Iterable[tuple[str, Span]]) -> bool:
    """Whether a step that may not be taken is said to follow if nobody pays."""
    for kind, place in wrongs:
        if kind in _STEPS:
            words = matter.reading.told(matter.reading.sentence(place.start))
            if matter.rules.found(words, "elements", "announced"):
                return True
    return False


_STEPS = {"threat", "unlawful_consequence", "disclosure", "false_authority"}


def told(matter: Matter, element: str, wrongs: Iterable[Span] = ()) -> Span | None:
    """Where an element's patterns match in a sentence that is not about something else."""
    other = matter.rules.patterns["elements"].get(f"{element}_not", ())
    for place in matter.rules.all_found(matter.unnumbered, "elements", element):
        span = matter.reading.sentence(place.start)
        if any(span.start <= one.start < span.end for one in wrongs):
            continue  # a step that may not be taken is no next step
        if not any(one.search(matter.reading.told(span)) for one in other):
            return place
    return None


def _parties(matter: Matter) -> bool:
    """Both by name; a debtor named wrongly is another finding."""
    debtor = matter.places(matter.claim.debtor.name) or other_addressee(matter)
    return bool(debtor and matter.places(matter.claim.creditor.name))


def _contract(matter: Matter) -> bool:
    """The contract by its number; an order or agreement where the claim knows no number."""
    if matter.claim.contract:
        return bool(matter.places(matter.claim.contract))
    return matter.rules.found(matter.flat, "elements", "order") is not None


def _invoices(matter: Matter) -> bool:
    """Every invoice by number, with days and sums; a wrong day or sum is another finding."""
    named = {invoice.number for _, invoice in matter.invoice_places}
    numbers = {invoice.number for invoice in matter.claim.invoices}
    ends = [number[-3:] for number in numbers - named]  # 25090204, -241 and -377
    if not named or not all(
        re.search(rf"{re.escape(end.lower())}(?!\d)", matter.flat) for end in ends
    ):
        return False
    past = [one for one in matter.days if any(day < matter.claim.as_of for day in one.means)]
    return bool(past and matter.amounts)


def _total(matter: Matter) -> bool:
    """A sum of all, or a sum called the total."""
    claim = matter.claim
    wholes = {matter.balance, matter.demanded, claim.principal, claim.principal - claim.disputed}
    if any(one.is_about(whole) for one in matter.amounts for whole in wholes):
        return True
    largest = max(invoice.amount for invoice in claim.invoices)
    return any(
        one.sure and one.value > largest and label_of(matter, one) != "other"
        for one in matter.amounts
    )


def _interest(matter: Matter) -> bool:
    """At the formal stages a sum to the day of the letter; before them the word is enough."""
    due = interests(matter)
    if any(abs(one.value - sum_) <= 1 for one in matter.amounts if one.sure for sum_ in due):
        return True
    if matter.stage in FRIENDLY:
        return told(matter, "interest") is not None
    known = matter.known_sums
    for span in matter.reading.sentences:
        if matter.rules.found(matter.reading.told(span), "elements", "interest"):
            for one in matter.amounts:
                near = span.start <= one.start < span.end + 60
                if near and one.sure and not any(one.is_about(sum_) for sum_ in known):
                    return True
    return False


def _next_steps(matter: Matter) -> bool:
    """A step that is announced: a court or a lawyer that is only named is none."""
    lists = matter.rules.patterns["elements"]
    for place in matter.rules.all_found(matter.unnumbered, "elements", "next_steps"):
        span = matter.reading.sentence(place.start)
        words = matter.reading.told(span)
        if any(one.search(words) for one in lists["next_steps_not"]):
            continue
        dated = any(span.start <= one.start < span.end for one in matter.deadlines)
        named = any(one.search(words) for one in lists["concrete_steps"])
        if dated or named or any(one.search(words) for one in lists["follows"]):
            return True
    return False


def _contact(matter: Matter) -> bool:
    """A telephone, a mail address, or where to write to with a dispute."""
    if told(matter, "contact") is not None:
        return True
    for place in matter.places(matter.claim.creditor.address):
        words = matter.reading.told(matter.reading.sentence(place.start))
        if matter.rules.found(words, "elements", "objection"):
            return True
    return False


def _account(matter: Matter) -> bool:
    """The claim's account by its number, or another one, which is another finding."""
    claim = matter.claim
    if (claim.account and matter.places(claim.account)) or other_accounts(matter):
        return True
    usual = matter.rules.found(matter.flat, "elements", "account") is not None
    return usual and not claim.account  # no number is known that the letter could give


_PRESENT = {
    "parties": _parties,
    "reference": referenced,
    "contract": _contract,
    "invoices": _invoices,
    "total": _total,
    "demand": lambda matter: dated_demand(matter) is not None,
    "interest": _interest,
    "account": _account,
    "contact": _contact,
    "next_steps": _next_steps,
    "signature": signed,
}
