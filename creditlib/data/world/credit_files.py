"""credit_files.csv: what lies in each customer's file, document by document.

Accounts are in the file exactly for the years that statements.csv has, an approval form for every
limit decided since 2025, a deed for every security that needs one, a report on every site visit
before the review of April 2024. Four eyes: whoever prepared a document did not review it. The
planted gaps are the exceptions.
"""

from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.dates import TODAY
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import pick, stream
from creditlib.data.world.team import PEOPLE, employed

KINDS = {  # kind: confidentiality, fewest and most pages
    "business_licence": ("internal", 1, 2),
    "credit_application": ("confidential", 2, 5),
    "contract": ("internal", 6, 18),
    "annual_accounts": ("confidential", 4, 30),
    "credit_report": ("strictly_confidential", 5, 14),
    "guarantee_deed": ("strictly_confidential", 3, 9),
    "site_visit_report": ("confidential", 3, 8),
    "reconciliation_statement": ("confidential", 1, 4),
    "approval_form": ("strictly_confidential", 1, 3),
}
NO_LICENCE = ("C0061", "C0228", "C0437", "C0590")
EXPIRED_LICENCES = {
    "C0085": date(2024, 11, 30),
    "C0192": date(2025, 3, 17),
    "C0353": date(2025, 7, 8),
    "C0509": date(2025, 10, 26),
}
MISSING_APPROVALS = ("C0148", "C0276", "C0402", "C0631")  # limits of January 2025
SAME_HANDS = {  # prepared and reviewed by one person
    **dict.fromkeys(("C0105", "C0333", "C0485"), "approval_form"),
    **dict.fromkeys(("C0237", "C0560"), "credit_report"),
}
FUTURE_DATED = {  # the year is wrong: received in 2025, dated 2026
    "C0462": ("credit_report", date(2026, 5, 12)),
    "C0450": ("credit_report", date(2026, 8, 3)),
}
# Of a firm with two accounts, these documents lie in the second file, the others in the first.
SECOND_HALF = ("credit_application", "contract", "credit_report", "reconciliation_statement")

_ANALYSTS = {"K03": 0.45, "K04": 0.30, "K06": 0.25}  # K02 where none of them was there yet
_DECISIONS = ("first_limit", "annual_review", "temporary_increase", "cut_after_warning")


def credit_files(
    seed: int,
    hidden: Hidden,
    master: pd.DataFrame,
    statements: pd.DataFrame,
    reviews: pd.DataFrame,
    guarantees: pd.DataFrame,
    limits: pd.DataFrame,
) -> pd.DataFrame:
    """Return the documents, one row each, customer by customer.

    The frames are the customer master, statements.csv, expert_reviews.csv, guarantees.csv and
    limits.csv of the same world.
    """
    random = stream(seed, "credit_files")
    found = pd.concat(
        [
            _from_opening(random, hidden, master),
            _from_dealings(random, hidden),
            _accounts(random, hidden, statements),
            _deeds(random, guarantees),
            _visits(random, hidden, reviews),
            _approvals(limits),
        ],
        ignore_index=True,
    )
    found = _halve(found[found["received"] <= pd.Timestamp(TODAY)])
    found = found.sort_values(["row", "kind", "dated", "received"], ignore_index=True)
    return _written(random, _people(random, found, master))


def _documents(row, kind: str, dated, received, until=None, version=1, decided="") -> pd.DataFrame:
    until = np.full(len(row), np.datetime64("NaT"), "M8[D]") if until is None else until
    return pd.DataFrame(
        {
            "row": row,
            "kind": list(KINDS).index(kind),
            "dated": dated.astype("M8[s]"),
            # What comes in at a weekend is received on Monday.
            "received": np.busday_offset(received, 0, roll="forward").astype("M8[s]"),
            "until": until.astype("M8[s]"),
            "version": version,
            "decided": decided,
        }
    )


def _days(frame: pd.DataFrame, column: str) -> np.ndarray:
    return frame[column].to_numpy().astype("M8[D]")


