"""What may happen to a claim, and what each kind of event does to its limitation."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from creditlib.collection.claim import calendar_day
from creditlib.collection.steps import Step, step
from creditlib.errors import InputError


class Effect(NamedTuple):
    """The sentence and the article under which a kind of event interrupts."""

    key: str
    law: str


_AGREEMENT = Effect("agreed", "civil_195_agreement")
_SUIT = Effect("sued", "civil_195_suit")
INTERRUPTIONS = {
    "demand": Effect("demanded", "civil_195_demand"),
    "statement_with_demand": Effect("demanded", "civil_195_demand"),
    "acknowledgment": _AGREEMENT,
    "part_payment": _AGREEMENT,
    "plan": _AGREEMENT,
    "extension_request": _AGREEMENT,
    "security": _AGREEMENT,
    "suit": _SUIT,
    "arbitration": _SUIT,
    "payment_order": _SUIT,
    "preservation": _SUIT,
    "bankruptcy_proof": _SUIT,
    "enforcement": _SUIT,
    "mediation": Effect("mediated", "civil_195_mediation"),
    "police_report": Effect("reported", "civil_195_police"),
    "assignment_notice": Effect("assigned", "civil_195_assignment"),
}
# Between their beginning and their end nothing runs; all the others happen on one day.
LASTING = ("obstacle", *(kind for kind, effect in INTERRUPTIONS.items() if effect is _SUIT))
LASTING += ("mediation", "police_report")
# Once the period has run out, only what can be read as agreeing to perform takes the plea away.
AGREEMENTS = ("acknowledgment", "plan")
# Kinds that do not interrupt, with the reason under which they are ignored.
NEVER = {
    "letter": "no_proof_of_arrival",
    "visit_note": "own_note",
    "statement": "no_demand_in_statement",
    "waiver": "waiver_void",
    "guarantor_signature": "other_person",
}
_SETTINGS = ("obstacle", "last_instalment", "grace_end", "refusal", "infringement")
KINDS = (*INTERRUPTIONS, *NEVER, *_SETTINGS)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day.

    `demand` is one that arrived and can be proved; a letter without that proof is a `letter`. An
    `acknowledgment` is the debtor's promise to perform; `statement` a reconciliation that asks for
    nothing. `until` ends an obstacle or proceedings (`LASTING`), both days included. `invoices` are
    the numbers of those that it is about, none for the whole claim: a part payment interrupts for
    the invoices that were paid, a demand for those that it lists.

    >>> Event(date(2025, 3, 1), "obstacle", until=date(2025, 4, 1)).until.isoformat()
    '2025-04-01'
    >>> Event(date(2025, 3, 1), "part_payment", invoices=["25100412"]).about("25100433")
    False
    """

    day: date
    kind: str
    detail: str = ""
    until: date | None = None
    invoices: tuple[str, ...] = ()

    def __post_init__(self):
        named = (self.invoices,) if isinstance(self.invoices, str) else tuple(self.invoices)
        object.__setattr__(self, "invoices", named)
        object.__setattr__(self, "day", calendar_day(self.day, "day"))
        if self.until is not None:
            object.__setattr__(self, "until", calendar_day(self.until, "until"))
        if self.kind not in KINDS:
            raise InputError(
                "limitation.unknown_event", column="kind", value=self.kind, known=", ".join(KINDS)
            )
        if self.until is not None and self.kind not in LASTING:
            raise InputError("limitation.one_day", day=self.day, kind=self.kind)
        if self.until is not None and self.until < self.day:
            raise InputError("limitation.until_before", day=self.day, until=self.until)

    def about(self, invoice: str) -> bool:
        """Tell whether an invoice of that number is meant."""
        return not self.invoices or invoice in self.invoices


@dataclass(frozen=True)
class Ignored:
    """An event that changes nothing, and why."""

    event: Event
    reason: Step


_LAWS = {
    "no_proof_of_arrival": "civil_195_demand",
    "own_note": "civil_195_demand",
    "waiver_void": "civil_197",
    "after_expiry": "civil_192",
    "after_cap": "civil_188",
    "obstacle_outside": "civil_194",
    "no_interruption": "civil_692",
    "too_early": "civil_692",
    "too_late": "civil_693",
    "wrong_act_general": "civil_693",
    "wrong_act_joint": "civil_693",
    "signature_too_late": "guarantee_34",
}


def ignored(event: Event, reason: str, **values: object) -> Ignored:
    """Return an event with the reason for which it is ignored."""
    said = step(f"limitation.ignored.{reason}", _LAWS.get(reason, ""), day=event.day, **values)
    return Ignored(event, said)
