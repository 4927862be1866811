"""access_log.csv: who did what with which file of which customer, from July to December 2025.

Working hours with a dip at noon, few people at weekends, more to read as a quarter ends. Sales may
not open what is strictly confidential. `intrusions` says what is wrong in it.
"""

from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world.dates import TODAY
from creditlib.data.world.intrusions import INTRUSIONS, planted_rows
from creditlib.data.world.overdue import number_of, working_day
from creditlib.data.world.seed import pick, stream
from creditlib.data.world.team import PEOPLE, TEAM, employed

FIRST_DAY = date(2025, 7, 1)
_NETWORKS = {"sales": 1, "credit": 2, "finance": 3, "legal": 4, "audit": 5}
# How many documents a day by role.
_READS = {
    "sales_rep": 2.75,
    "credit_manager": 4.2,
    "credit_analyst": 6.4,
    "collector": 4.2,
    "finance_director": 1.0,
    "receivables_accountant": 3.0,
    "legal_counsel": 1.6,
    "internal_auditor": 0.8,
}
_AT_HOME = 0.06  # of the days, through the company's private network
_COVERS = 0.04  # of what a sales representative opens is a colleague's customer
_CURIOUS = 0.02  # of what sales try to open is closed to them
_ACTIONS = ("read", "download", "print", "export")
_ACTIONS_SHARES = (0.85, 0.09, 0.055, 0.005)
# Half hours from 08:45: how much of the day's work falls into each.
_HOURS = np.array(
    [3, 7, 9, 9, 8, 6, 2, 1, 3, 7, 9, 9, 8, 7, 5, 3, 2, 1, 0.6, 0.4], dtype=float
)  # fmt: skip
_MORNING = 8 * 3600 + 45 * 60


def access_log(seed: int, master: pd.DataFrame, credit_files: pd.DataFrame) -> pd.DataFrame:
    """Return the log in order of time; frames are the customer master and credit_files.csv."""
    random = stream(seed, "access_log")
    seller = credit_files["customer_id"].map(master.set_index("customer_id")["sales_rep"])
    files = credit_files.assign(seller=seller)
    there = files[files["received_on"] < pd.Timestamp(FIRST_DAY)]
    presence = _presence(random)
    found = pd.concat(
        [
            _logins(random, presence),
            _reads(random, presence, there),
            _filed(random, files),
            planted_rows(random, there, _workdays()),
        ],
        ignore_index=True,
    )
    return _written(_with_addresses(random, found), credit_files)


def _workdays() -> np.ndarray:
    every = range(number_of(FIRST_DAY), number_of(TODAY) + 1)
    return np.array([day for day in every if working_day(day) == day], "M8[D]")


def _presence(random) -> pd.DataFrame:
    """Who is at work on which day: nearly everyone on working days, hardly anyone on others."""
    every = np.arange(np.datetime64(FIRST_DAY), np.datetime64(TODAY) + 1)
    works = np.isin(every, _workdays())
    parts = []
    for place, person in enumerate(TEAM):
        share = np.where(works, 0.93 * person.hours_per_week / 40, 0.025)
        here = (random.random(every.size) < share) & employed(person.person_id, every)
        parts.append(pd.DataFrame({"person": place, "day": every[here], "works": works[here]}))
    return pd.concat(parts, ignore_index=True)


def _rows(at, person, document, action, outcome="granted") -> pd.DataFrame:
    identifiers = np.array([member.person_id for member in TEAM], dtype=object)
    return pd.DataFrame(
        {
            "at": at,
            "person_id": identifiers[person],
            "document": document,
            "action": action,
            "outcome": outcome,
            "address": "",
        }
    )


def _logins(random, presence: pd.DataFrame) -> pd.DataFrame:
    """One login in the morning, at times one after lunch, now and then a slip of the finger."""
    person, day = presence["person"].to_numpy(), presence["day"].to_numpy().astype("M8[s]")
    when, noon, slips = random.random((3, len(presence)))
    morning = day + 8 * 3600 + 5 * 60 + (38 * 60 * when).astype(int)
    again, slip = noon < 0.12, slips < 0.05
    afternoon = (day + 12 * 3600 + 1800 + (80 * 60 * when).astype(int))[again]
    return pd.concat(
        [
            _rows(morning, person, -1, "login"),
            _rows(afternoon, person[again], -1, "login"),
            _rows(morning[slip] - 25, person[slip], -1, "login_failed", "denied"),
        ]
    )