def _rows(frame: pd.DataFrame) -> np.ndarray:
    return frame["customer_id"].map(planted.position).to_numpy()


def _whole(draws: np.ndarray, fewest: int, most: int) -> np.ndarray:
    return fewest + (draws * (most - fewest + 1)).astype(int)


def _from_opening(random, hidden: Hidden, master: pd.DataFrame) -> pd.DataFrame:
    """Licence and application, from when the account was opened."""
    since, founded = np.array(hidden.since, "M8[D]"), np.array(master["founded"], "M8[D]")
    rows = np.arange(since.size)
    age, delay, term, end, asked = random.random((5, since.size))
    dated = np.maximum(founded, since - _whole(age, 30, 900))
    until = np.datetime64("2026-07-01") + _whole(end, 0, 6500)
    until = np.where(term < 0.6, np.datetime64("NaT"), until)  # the rest have no term
    for customer, day in EXPIRED_LICENCES.items():
        until[planted.position(customer)] = day
    kept = ~np.isin(rows, [planted.position(customer) for customer in NO_LICENCE])
    licence = _documents(rows, "business_licence", dated, since - _whole(delay, 1, 20), until)
    asked_on = since - _whole(asked, 8, 40)
    application = _documents(rows, "credit_application", asked_on, asked_on + 3)
    return pd.concat([licence[kept], application])


