"""invoices.csv, payments.csv, credit_notes.csv, disputes.csv: the ledger that reconciles.

At the end of every month, invoices − payments − credit notes = receivables, for every customer
and to the cent: each posting settles one invoice, and the events of `settlement` sum to it.
"""

import numpy as np
import pandas as pd

from creditlib.data.world.behaviour import Behaviour
from creditlib.data.world.billing import batches
from creditlib.data.world.dates import LEDGER_START, TODAY
from creditlib.data.world.disputes import Credits, dispute
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import stream
from creditlib.data.world.settlement import OPEN, Events, Invoices, settle

METHODS = ("transfer", "bill", "cheque")
_WRITTEN_OFF_AFTER = 300  # days after default, on average
_LAST_DAY = np.datetime64(TODAY)


def ledger(
    seed: int, hidden: Hidden, behaviour: Behaviour, status: pd.Series
) -> dict[str, pd.DataFrame]:
    """Return the four tables. `status` is each customer's on 31 December 2025.

    Invoices from before 2023 are there if they were still owed when the ledger begins, with all
    that settled them.
    """
    invoices, events = settle(seed, behaviour.terms, batches(hidden, behaviour))
    kept = _kept(invoices, events)
    invoices, events = _only(invoices, events, kept)
    disputes, credits = dispute(seed, hidden, invoices, events)
    paid = np.where(events.slot == OPEN, 0, events.cents - credits.cents)
    after = _after_default(seed, hidden, status, invoices, events)
    return _tables(seed, hidden, invoices, events, paid, disputes, credits, after)


def _kept(invoices: Invoices, events: Events) -> np.ndarray:
    """The invoices dated in the ledger's years, and the older ones then not yet settled."""
    start = np.datetime64(LEDGER_START)
    settled_later = np.isnat(events.dated) | (events.dated >= start)
    waiting = np.bincount(events.invoice[settled_later], minlength=len(invoices.cents)) > 0
    return (invoices.dated >= start) | waiting


def _only(invoices: Invoices, events: Events, kept) -> tuple[Invoices, Events]:
    """Those invoices in order of date and customer, and their events."""
    rows = np.flatnonzero(kept)
    rows = rows[np.lexsort((rows, invoices.customer[rows], invoices.dated[rows]))]
    place = np.full(len(kept), -1)
    place[rows] = np.arange(len(rows))
    number = place[events.invoice]
    order = np.lexsort((events.dated, number))
    order = order[number[order] >= 0]
    return (
        Invoices(
            invoices.customer[rows], invoices.dated[rows], invoices.due[rows], invoices.cents[rows]
        ),
        Events(number[order], events.dated[order], events.cents[order], events.slot[order]),
    )


def _after_default(seed, hidden: Hidden, status: pd.Series, invoices, events) -> pd.DataFrame:
    """What is still recovered after a default, and what is written off in the end."""
    random = stream(seed, "after default")
    defaulted = np.array(
        [np.datetime64("NaT") if day is None else np.datetime64(day) for day in hidden.default],
        dtype="datetime64[D]",
    )
    draws = random.random((4, len(defaulted)))
    spread = random.random(len(events.cents))
    customer = invoices.customer[events.invoice]
    # Only what was due when the customer defaulted or fell due later: all of it is open.
    open_rows = np.flatnonzero((events.slot == OPEN) & ~np.isnat(defaulted[customer]))
    customer = customer[open_rows]
    standing = status.to_numpy()[customer]
    left = events.cents[open_rows]
    recovers = (standing == "suspended") & (draws[0][customer] < 0.6)
    share = 0.1 + 0.5 * draws[1][customer]
    recovered = np.where(recovers, np.floor(left * share).astype(np.int64), 0)
    wait = (60 + 300 * draws[2][customer] + 40 * spread[open_rows]).astype(np.int64)
    paid_on = defaulted[customer] + wait
    recovered = np.where(paid_on <= _LAST_DAY, recovered, 0)
    # Written off on one day for all of a customer's invoices, in any case by the end of the books.
    wait = (_WRITTEN_OFF_AFTER * (0.7 + 0.6 * draws[3])).astype(np.int64)
    written_off_on = np.minimum(defaulted + wait, _LAST_DAY)[customer]
    frame = pd.DataFrame(
        {
            "invoice": events.invoice[open_rows],
            "dated": np.where(standing == "written_off", written_off_on, paid_on),
            "cents": np.where(standing == "written_off", left, recovered),
            "written_off": standing == "written_off",
        }
    )
    return frame[frame["cents"] > 0]


