"""Batches cut into invoices, and what settles each of them: one event a row, dated."""

from dataclasses import dataclass

import numpy as np

from creditlib.data.world.billing import SLOTS, Batches
from creditlib.data.world.dates import START
from creditlib.data.world.seed import pick, stream

OPEN = SLOTS - 1
INVOICES_A_BATCH = (0.25, 0.40, 0.23, 0.09, 0.03)  # 1 … 5
_UNALIGNED = 0.10  # batches whose invoices are cut without regard to what is paid together
_SMALLEST = 0.03  # of a batch: smaller pieces get no invoice of their own
_PAID_EARLY = (0.55, 0.15, 0.12, 0.08, 0.05, 0.05)  # 0 … 5 days before the due date


@dataclass(frozen=True)
class Invoices:
    """One row per invoice."""

    customer: np.ndarray
    dated: np.ndarray  # datetime64[D]
    due: np.ndarray
    cents: np.ndarray


@dataclass(frozen=True)
class Events:
    """What settles the invoices, in order of invoice and date; `slot` OPEN is not settled."""

    invoice: np.ndarray
    dated: np.ndarray  # NaT where open
    cents: np.ndarray
    slot: np.ndarray


def settle(seed: int, terms: np.ndarray, batch: Batches) -> tuple[Invoices, Events]:
    """Cut every batch into one to five invoices and settle each as its batch's slots say.

    Batches lie end to end on one line of cents; the cuts between invoices and the cuts between
    slots meet in the events. So events sum to slots and to invoices, to the cent.
    """
    random = stream(seed, "invoices")
    ends = np.cumsum(batch.cents)
    starts = ends - batch.cents
    slot_order, slot_ends = _slot_line(random, batch, starts)
    cuts = _invoice_cuts(random, batch, starts, ends, slot_ends)
    invoice_cents = np.diff(cuts, prepend=0)
    owner = np.searchsorted(ends, cuts - 1, side="right")

    line = np.union1d(cuts, slot_ends.ravel())
    line = line[line > 0]
    event_cents = np.diff(line, prepend=0)
    invoice = np.searchsorted(cuts, line - 1, side="right")
    of_batch = owner[invoice]
    position = (slot_ends[of_batch] < line[:, None]).sum(axis=1)
    slot = slot_order[of_batch, position]

    dated, due = _invoice_dates(random, terms, batch, owner)
    events = Events(
        invoice, _event_dates(random, batch, of_batch, invoice, due, slot), event_cents, slot
    )
    return Invoices(batch.customer[owner], dated, due, invoice_cents), events


def _slot_line(random, batch: Batches, starts) -> tuple[np.ndarray, np.ndarray]:
    """The order of a batch's slots along its cents, and where on the line each ends.

    Late slots keep their order in time, as their invoices will; the part paid on time lies
    anywhere between them.
    """
    order = np.tile(np.arange(SLOTS), (len(starts), 1)).astype(float)
    order[:, 0] = random.random(len(starts)) * SLOTS - 0.5
    slot_order = np.argsort(order, axis=1, kind="stable")
    in_order = np.take_along_axis(batch.slots, slot_order, axis=1)
    return slot_order, starts[:, None] + np.cumsum(in_order, axis=1)


def _invoice_cuts(random, batch: Batches, starts, ends, slot_ends) -> np.ndarray:
    """Where on the line each invoice ends: where slots do, for as many as there are invoices."""
    many = len(starts)
    wanted = 1 + pick(random.random(many), INVOICES_A_BATCH)
    aligned = random.random(many) >= _UNALIGNED
    place = (slot_ends[:, :-1] - starts[:, None]) / batch.cents[:, None]
    spread = np.diff(place, axis=1, prepend=0.0)
    usable = (place > _SMALLEST) & (place < 1 - _SMALLEST) & (spread > _SMALLEST)
    usable &= aligned[:, None]
    # Of the slots' ends as many, drawn, as the batch has cuts; then cuts anywhere for the rest.
    rank = np.argsort(np.argsort(np.where(usable, random.random(usable.shape), 2), axis=1), axis=1)
    chosen = usable & (rank < (wanted - 1)[:, None])
    free = random.random((many, 4)) * 0.9 + 0.05
    free = starts[:, None] + np.floor(free * batch.cents[:, None]).astype(np.int64)
    left = (wanted - 1) - chosen.sum(axis=1)
    extra = np.arange(4)[None, :] < left[:, None]
    cuts = np.union1d(slot_ends[:, :-1][chosen], free[extra])
    return _without_crumbs(np.union1d(cuts, ends), ends)


def _without_crumbs(cuts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Leave out the cuts that would make an invoice of a few yuan beside a large one."""
    for side in (-1, 1):
        owner = np.searchsorted(ends, cuts - 1, side="right")
        batch_start = np.concatenate(([0], ends[:-1]))[owner]
        neighbour = np.concatenate(([0], cuts[:-1])) if side < 0 else np.append(cuts[1:], cuts[-1])
        close = np.abs(cuts - neighbour) < _SMALLEST * (ends[owner] - batch_start)
        cuts = cuts[~close | np.isin(cuts, ends)]
    return cuts


def _invoice_dates(random, terms, batch: Batches, owner) -> tuple[np.ndarray, np.ndarray]:
    """Invoice and due dates, in order within a batch; weekdays where the span has one."""
    first, last = batch.first_day[owner], batch.last_day[owner]
    day = first + np.floor(random.random(len(owner)) * (last - first + 1)).astype(np.int64)
    dated = _month_start(batch.billed[owner]) + (day - 1)
    dated = _on_weekday(dated, _month_start(batch.billed[owner]) + (first - 1))
    dated = dated[np.lexsort((dated, owner))]
    # A first invoice from the last days of a month has some days fewer: it falls due in the month
    # that the books of the reviews have it in.
    month_end = _month_start(batch.due[owner] + 1) - 1
    return dated, np.minimum(dated + terms[batch.customer[owner]], month_end - 1)


def _event_dates(random, batch: Batches, of_batch, invoice, due, slot) -> np.ndarray:
    month = batch.due[of_batch] + np.array([0, 0, 1, 2, 3, 0])[slot]
    month_start, month_end = _month_start(month), _month_start(month + 1) - 1
    due = due[invoice]
    early = pick(random.random(len(slot)), _PAID_EARLY)
    days = np.minimum(batch.days_late[of_batch], 150.0)
    late = np.maximum(np.rint(days * (0.9 + 0.2 * random.random(len(slot)))), 1).astype(np.int64)
    on_time = slot == 0
    lower = np.where(on_time, month_start, np.maximum(due + 1, month_start))
    dated = np.where(on_time, due - early, due + late)
    dated = _on_weekday(np.clip(dated, lower, month_end), lower)
    return np.where(slot == OPEN, np.datetime64("NaT"), dated)


def _month_start(month: np.ndarray) -> np.ndarray:
    return (np.datetime64(START, "M") + month).astype("datetime64[D]")


def _on_weekday(dated: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """The Friday before a weekend, unless that lies before `lower`."""
    friday = np.busday_offset(dated, 0, roll="backward")
    return np.where(friday >= lower, friday, dated)