def _from_dealings(random, hidden: Hidden) -> pd.DataFrame:
    """The contract in force, the latest credit report, a statement of account both agreed."""
    since = np.array(hidden.since, "M8[D]")
    default = np.array(hidden.default, "M8[D]")
    last = np.where(np.isnat(default), np.datetime64("2025-12-01"), default - 15)
    rows = np.arange(since.size)
    signed, signing, report, reading, agreed = random.random((5, since.size))
    # Contracts run for three years; the next is signed 40 days before the last one ends.
    terms = np.maximum((last + 40 - since).astype(int) // (3 * 365), 0)
    start = since + terms * 3 * 365
    dated = np.where(terms > 0, start - 40, since)
    contract = _documents(
        rows, "contract", dated, dated + _whole(signing, 0, 20), start + 3 * 365 - 1, terms + 1
    )
    dated = np.maximum(last - _whole(report, 1, 420), since - 20)
    credit_report = _documents(rows, "credit_report", dated, dated + _whole(reading, 0, 6))
    half_year = np.full(since.size, np.datetime64("2025-06-30"))
    confirms = (signed < 0.6) & (last > half_year) & (since < half_year)
    agreed_on = np.busday_offset(half_year, _whole(agreed, 4, 48), roll="forward")
    statement = _documents(rows, "reconciliation_statement", half_year, agreed_on)
    return pd.concat([contract, credit_report, statement[confirms]])


def _accounts(random, hidden: Hidden, statements: pd.DataFrame) -> pd.DataFrame:
    rows = _rows(statements)
    year_end = np.array([f"{year}-12-31" for year in statements["year"]], "M8[D]")
    received = year_end + _whole(random.random(len(rows)), 68, 118)
    opened = np.array(hidden.since, "M8[D]")[rows] - 6
    return _documents(rows, "annual_accounts", year_end, np.maximum(received, opened))


def _deeds(random, guarantees: pd.DataFrame) -> pd.DataFrame:
    held = guarantees[guarantees["kind"] != "deposit"]
    dated = _days(held, "valid_from")
    received = dated + _whole(random.random(len(held)), 0, 10)
    return _documents(_rows(held), "guarantee_deed", dated, received, _days(held, "valid_until"))


def _visits(random, hidden: Hidden, reviews: pd.DataFrame) -> pd.DataFrame:
    """Whom the experts scored on 30 April 2024 had been visited; others were in 2025."""
    reviewed = np.sort(reviews["customer_id"].map(planted.position).unique())
    april = np.datetime64("2024-04-01") + _whole(random.random(reviewed.size), 0, 24)
    default = np.array(hidden.default, "M8[D]")
    sound = np.flatnonzero(np.isnat(default))
    others = np.sort(sound[np.argsort(random.random(sound.size))[:150]])
    later = np.datetime64("2025-02-10") + _whole(random.random(others.size), 0, 300)
    return pd.concat(
        [
            _documents(rows, "site_visit_report", day, day + 4)
            for rows, day in ((reviewed, april), (others, later))
        ]
    )


def _approvals(limits: pd.DataFrame) -> pd.DataFrame:
    """A form for each limit decided since 2025; the archive of forms begins there."""
    day, row = _days(limits, "valid_from"), _rows(limits)
    decided = limits["reason"].isin(_DECISIONS).to_numpy() & (day >= np.datetime64("2025-01-01"))
    january = (limits["reason"] == "annual_review").to_numpy()
    lost = np.isin(row, [planted.position(customer) for customer in MISSING_APPROVALS])
    decided &= ~(lost & january)
    forms = _documents(row, "approval_form", day, day, decided=limits["decided_by"])
    return forms[decided]


def _halve(found: pd.DataFrame) -> pd.DataFrame:
    """Two accounts, two half files: neither of them is complete."""
    second = [planted.position(account) for account in planted.DUPLICATES]
    first = [planted.position(account) for account in planted.DUPLICATES.values()]
    later_half = np.isin(found["kind"], [list(KINDS).index(kind) for kind in SECOND_HALF])
    row = found["row"].to_numpy()
    return found[~(np.isin(row, second) & ~later_half) & ~(np.isin(row, first) & later_half)]


def _people(random, found: pd.DataFrame, master: pd.DataFrame) -> pd.DataFrame:
    """Who put each document into the file, and who checked it."""
    day = _days(found, "received")
    choice = pick(random.random(len(found)), tuple(_ANALYSTS.values()))
    prepared = np.full(len(found), "K02", dtype=object)
    for place, person in enumerate(_ANALYSTS):
        prepared[(choice == place) & employed(person, day)] = person
    kind = np.array(list(KINDS))[found["kind"]]
    seller = master["sales_rep"].to_numpy(dtype=object)[found["row"]]
    seller[day < np.array([PEOPLE[person].joined for person in seller], "M8[D]")] = "S01"
    prepared = np.where(kind == "credit_application", seller, prepared)
    decided = found["decided"].to_numpy()
    reviewed = np.where(decided == "", np.where(prepared == "K02", "K01", "K02"), decided)
    reviewed = np.where(kind == "reconciliation_statement", "F02", reviewed)
    # Whoever decides does not prepare.
    prepared = np.where(prepared == reviewed, np.where(reviewed == "K02", "K03", "K02"), prepared)
    return found.assign(prepared=prepared, reviewed=reviewed)


def _written(random, found: pd.DataFrame) -> pd.DataFrame:
    kinds = np.array(list(KINDS))[found["kind"]]
    confidentiality, fewest, most = (
        np.array([KINDS[kind][place] for kind in kinds]) for place in range(3)
    )
    frame = pd.DataFrame(
        {
            "document_id": [f"F{number:06d}" for number in range(1, len(found) + 1)],
            "customer_id": [f"C{row + 1:04d}" for row in found["row"]],
            "kind": kinds,
            "dated": found["dated"],
            "received_on": found["received"],
            "valid_until": found["until"],
            "version": found["version"],
            "prepared_by": found["prepared"],
            "reviewed_by": found["reviewed"],
            "confidentiality": confidentiality,
            "pages": fewest + (random.random(len(found)) * (most - fewest + 1)).astype(int),
        }
    )
    about = frame["customer_id"]
    for customer, kind in SAME_HANDS.items():
        frame["prepared_by"] = frame["prepared_by"].mask(
            (about == customer) & (kinds == kind), frame["reviewed_by"]
        )
    for customer, (kind, day) in FUTURE_DATED.items():
        frame.loc[(about == customer) & (kinds == kind), "dated"] = pd.Timestamp(day)
    return frame
