"""calls.csv: what the credit team did about overdue items in 2024 and 2025, contact by contact.

Contacts come in chains: one is made, and by its result comes the next. Whether a promise is kept
is read from the ledger's payments; what is hidden only decides what the customer promises.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world.call_facts import Contact, Scene
from creditlib.data.world.call_texts import transcribe
from creditlib.data.world.dates import TODAY, month_of
from creditlib.data.world.debtors import HONESTY, RESULTS, Debtors
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.names import people
from creditlib.data.world.overdue import Claim, Overdue, day_of, number_of, working_day
from creditlib.data.world.seed import pick, stream

CONTACTS = 1_800
TRANSCRIPTS = 350
CALLERS = ("K01", "K02", "K03", "K04", "K05")
GRACE = 3  # a promise is kept if the money is there so many days after the day promised
FIRST, LAST = number_of(date(2024, 1, 2)), number_of(TODAY)
_MANNER = (0.7, 0.3, 0.1, -0.5, -0.2)  # each caller's, in standard deviations
_SMALLEST = 50_000  # cents that are worth a contact
_LONGEST_CHAIN = 6
_PAUSE = 15  # days between two chains with one customer
_HORIZON = 30  # days ahead for which an honest customer promises
_LABELS = ("listening", "cooperation", "clarity", "emotion")
_COLUMNS = (
    "call_id", "at", "customer_id", "caller", "channel", "contact_role", "amount_past_due",
    "days_past_due", "debtor_type", "result", "promised_amount", "promised_date", "promise_kept",
    "transcript_zh", "transcript_en", *_LABELS, "conduct",
)  # fmt: skip


def calls(seed: int, hidden: Hidden, ledger: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the contacts in order of day; amounts in yuan, as the ledger has them that day.

    `ledger` holds the frames invoices, payments, credit_notes, disputes and customers.
    """
    random = stream(seed, "calls")
    overdue = Overdue(ledger)
    debtors = Debtors(random, hidden)
    busy: dict[int, list[tuple[int, int]]] = {}
    contacts: list[Contact] = []
    for row, day in _starts(random, overdue):
        if len(contacts) >= CONTACTS:
            break
        chain = _chain(random, overdue, debtors, row, day, busy.get(row, []))
        busy.setdefault(row, []).extend(contact.span for contact in chain)
        contacts.extend(chain)
    contacts.sort(key=lambda contact: (contact.claim.day, contact.claim.row))
    spoken = _spoken(stream(seed, "calls transcripts"), contacts, overdue, ledger["customers"])
    return _frame(contacts, spoken, ledger["customers"])


def _starts(random: np.random.Generator, overdue: Overdue):
    """Customers and days on which someone could pick up the telephone, in random order.

    Large items and disputed ones come sooner.
    """
    first = overdue.due + 2 + random.integers(0, 25, size=overdue.due.size)
    draws = random.random(first.size)
    late = np.flatnonzero((first >= FIRST) & (first <= LAST) & (first < overdue.settled))
    weight = np.sqrt(overdue.cents[late]) * np.where(overdue.disputed[late], 3.0, 1.0)
    for place in late[np.argsort(-np.log(draws[late]) / weight)]:
        yield int(overdue.row[place]), working_day(first[place])


def _chain(random, overdue: Overdue, debtors: Debtors, row: int, day: int, busy: list):
    """The contacts with one customer, each following from the last, until nothing is past due."""
    caller = row % len(CALLERS) if random.random() < 0.9 else int(random.integers(len(CALLERS)))
    chain: list[Contact] = []
    broken = None
    while day <= LAST and len(chain) < _LONGEST_CHAIN:
        claim = overdue.claim(row, day)
        if claim is None or claim.total < _SMALLEST:
            break
        contact = _contact(random, overdue, debtors, claim, caller, broken)
        first, last = contact.span
        if any(first < end + _PAUSE and begin - _PAUSE < last for begin, end in busy):
            break  # another chain with this customer is near
        chain.append(contact)
        broken = contact if contact.kept is False else None
        chance, wait = _NEXT[contact.result]
        if random.random() > (0.35 if contact.kept else chance):
            break
        since = contact.promised_day if contact.promised_day else day
        day = working_day(since + int(random.integers(wait[0], wait[1] + 1)))
    return chain


_NEXT = {  # chance of another contact, days to it; after a promise counted from the day promised
    "promise": (0.9, (4, 6)),
    "partial_promise": (0.9, (4, 6)),
    "no_commitment": (0.75, (4, 9)),
    "callback": (0.8, (3, 5)),
    "no_answer": (0.8, (1, 4)),
    "referred": (0.85, (1, 2)),
    "dispute": (0.45, (7, 14)),
    "refused": (0.5, (7, 14)),
}


def _contact(random, overdue: Overdue, debtors: Debtors, claim: Claim, caller: int, broken):
    manner = _MANNER[caller] + 0.8 * random.standard_normal()
    dispute = overdue.dispute(claim)
    month = month_of(day_of(claim.day))
    kind = "disputing" if dispute else debtors.kind(claim.row, month)
    result = _result(random, kind, manner)
    promised, promised_day = 0, 0
    if result.endswith("promise"):
        honest = random.random() < 1 / (
            1 + np.exp(-HONESTY[kind] - 0.8 * debtors.felt(claim, month))
        )
        result, promised, promised_day = _promise(random, overdue, claim, result, honest)
    return Contact(
        claim=claim,
        caller=CALLERS[caller],
        manner=manner,
        kind=kind,
        result=result,
        role=_role(random, result, debtors.size(claim.row)),
        channel=_CHANNELS[int(pick(random.random(), _CHANNEL_SHARES))],
        dispute=dispute,
        promised=promised,
        promised_day=promised_day,
        kept=_kept(overdue, claim, promised, promised_day),
        broken=broken,
    )


