"""Batches cut into invoices, and what settles each of them: one event a row, dated."""

from dataclasses import dataclass

import numpy as np

from creditlib.data.world.billing import SLOTS, Batches
from creditlib.data.world.dates import START, TODAY
from creditlib.data.world.seed import pick, stream

OPEN = SLOTS - 1
INVOICES_A_BATCH = (0.16, 0.44, 0.28, 0.09, 0.03)  # 1 … 5
_UNALIGNED = 0.08  # batches of several invoices whose cuts do not mind what is paid on time
_SMALLEST = 0.03  # of a batch: smaller pieces get no invoice of their own
_LATEST = 90  # days: who pays later than that is in default
_LAST_DAY = np.datetime64(TODAY)
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
    cuts = _invoice_cuts(random, batch, starts, ends, slot_order, slot_ends)
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
    settled = _event_dates(random, batch, of_batch, due[invoice], slot)
    slot = np.where(settled > _LAST_DAY, OPEN, slot)
    settled = np.where(slot == OPEN, np.datetime64("NaT"), settled)
    events = Events(invoice, settled, event_cents, slot)
    return Invoices(batch.customer[owner], dated, due, invoice_cents), events


def _slot_line(random, batch: Batches, starts) -> tuple[np.ndarray, np.ndarray]:
    """The order of a batch's slots along its cents, and where on the line each ends.

    Late slots keep their order in time, as their invoices will; the part paid on time comes before
    them or after, so that one cut tells it from what is late.
    """
    order = np.tile(np.arange(SLOTS), (len(starts), 1)).astype(float)
    order[:, 0] = np.where(random.random(len(starts)) < 0.5, -1, SLOTS)
    slot_order = np.argsort(order, axis=1, kind="stable")
    in_order = np.take_along_axis(batch.slots, slot_order, axis=1)
    return slot_order, starts[:, None] + np.cumsum(in_order, axis=1)


def _invoice_cuts(random, batch: Batches, starts, ends, slot_order, slot_ends) -> np.ndarray:
    """Where on the line each invoice ends.

    Most batches of more than one invoice are cut between what is paid on time and what is late, so
    that most invoices are one or the other; the other cuts lie anywhere.
    """
    many = len(starts)
    wanted = 1 + pick(random.random(many), INVOICES_A_BATCH)
    aligned = (wanted > 1) & (random.random(many) >= _UNALIGNED)
    on_time_first = slot_order[:, 0] == 0
    boundary = np.where(on_time_first, slot_ends[:, 0], slot_ends[:, -2])
    place = (boundary - starts) / batch.cents
    aligned &= (place > _SMALLEST) & (place < 1 - _SMALLEST)
    free = random.random((many, len(INVOICES_A_BATCH) - 1)) * 0.9 + 0.05
    free = starts[:, None] + np.floor(free * batch.cents[:, None]).astype(np.int64)
    extra = np.arange(free.shape[1])[None, :] < (wanted - 1 - aligned)[:, None]
    return _without_crumbs(np.union1d(np.union1d(boundary[aligned], free[extra]), ends), ends)


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
    month_start = _month_start(batch.billed[owner]) - 1
    dated = _on_weekday(month_start + day, month_start + first, month_start + last)
    dated = dated[np.lexsort((dated, owner))]
    # A first invoice from the last days of a month has some days fewer: it falls due in the month
    # that the books of the reviews have it in.
    month_end = _month_start(batch.due[owner] + 1) - 1
    return dated, np.minimum(dated + terms[batch.customer[owner]], month_end - 1)


def _event_dates(random, batch: Batches, of_batch, due, slot) -> np.ndarray:
    """When each event settles; in the month that its slot says where a review is near."""
    month = batch.due[of_batch] + np.array([0, 0, 1, 2, 3, 0])[slot]
    month_start, month_end = _month_start(month), _month_start(month + 1) - 1
    early = pick(random.random(len(slot)), _PAID_EARLY)
    days = np.minimum(batch.days_late[of_batch], _LATEST)
    late = np.maximum(np.rint(days * (0.85 + 0.3 * random.random(len(slot)))), 1).astype(np.int64)
    on_time, bound = slot == 0, batch.near_review[of_batch]
    lower = np.where(on_time, month_start, np.maximum(due + 1, np.where(bound, month_start, due)))
    dated = np.where(on_time, due - early, due + np.minimum(late, _LATEST))
    upper = np.where(on_time, np.maximum(due, lower), np.where(bound, month_end, due + _LATEST))
    return _on_weekday(np.clip(dated, lower, upper), lower, upper)


def _month_start(month: np.ndarray) -> np.ndarray:
    return (np.datetime64(START, "M") + month).astype("datetime64[D]")


def _on_weekday(dated: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """The Friday before a weekend, else the Monday after; the day itself if neither fits."""
    friday, monday = (np.busday_offset(dated, 0, roll=way) for way in ("backward", "forward"))
    return np.where(friday >= lower, friday, np.where(monday <= upper, monday, dated))
