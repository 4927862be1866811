"""Is this debt provable, what is missing, and what is the next step: the file before a suit."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditlib.collection.claim import Claim
from creditlib.collection.evidence_documents import DOCUMENTS, Element, elements, standing_of
from creditlib.collection.evidence_log import (
    CHANNELS,
    PROOFS,
    Contact,
    Weight,
    chosen,
    rules,
    weigh,
)
from creditlib.collection.evidence_ways import (
    FACTS,
    Way,
    claimed_in_court,
    recommended,
    ways,
)
from creditlib.collection.limitation import Event, Limitation, limitation
from creditlib.collection.steps import Step, step
from creditlib.i18n import text

__all__ = [
    "CHANNELS", "DOCUMENTS", "FACTS", "PROOFS", "Assessment", "Contact", "Element", "Way", "Weight",
    "assess", "weigh",
]  # fmt: skip

NEAR_DAYS = 90
LARGE_AMOUNT = Decimal(500_000)


@dataclass(frozen=True)
class Assessment:
    """What the file is worth on a day.

    `standing` is "provable", "thin" or "not_provable"; `missing` are the elements to work on;
    `contacts` are weighed in the order of their days; `next_way` names the entry of `ways` to take
    ("evidence" if papers come first, "lawyer" if the debt is time-barred), `next_step` says it.
    """

    standing: str
    elements: tuple[Element, ...]
    contacts: tuple[Weight, ...]
    limitation: Limitation
    ways: tuple[Way, ...]
    next_way: str
    next_step: Step
    lawyer: tuple[Step, ...]

    @property
    def missing(self) -> tuple[Element, ...]:
        """The elements that are not proved, the missing ones first."""
        return tuple(
            element
            for standing in ("missing", "supported")
            for element in self.elements
            if element.standing == standing
        )

    @property
    def notice(self) -> str:
        """What this assessment is not."""
        return text("law.notice")


def assess(
    claim: Claim,
    documents: Iterable[str],
    contacts: Iterable[Contact],
    on: date,
    *,
    facts: Collection[str] = (),
    events: Iterable[Event] = (),
    large_amount: Decimal = LARGE_AMOUNT,
) -> Assessment:
    """Return what a file proves, how long it is safe, the ways open and when to call a lawyer.

    `documents` are kinds of `DOCUMENTS` at hand, `facts` those of `FACTS` that hold, `events` what
    happened to limitation beside the contacts (a part payment, an obstacle). Contacts after `on`
    are not seen. `large_amount` is the company's own threshold for asking a lawyer.
    Source: Sale Interpretation 1; Limitation Provisions 8, 14; Civil Procedure Law 103, 104,
    225–228. The ladder and the lawyer's list are practice, not law.

    >>> claim = Claim.of("80000", due=date(2025, 6, 30), as_of=date(2025, 12, 31))
    >>> posted = Contact(date(2025, 9, 1), "ems", proof={"content", "stub", "tracking"})
    >>> papers = ["contract", "delivery_signed", "statement_sealed"]
    >>> result = assess(claim, papers, [posted], date(2025, 12, 31))
    >>> result.standing, result.next_way, result.limitation.last_day.isoformat()
    ('provable', 'payment_order', '2028-09-01')
    """
    facts = chosen("facts", facts, FACTS)
    claim = claim.on(on)
    on = claim.as_of
    found = elements(documents)
    standing = standing_of(found)
    seen = sorted(
        (weigh(contact) for contact in contacts if contact.day <= on),
        key=lambda weight: (weight.contact.day, weight.rung),
    )
    safe = limitation(claim, [*(weight.event for weight in seen), *events])
    demanded = any(weight.interrupts and weight.contact.day > claim.oldest_due for weight in seen)
    options = ways(claim, facts, standing, demanded)
    days_left = (safe.last_day - on).days
    pressed = 0 <= days_left <= NEAR_DAYS
    # An expired debt is asked for with care: a lawyer first, unless it goes to bankruptcy anyway.
    expired = safe.expired(on) and "bankruptcy" not in facts
    next_way = "lawyer" if expired else recommended(options, facts, pressed)
    worked_out = {
        "limitation_near": pressed,
        "limitation_expired": safe.expired(on),
        "disputed": claim.disputed > 0,
        "not_provable": standing == "not_provable",
        "large_amount": claimed_in_court(claim) >= large_amount,
    }
    calls = tuple(
        step(f"evidence.lawyer.{rule['name']}", rule.get("law", ""))
        for rule in rules()["lawyer"]
        if worked_out.get(rule["name"], rule["name"] in facts)
    )
    return Assessment(
        standing=standing,
        elements=found,
        contacts=tuple(seen),
        limitation=safe,
        ways=options,
        next_way=next_way,
        next_step=step(f"evidence.next.{next_way}"),
        lawyer=calls,
    )