_CHANNELS, _CHANNEL_SHARES = ("phone", "wechat", "visit", "email"), (0.66, 0.17, 0.07, 0.10)


def _result(random, kind: str, manner: float) -> str:
    """Draw the result; who listens and stays clear gets a few more promises."""
    shares = RESULTS[kind]
    odds = np.array(list(shares.values()))
    commits = np.array([name.endswith("promise") for name in shares])
    odds = odds * np.where(commits, np.exp(0.25 * manner), 1.0)
    return list(shares)[int(pick(random.random(), tuple(odds / odds.sum())))]


def _role(random, result: str, size: float) -> str:
    if result == "referred":
        return "front_desk" if random.random() < 0.65 else "purchasing"
    owner = 0.20 - 0.08 * size
    draw = random.random()
    if result in ("no_answer", "callback") and draw > 0.93:
        return "front_desk"
    return "owner" if draw < owner else "purchasing" if draw < owner + 0.14 else "finance"


def _promise(random, overdue: Overdue, claim: Claim, result: str, honest: bool):
    """What is promised and for when. The honest know when they will pay, others name a day."""
    days, paid = overdue.paid_later(claim)
    near = days <= claim.day + _HORIZON
    if not honest:
        soon = working_day(claim.day + int(random.integers(2, 15)))
        share = 1.0 if result == "promise" else random.choice((0.3, 0.4, 0.5, 0.6))
        return _promised(claim, int(claim.total * share), soon)
    if not near.any():
        return "no_commitment", 0, 0  # says so rather than promise
    days, paid = days[near], paid[near]
    slack = int(random.integers(-1, 4))
    if result == "promise" and paid[-1] >= claim.total:
        place, cents = int(np.argmax(paid >= claim.total)), claim.total
    else:
        place = int(random.integers(days.size))
        cents = int(paid[place] * random.choice((1.0, 1.0, 0.9, 0.75)))
    return _promised(claim, cents, working_day(max(int(days[place]) + slack, claim.day + 1)))


def _promised(claim: Claim, cents: int, day: int) -> tuple[str, int, int]:
    """All of the claim, or a round sum below it."""
    if cents >= claim.total:
        return "promise", claim.total, day
    step = 1_000_000 if cents >= 5_000_000 else 100_000 if cents >= 500_000 else 10_000
    cents = cents // step * step
    return ("partial_promise", cents, day) if cents else ("no_commitment", 0, 0)


def _kept(overdue: Overdue, claim: Claim, promised: int, promised_day: int) -> bool | None:
    """Whether as much was paid on the claimed invoices in time; None while nobody can know."""
    if not promised or promised_day + GRACE > LAST:
        return None
    days, paid = overdue.paid_later(claim)
    in_time = paid[days <= promised_day + GRACE]
    return bool(in_time.size and in_time[-1] >= promised)


def _spoken(random, contacts: list[Contact], overdue: Overdue, customers: pd.DataFrame) -> dict:
    """Transcripts by position in `contacts`: of every type, and of the referred, as many."""
    names = people(random, 2 * len(customers))
    owners = list(
        zip(customers["legal_representative_zh"], customers["legal_representative_en"], strict=True)
    )
    draws = random.random(len(contacts))
    order: dict[str, list[int]] = {}
    for place in np.argsort(draws):
        contact = contacts[place]
        if contact.channel == "phone" and contact.transcribable:
            group = contact.kind if contact.result != "referred" else contact.result
            order.setdefault(group, []).append(int(place))
    chosen: list[int] = []
    while len(chosen) < TRANSCRIPTS and any(order.values()):
        chosen.extend(places.pop() for places in order.values() if places)
    spoken = {}
    for place in sorted(chosen[:TRANSCRIPTS]):
        contact = contacts[place]
        row, oldest = contact.claim.row, contact.claim.invoices[0]
        scene = Scene(
            contact=contact,
            invoice=str(overdue.invoice_id[oldest]),
            disputed=str(overdue.invoice_id[contact.dispute[0] if contact.dispute else oldest]),
            finance=names[row],
            buyer=names[row + len(customers)],
            owner=owners[row],
        )
        spoken[place] = transcribe(random, scene)
    return spoken


def _frame(contacts: list[Contact], spoken: dict, customers: pd.DataFrame) -> pd.DataFrame:
    customer_ids = customers["customer_id"].tolist()
    rows = []
    for place, contact in enumerate(contacts):
        claim, words = contact.claim, spoken.get(place)
        promised = contact.promised / 100 if contact.promised else np.nan
        rows.append(
            (
                f"H{place + 1:06d}", day_of(claim.day), customer_ids[claim.row], contact.caller,
                contact.channel, contact.role, claim.total / 100, claim.days, contact.kind,
                contact.result, promised,
                day_of(contact.promised_day) if contact.promised_day else None,
                {True: "yes", False: "no", None: ""}[contact.kept],
                *((words.zh, words.en, *(words.levels[name] for name in _LABELS), words.conduct)
                  if words else ("", "", *[None] * len(_LABELS), "")),
            )
        )  # fmt: skip
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype(dict.fromkeys(_LABELS, "Int64"))
