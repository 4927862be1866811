"""The contact log: what each contact with the debtor is worth as evidence of a demand."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from creditlib.collection.claim import calendar_day
from creditlib.collection.limitation_events import INTERRUPTIONS, Event
from creditlib.collection.steps import Step, step
from creditlib.errors import InputError

CHANNELS = (
    "court", "acknowledgment", "statement", "letter", "ems", "courier", "email", "message", "call",
    "visit",
)  # fmt: skip
PROOFS = (
    "content", "stub", "tracking", "signed_by_debtor", "sealed_by_debtor", "delivery_log",
    "recording", "identity",
)  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """One contact with the debtor, as it stands in the log.

    `agreed_address`: sent to an address or account that the contract names. `asks_payment`: it
    asks for payment of this debt. `proof`: what is kept of it: the sealed copy of what was sent
    (`content`), the post's `stub`, `tracking` that shows arrival, the debtor's signature or seal,
    the system's `delivery_log`, a `recording`, and in it who spoke (`identity`).
    """

    day: date
    channel: str
    person: str = ""
    agreed_address: bool = False
    asks_payment: bool = True
    proof: frozenset[str] = frozenset()
    note: str = ""

    def __post_init__(self):
        object.__setattr__(self, "day", calendar_day(self.day, "day"))
        object.__setattr__(self, "proof", chosen("proof", self.proof, PROOFS))
        chosen("channel", self.channel, CHANNELS)


@dataclass(frozen=True)
class Weight:
    """What a contact is worth: its rung on the ladder, 1 the strongest, and how to do better."""

    contact: Contact
    rung: int
    name: str
    interrupts: bool
    reason: Step
    better: Step
    event: Event


def chosen(name: str, given: str | Iterable[str], known: Sequence[str]) -> frozenset[str]:
    """Return what was given if the course knows each of it; a single word stands for itself.

    >>> chosen("proof", "content", PROOFS)
    frozenset({'content'})
    """
    found = frozenset({given} if isinstance(given, str) else given)
    for unknown in sorted(found - set(known)):
        raise InputError(
            "evidence.unknown_choice", column=name, value=unknown, known=", ".join(known)
        )
    return found


@cache
def rules() -> dict:
    """Return the rules of evidence: the ladder, the elements of a suit, when to call a lawyer.

    >>> rules()["rung"][0]["name"]
    'court'
    """
    source = Path(__file__).with_name("evidence_rules.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def weigh(contact: Contact) -> Weight:
    """Return the rung of a contact on the ladder of evidence and whether it interrupts limitation.

    The ladder is the usual reading (an inference from Limitation Provisions 8 and 14), not a rule
    of law: a court looks at the whole.

    >>> posted = Contact(date(2025, 6, 3), "ems", proof={"content", "stub", "tracking"})
    >>> weigh(posted).name, weigh(posted).interrupts
    ('ems', True)
    >>> weigh(Contact(date(2025, 6, 3), "courier")).interrupts
    False
    """
    for place, rung in enumerate(rules()["rung"], start=1):
        if (
            contact.channel in rung["channels"]
            and contact.proof >= set(rung.get("proofs", ()))
            and (contact.agreed_address or not rung.get("agreed"))
            and (contact.asks_payment or not rung.get("asks"))
        ):
            name = rung["name"]
            return Weight(
                contact=contact,
                rung=place,
                name=name,
                interrupts=rung["event"] in INTERRUPTIONS,
                reason=step(f"evidence.rung.{name}", rung["law"]),
                better=step(f"evidence.better.{name}"),
                event=Event(contact.day, rung["event"], contact.note),
            )
    raise AssertionError(contact.channel)  # every channel has a last rung without conditions


def events(contacts: Iterable[Contact]) -> tuple[Event, ...]:
    """Return the contacts as events for `limitation`.

    >>> [event.kind for event in events([Contact(date(2025, 6, 3), "visit")])]
    ['visit_note']
    """
    return tuple(weigh(contact).event for contact in contacts)