def _reads(random, presence: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """What people open in a day's work: sales mostly their own customers, the others anyone."""
    roles = np.array([person.role for person in TEAM])
    usual = np.array([_READS[role] for role in roles])[presence["person"]]
    usual = usual * _quarter_end(presence) * np.where(presence["works"], 1, 0.4)
    many = random.poisson(usual)
    person = np.repeat(presence["person"].to_numpy(), many)
    day = np.repeat(presence["day"].to_numpy().astype("M8[s]"), many)
    document = np.empty(person.size, dtype=int)
    for place, member in enumerate(TEAM):
        own = np.flatnonzero(person == place)
        pools = _pools(files, member.person_id, member.role)
        which = pick(random.random(own.size), pools[0])
        chance = random.random(own.size)
        for number, pool in enumerate(pools[1]):
            rows = own[which == number]
            document[rows] = pool[(chance[which == number] * pool.size).astype(int)]
    strict = (files["confidentiality"] == "strictly_confidential").reindex(document).to_numpy()
    denied = strict & (roles == "sales_rep")[person]
    action = np.array(_ACTIONS, dtype=object)[pick(random.random(person.size), _ACTIONS_SHARES)]
    action = np.where(denied, "read", action)
    at = day + _MORNING + _moments(random, person.size)
    return _rows(at, person, document, action, np.where(denied, "denied", "granted"))


def _pools(files: pd.DataFrame, person_id: str, role: str):
    """From which documents a person picks, and how often from each."""
    if role != "sales_rep":
        return (1.0,), (files.index.to_numpy(),)
    own, strict = files["seller"] == person_id, files["confidentiality"] == "strictly_confidential"
    # The one whose story is the colleagues' customers has no other dealings with them.
    covers = 0.0 if person_id == INTRUSIONS["slow_trickle"].person_id else _COVERS
    shares = (1 - covers - _CURIOUS, covers, _CURIOUS)
    pools = (own & ~strict, ~own & ~strict, own & strict)
    return shares, tuple(files.index[pool].to_numpy() for pool in pools)


def _quarter_end(presence: pd.DataFrame) -> np.ndarray:
    """The credit and finance people read more in the last days of a quarter."""
    day = presence["day"].to_numpy().astype("M8[D]")
    busy = (day >= np.datetime64("2025-09-22")) & (day <= np.datetime64("2025-09-30"))
    busy |= day >= np.datetime64("2025-12-18")
    desk = np.array([person.department in ("credit", "finance") for person in TEAM])
    return np.where(busy & desk[presence["person"]], 1.8, 1.0)


def _moments(random, many: int) -> np.ndarray:
    """Seconds after 08:45, with the day's two humps."""
    half_hour = pick(random.random(many), tuple(_HOURS / _HOURS.sum()))
    return half_hour * 1800 + (1800 * random.random(many)).astype(int)


def _filed(random, files: pd.DataFrame) -> pd.DataFrame:
    """A document that comes in is put into the file by one and looked at by another.

    On the day it comes in, or the next on which people work.
    """
    new = files[files["received_on"] >= pd.Timestamp(FIRST_DAY)]
    workdays = _workdays()
    day = workdays[np.searchsorted(workdays, new["received_on"].to_numpy().astype("M8[D]"))]
    day = day.astype("M8[s]")
    places = {person.person_id: place for place, person in enumerate(TEAM)}
    put, looked = (new[column].map(places).to_numpy() for column in ("prepared_by", "reviewed_by"))
    at = day + 9 * 3600 + (7 * 3600 * random.random(len(new))).astype(int)
    later = at + 600 + (3600 * random.random(len(new))).astype(int)
    return pd.concat(
        [
            _rows(at, put, new.index.to_numpy(), "change"),
            _rows(later, looked, new.index.to_numpy(), "read"),
        ]
    )


def _with_addresses(random, found: pd.DataFrame) -> pd.DataFrame:
    """Everyone has one desk and one private line; a day is spent at one or the other."""
    number = {person.person_id: place + 11 for place, person in enumerate(TEAM)}
    desk = {
        person: f"10.12.{_NETWORKS[PEOPLE[person].department]}.{place}"
        for person, place in number.items()
    }
    line = {person: f"172.20.8.{place}" for person, place in number.items()}
    days = (found["at"].to_numpy().astype("M8[D]") - np.datetime64(FIRST_DAY)).astype(int)
    away = random.random((len(TEAM), days.max() + 1)) < _AT_HOME
    place = found["person_id"].map(number).to_numpy() - 11
    usual = np.where(away[place, days], found["person_id"].map(line), found["person_id"].map(desk))
    return found.assign(address=np.where(found["address"] == "", usual, found["address"]))


def _written(found: pd.DataFrame, credit_files: pd.DataFrame) -> pd.DataFrame:
    found = found.sort_values(["at", "person_id", "document"], ignore_index=True)
    document = found["document"].to_numpy()
    none = document < 0
    role = {person.person_id: person.role for person in TEAM}
    return pd.DataFrame(
        {
            "entry_id": [f"A{number:06d}" for number in range(1, len(found) + 1)],
            "at": np.datetime_as_string(found["at"].to_numpy().astype("M8[s]")),
            "person_id": found["person_id"],
            "role": found["person_id"].map(role),
            "customer_id": np.where(none, "", credit_files["customer_id"].to_numpy()[document]),
            "document_id": np.where(none, "", credit_files["document_id"].to_numpy()[document]),
            "action": found["action"],
            "outcome": found["outcome"],
            "address": found["address"],
        }
    )
