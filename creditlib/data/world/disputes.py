"""What customers dispute, and the credit notes that follow from it and from other causes.

A credit note takes the place of part of a payment on the same day, so no balance is changed by
it: what the books say at a month end stays as `behaviour` has it.
"""

from dataclasses import dataclass

import numpy as np

from creditlib.data.world.dates import TODAY
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import pick, stream
from creditlib.data.world.settlement import OPEN, Events, Invoices

REASONS = ("quality", "price", "quantity", "delivery", "paperwork")
_REASON_SHARES = (0.30, 0.20, 0.16, 0.14, 0.20)
_CREDITED_AS = np.array(["return", "price", "quality", "quality", "price"], dtype=object)
_WITHOUT_DISPUTE = ("rebate", "return", "price")
_DISPUTED = 0.075  # of the invoices paid late, for a customer of average habits
_JUST_CREDITED = 0.012  # of all settlements
_TODAY = np.datetime64(TODAY)
_FORMALITY = 4  # papers are put right, not paid less: a dispute about them brings no credit note


@dataclass(frozen=True)
class Credits:
    """Per event of settlement: cents credited instead of paid, when and why."""

    cents: np.ndarray
    dated: np.ndarray
    reason: np.ndarray


def dispute(
    seed: int, hidden: Hidden, invoices: Invoices, events: Events
) -> tuple[dict[str, np.ndarray], Credits]:
    """Return the disputes, as columns, and what is credited in each event."""
    random = stream(seed, "disputes")
    many = len(events.cents)
    ends = np.append(events.invoice[1:] != events.invoice[:-1], True)
    last = np.flatnonzero(ends)  # the event that settles an invoice, or leaves it open
    late = events.slot[last] > 0
    due = invoices.due <= _TODAY
    chance = _DISPUTED * np.exp(0.35 * hidden.habit[invoices.customer])
    chosen = np.flatnonzero(late & due & (random.random(len(last)) < chance))

    event, cents = last[chosen], invoices.cents[chosen]
    reason = pick(random.random(len(chosen)), _REASON_SHARES)
    share, granted, verdict, closing = random.random((4, len(chosen)))
    disputed = np.rint(cents * np.where(share < 0.4, 1.0, 0.1 + 0.8 * share)).astype(np.int64)
    settled = events.slot[event] != OPEN
    credited = np.where(
        verdict < 0.4, disputed, np.where(verdict < 0.7, (0.2 + 0.5 * granted) * disputed, 0)
    )
    credited = np.where(settled & (reason != _FORMALITY), credited, 0)
    credited = np.minimum(np.rint(credited).astype(np.int64), events.cents[event])
    opened = _opened(random, invoices, chosen)
    closed = np.maximum(events.dated[event] - np.floor(closing * 6).astype(np.int64), opened + 1)
    # With a customer in default the talks end somehow: nobody keeps them open for years.
    given_up = opened + 60 + np.floor(closing * 150).astype(np.int64)
    closed = np.where(settled, closed, np.where(given_up < _TODAY, given_up, np.datetime64("NaT")))
    paperwork_right = (reason == _FORMALITY) & (verdict < 0.6)
    outcome = np.select(
        [np.isnat(closed), (credited > 0) & (credited >= disputed), credited > 0, paperwork_right],
        ["open", "upheld", "partly", "upheld"],
        "rejected",
    ).astype(object)
    columns = {
        "invoice": chosen,
        "opened": opened,
        "closed": closed,
        "cents": disputed,
        "reason": np.array(REASONS, dtype=object)[reason],
        "outcome": outcome,
    }
    return columns, _credits(random, many, events, event, credited, reason)


def _opened(random, invoices: Invoices, chosen: np.ndarray) -> np.ndarray:
    """Between five days after the invoice and the day on which it is due."""
    terms = (invoices.due[chosen] - invoices.dated[chosen]).astype(np.int64)
    wait = 5 + np.floor(random.random(len(chosen)) ** 1.5 * np.maximum(terms - 5, 1))
    return invoices.dated[chosen] + wait.astype(np.int64)


def _credits(random, many: int, events: Events, event, credited, reason) -> Credits:
    cents = np.zeros(many, dtype=np.int64)
    cause = np.full(many, "", dtype=object)
    simple = (random.random(many) < _JUST_CREDITED) & (events.slot != OPEN)
    share, which = random.random((2, many))
    cents[simple] = np.floor(events.cents[simple] * (0.02 + 0.25 * share[simple]))
    cause[simple] = np.array(_WITHOUT_DISPUTE, dtype=object)[pick(which[simple], (0.4, 0.35, 0.25))]
    cents[event] = credited  # a dispute's credit note is the only one on its event
    cause[event] = _CREDITED_AS[reason]
    return Credits(cents, events.dated, cause)