def _tables(seed, hidden, invoices, events, paid, disputes, credits: Credits, after):
    identifiers = np.array([f"C{row + 1:04d}" for row in range(len(hidden.since))])
    numbers = _numbered("I", np.arange(len(invoices.cents)))
    customer = identifiers[invoices.customer]

    def posted(invoice, dated, cents, day: str) -> pd.DataFrame:
        invoice = np.asarray(invoice)
        frame = pd.DataFrame(
            {
                "invoice_id": numbers[invoice],
                "customer_id": customer[invoice],
                day: np.asarray(dated).astype("datetime64[s]"),
                "amount": np.asarray(cents) / 100,
            }
        )
        return frame

    recovered = after[~after["written_off"]]
    payments = pd.concat(
        [
            posted(
                events.invoice[paid > 0], events.dated[paid > 0], paid[paid > 0], "payment_date"
            ),
            posted(recovered["invoice"], recovered["dated"], recovered["cents"], "payment_date"),
        ]
    )
    payments = payments.assign(method=_methods(seed, hidden, payments["customer_id"]))
    given = credits.cents > 0
    lost = after[after["written_off"]]
    notes = pd.concat(
        [
            posted(events.invoice[given], credits.dated[given], credits.cents[given], "credit_date")
            .assign(reason=credits.reason[given]),
            posted(lost["invoice"], lost["dated"], lost["cents"], "credit_date")
            .assign(reason="write_off"),
        ]
    )  # fmt: skip
    amounts = disputes.pop("cents")
    return {
        "invoices": pd.DataFrame(
            {
                "invoice_id": numbers,
                "customer_id": customer,
                "invoice_date": invoices.dated.astype("datetime64[s]"),
                "due_date": invoices.due.astype("datetime64[s]"),
                "amount": invoices.cents / 100,
            }
        ),
        "payments": _in_order(payments, "payment_id", "P", "payment_date"),
        "credit_notes": _in_order(notes, "credit_note_id", "N", "credit_date"),
        "disputes": _in_order(
            pd.DataFrame(
                {
                    "invoice_id": numbers[disputes["invoice"]],
                    "customer_id": customer[disputes["invoice"]],
                    "opened": disputes["opened"].astype("datetime64[s]"),
                    "closed": disputes["closed"].astype("datetime64[s]"),
                    "amount": amounts / 100,
                    "reason": disputes["reason"],
                    "outcome": disputes["outcome"],
                }
            ),
            "dispute_id",
            "D",
            "opened",
        ),
    }


def _numbered(letter: str, numbers: np.ndarray) -> np.ndarray:
    return np.array([f"{letter}{number:06d}" for number in (numbers + 1).tolist()], dtype=object)


def _in_order(frame: pd.DataFrame, key: str, letter: str, day: str) -> pd.DataFrame:
    frame = frame.sort_values([day, "invoice_id"], kind="stable").reset_index(drop=True)
    frame.insert(0, key, _numbered(letter, frame.index.to_numpy()))
    return frame


def _methods(seed: int, hidden: Hidden, customer_ids: pd.Series) -> np.ndarray:
    """Each customer has its way of paying; the big ones like bank bills."""
    random = stream(seed, "methods")
    likes_bills = 0.12 + 0.25 * (hidden.size + 0.8 * random.standard_normal(len(hidden.size)) > 1.2)
    row = customer_ids.str[1:].astype(int).to_numpy() - 1
    draws = random.random(len(row))
    method = np.where(draws < likes_bills[row], 1, np.where(draws > 0.985, 2, 0))
    return np.array(METHODS, dtype=object)[method]
