"""What has to be shown to win a suit for the price, and which papers show it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from creditlib.collection.evidence_log import chosen, rules
from creditlib.collection.steps import Step, step

DOCUMENTS = (
    "contract", "order", "delivery_signed", "delivery_note", "logistics_record", "acceptance",
    "invoice", "payment_record", "statement_sealed", "acknowledgment", "correspondence",
    "registry_extract",
)  # fmt: skip


@dataclass(frozen=True)
class Element:
    """One thing to be shown: "proved", "supported" (needs more) or "missing", and how to get it."""

    name: str
    standing: str
    shown_by: tuple[str, ...]
    reason: Step
    how_to_get: Step
    ask: Step


def elements(documents: Iterable[str]) -> tuple[Element, ...]:
    """Return each element of the debt with what the documents at hand make of it.

    Two supporting papers of different kinds still only support: a court weighs them together.
    Source: Sale Interpretation 1; Evidence Provisions 90, 92; the list itself is the usual one.

    >>> [element.standing for element in elements(["contract", "invoice"])]
    ['proved', 'missing', 'supported', 'proved', 'supported']
    """
    held = chosen("documents", documents, DOCUMENTS)
    return tuple(_element(rule, held) for rule in rules()["element"])


def standing_of(found: Collection[Element]) -> str:
    """Return the debt's standing: "provable", "thin" (supported only) or "not_provable".

    Who the debtor is can be looked up in an hour and never makes a debt thin.

    >>> standing_of(elements(["contract", "delivery_signed", "statement_sealed"]))
    'provable'
    """
    standings = {each.standing for each in found if each.name != "debtor"}
    if "missing" in standings:
        return "not_provable"
    return "thin" if "supported" in standings else "provable"


def _element(rule: dict, held: frozenset[str]) -> Element:
    strong = tuple(kind for kind in rule["strong"] if kind in held)
    supporting = tuple(kind for kind in rule["supporting"] if kind in held)
    standing = "proved" if strong else "supported" if supporting else "missing"
    name = rule["name"]
    return Element(
        name=name,
        standing=standing,
        shown_by=strong or supporting,
        reason=step(f"evidence.element.{name}.{standing}", rule["law"]),
        how_to_get=step(f"evidence.element.{name}.get"),
        ask=step(f"evidence.ask.{rule['ask']}"),
    )
