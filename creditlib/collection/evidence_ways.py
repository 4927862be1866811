"""The ways to one's money through a court: which stand open, why, and what each costs."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from creditlib.collection.claim import Claim
from creditlib.collection.evidence_log import chosen
from creditlib.collection.fees import court_fees
from creditlib.collection.steps import Step, step

FACTS = (
    "counter_claim", "debtor_missing", "assets_moving", "assets_known", "preservation_filed",
    "arbitration_clause", "bankruptcy", "deregistered", "guarantor", "foreign_debtor",
    "suspected_fraud",
)  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One way: whether it is open, the reasons for and against, its cost in yuan, its conditions.

    `cost` is what the court charges in advance, None where it charges nothing by a table.
    """

    name: str
    open: bool
    reasons: tuple[Step, ...]
    cost: Decimal | None = None
    cost_share: Decimal | None = None


def claimed_in_court(claim: Claim) -> Decimal:
    """Return the principal still open: without interest, and before any fee.

    >>> from datetime import date
    >>> claimed_in_court(Claim.of("500", due=date(2025, 1, 1), as_of=date(2025, 2, 1)))
    Decimal('500')
    """
    paid = sum((each.amount for each in claim.payments if each.received <= claim.as_of), Decimal(0))
    return max(claim.principal - paid, Decimal(0))


def ways(claim: Claim, facts: Collection[str], standing: str, demanded: bool) -> tuple[Way, ...]:
    """Return demand, payment order, suit (or arbitration), preservation and bankruptcy proof.

    `facts` are those of `FACTS` that hold, `standing` that of the evidence, `demanded` whether a
    demand stands that can be proved.
    Source: Civil Procedure Law 103, 104, 225–228 with its interpretation 427–440; Litigation Fee
    Measures 13–16; Enterprise Bankruptcy Law 45, 46.
    """
    facts = chosen("facts", facts, FACTS)
    amount = claimed_in_court(claim)
    fees = court_fees(amount) if amount else None
    bankrupt = "bankruptcy" in facts
    found = [_demand(demanded, bankrupt), _payment_order(claim, facts, standing)]
    found += [_suit(facts, standing, amount), *_preservation(facts)]
    if bankrupt:
        found.append(Way("bankruptcy", True, (step("evidence.way.bankruptcy", "bankruptcy"),)))
    costs = {}
    if fees:
        costs = {
            "payment_order": fees.payment_order,
            "suit": fees.acceptance,
            "preservation_before_suit": fees.preservation,
            "preservation_in_suit": fees.preservation,
        }
    return tuple(_priced(way, costs.get(way.name), amount) for way in found)


def recommended(found: Collection[Way], facts: Collection[str], pressed: bool) -> str:
    """Return the next way: the first rung of the ladder that is open and leads further.

    `pressed`: the last safe day is near, so that a letter alone will not do.
    """
    is_open = {way.name for way in found if way.open}
    for name, wanted in (
        ("bankruptcy", True),
        ("preservation_before_suit", "assets_moving" in facts),
        ("demand", not pressed),
        ("payment_order", True),
        ("suit", True),
        ("arbitration", True),
    ):
        if wanted and name in is_open:
            return name
    return "evidence"


def _demand(demanded: bool, bankrupt: bool) -> Way:
    key = "bankrupt_demand" if bankrupt else "demand_done" if demanded else "demand"
    law = "bankruptcy" if bankrupt else "civil_195_demand"
    return Way("demand", not demanded and not bankrupt, (step(f"evidence.way.{key}", law),))


def _payment_order(claim: Claim, facts: frozenset[str], standing: str) -> Way:
    barriers = {
        "not_due": claim.days_overdue <= 0,
        "not_certain": standing == "not_provable" or claim.disputed > 0,
        "counter_claim": "counter_claim" in facts,
        "not_deliverable": bool(facts & {"debtor_missing", "foreign_debtor"}),
        "preservation_filed": "preservation_filed" in facts,
        "bankrupt": "bankruptcy" in facts,
        "deregistered": "deregistered" in facts,
        "arbitration_clause": "arbitration_clause" in facts,
    }
    closed = [
        step(f"evidence.way.payment_order_{name}", "procedure_225")
        for name, holds in barriers.items()
        if holds
    ]
    told = [step("evidence.way.payment_order", "procedure_225")]
    if "guarantor" in facts:
        told.append(step("evidence.way.payment_order_guarantor", "procedure_225"))
    return Way("payment_order", not closed, tuple(closed or told))


def _suit(facts: frozenset[str], standing: str, amount: Decimal) -> Way:
    if "arbitration_clause" in facts:
        is_open = standing != "not_provable" and "bankruptcy" not in facts
        return Way("arbitration", is_open, (step("evidence.way.arbitration"),))
    barriers = {
        "not_provable": standing == "not_provable",
        "bankrupt": "bankruptcy" in facts,
        "nothing_left": amount == 0,
    }
    closed = [step(f"evidence.way.suit_{name}") for name, holds in barriers.items() if holds]
    told = step("evidence.way.suit", "procedure_24")
    return Way("suit", not closed, tuple(closed) or (told,))


def _preservation(facts: frozenset[str]) -> list[Way]:
    known = "assets_known" in facts
    bankrupt = "bankruptcy" in facts
    urgent = "assets_moving" in facts
    before = [step("evidence.way.preservation_before_suit", "procedure_104")]
    if not urgent:
        before.append(step("evidence.way.preservation_not_urgent", "procedure_104"))
    clue = [] if known else [step("evidence.way.preservation_no_clue", "procedure_103")]
    stopped = [step("evidence.way.preservation_bankrupt", "bankruptcy")] if bankrupt else []
    during = step("evidence.way.preservation_in_suit", "procedure_103")
    return [
        Way(
            "preservation_before_suit",
            urgent and known and not bankrupt,
            (*stopped, *before, *clue),
        ),
        Way("preservation_in_suit", known and not bankrupt, (*stopped, during, *clue)),
    ]


def _priced(way: Way, cost: Decimal | None, amount: Decimal) -> Way:
    if cost is None:
        return way
    return Way(way.name, way.open, way.reasons, cost, cost / amount)
