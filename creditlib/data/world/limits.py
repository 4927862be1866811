"""limits.csv: every change of every customer's credit limit, from the first one to today.

The limit of each January is `Behaviour.credit_limit`, and on a review date no other limit is in
force: temporary increases, cuts and blocks begin and end between the review dates, unless the
customer never comes to the next review.
"""

from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.behaviour import Behaviour
from creditlib.data.world.dates import TODAY, month_of
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import pick, stream
from creditlib.data.world.team import PEOPLE, SELLS_AND_APPROVES, employed

# A temporary increase of 2025 that ran out and was never taken back.
LAPSED_INCREASES = {
    "C0052": (date(2025, 6, 16), date(2025, 8, 31)),
    "C0327": (date(2025, 7, 7), date(2025, 9, 30)),
    "C0548": (date(2025, 8, 11), date(2025, 10, 20)),
}
# Nobody reviewed these in January 2025: the limit of 2024 still runs.
UNREVIEWED = ("C0033", "C0174", "C0391", "C0466", "C0609")
# Approved in January 2025 by someone whose authority does not reach that far → the approver.
BEYOND_AUTHORITY = {"C0134": "K03", "C0257": "K03", "C0419": "K02"}

REASONS = (
    "first_limit", "annual_review", "temporary_increase", "temporary_ended", "order_block",
    "block_released", "cut_after_warning", "suspended_after_default",
)  # fmt: skip
FIRST, REVIEW, INCREASE, ENDED, BLOCK, RELEASED, CUT, SUSPENDED = range(len(REASONS))

_YEARS = np.arange(2022, 2026)
# Three spells a year in which something may happen; none touches 30 April or 31 October.
_SPELLS = (("02-10", "04-24"), ("06-01", "10-24"), ("11-05", "12-28"))
_NEXT_REVIEW = ("04-30", "10-31")  # after the first and the second spell
_NEVER = np.datetime64("2100-01-01")
_ANALYSTS = ("K02", "K03", "K04", "K06")
_ANALYSTS_SHARES = (0.40, 0.25, 0.20, 0.15)


def limits(seed: int, hidden: Hidden, behaviour: Behaviour, master: pd.DataFrame) -> pd.DataFrame:
    """Return the limit history, one row per change; `master` is the customer master."""
    random = stream(seed, "limits")
    since = np.array(hidden.since, "M8[D]")
    default = np.array(hidden.default, "M8[D]")
    default = np.where(np.isnat(default), _NEVER, default)
    blocked = (master["status"] == "suspended").to_numpy() & (default == _NEVER)
    mid_year, cut_late = _mid_year(random, hidden, behaviour, since, default, blocked)
    changes = pd.concat(
        [
            _first(random, behaviour, since),
            _reviews(random, behaviour, since, default, cut_late),
            mid_year,
            _stops(random, default, blocked),
        ]
    ).sort_values(["row", "day"], ignore_index=True)
    changes["previous"] = changes.groupby("row")["limit"].shift()
    return pd.DataFrame(
        {
            "customer_id": [f"C{row + 1:04d}" for row in changes["row"]],
            "valid_from": changes["day"],
            "credit_limit": changes["limit"],
            "previous_limit": changes["previous"],
            "reason": np.array(REASONS)[changes["reason"]],
            "decided_by": _deciders(random, changes, master),
            "temporary_until": changes["until"],
        }
    )


def _changes(row, day, limit, reason: int, until=None) -> pd.DataFrame:
    nothing = np.full(len(row), np.datetime64("NaT"), "M8[D]")
    return pd.DataFrame(
        {
            "row": row,
            "day": (day if reason == FIRST else _working(day)).astype("M8[s]"),
            "limit": limit,
            "reason": reason,
            "until": (nothing if until is None else until).astype("M8[s]"),
        }
    )


def _working(days: np.ndarray) -> np.ndarray:
    """Nobody decides at a weekend."""
    return np.busday_offset(days.astype("M8[D]"), 0, roll="forward")


def _first(random, behaviour: Behaviour, since) -> pd.DataFrame:
    """The limit given when the account was opened: long ago a smaller one."""
    year = since.astype("M8[Y]").astype(int) + 1970 - _YEARS[0]
    rows = np.arange(since.size)
    limit = behaviour.credit_limit[rows, np.maximum(year, 0)]
    share = np.where(year < 0, 0.35 + 0.5 * random.random(since.size), 1.0)
    return _changes(rows, since, np.maximum(np.round(limit * share, -4), 10_000.0), FIRST)


def _reviews(random, behaviour: Behaviour, since, default, cut_late) -> pd.DataFrame:
    """Each January the year's limit, unless a cut still stands or the customer is in default."""
    january = np.array([f"{year}-01-02" for year in _YEARS], "M8[D]")
    day = _working(january + (26 * random.random((since.size, _YEARS.size))).astype(int))
    held = (since[:, None] < january - 1) & (day < default[:, None])
    held[:, 1:] &= ~cut_late[:, :-1]
    held[[planted.position(customer) for customer in UNREVIEWED], -1] = False
    row, year = np.nonzero(held)
    return _changes(row, day[row, year], behaviour.credit_limit[row, year], REVIEW)


def _mid_year(
    random, hidden: Hidden, behaviour: Behaviour, since, default, blocked
) -> tuple[pd.DataFrame, np.ndarray]:
    """What happens between reviews; and where a late cut stands until the default."""
    begin, end = (
        np.array([f"{year}-{spell[side]}" for year in _YEARS for spell in _SPELLS], "M8[D]")
        for side in (0, 1)
    )
    kind, when, length, size = random.random((4, since.size, begin.size))
    start = begin + (when * ((end - begin).astype(int) - 16)).astype(int)
    stop = np.minimum(start + 14 + (40 * length).astype(int), end)
    months = [month_of(day) for day in (begin + 20).astype(object)]
    happens = _kinds(kind, hidden.felt[:, months])
    stop = np.where(happens == BLOCK, start + 4 + (8 * length).astype(int), stop)
    known = start > since[:, None] + 45
    happens[~known | (np.where(happens == CUT, start + 2, stop + 3) >= default[:, None])] = 0
    limit = np.repeat(behaviour.credit_limit, len(_SPELLS), axis=1)
    unreviewed = [planted.position(customer) for customer in UNREVIEWED]
    limit[unreviewed, -3:] = limit[unreviewed, -6:-3]
    happens[(happens == CUT) & (~_may_cut(default) | (limit <= 10_000))] = 0
    happens[blocked, -1] = 0
    _plant(happens, start, stop, default)
    by_year = happens.reshape(since.size, _YEARS.size, len(_SPELLS))
    cut_before = np.cumsum(by_year == CUT, axis=2) - (by_year == CUT) > 0
    by_year[cut_before] = 0
    spring = np.array([f"{year + 1}-04-30" for year in _YEARS], "M8[D]")
    cut_late = (by_year[:, :, 2] == CUT) & (default[:, None] <= spring)
    return _spelled_out(happens, start, stop, limit, size), cut_late


def _kinds(draw: np.ndarray, felt: np.ndarray) -> np.ndarray:
    """Good customers ask for more at the peak of the year; weak ones are blocked or cut."""
    late_in_year = np.tile([1.0, 0.8, 1.7], _YEARS.size)
    increase = np.minimum(0.030 * np.exp(0.25 * felt), 0.09) * late_in_year
    block = np.minimum(0.004 * np.exp(-0.7 * felt), 0.03)
    cut = np.minimum(0.012 * np.exp(-0.8 * felt), 0.25)
    choices = [draw < increase, draw < increase + block, draw < increase + block + cut]
    return np.select(choices, [INCREASE, BLOCK, CUT], 0)


def _may_cut(default: np.ndarray) -> np.ndarray:
    """No cut may stand on a review date; 2022 and 2025 have none."""
    allowed = np.ones((default.size, _YEARS.size, len(_SPELLS)), dtype=bool)
    for spell, review in enumerate(_NEXT_REVIEW):
        for place, year in enumerate(_YEARS):
            if year in (2023, 2024):
                allowed[:, place, spell] = default <= np.datetime64(f"{year}-{review}")
    return allowed.reshape(default.size, -1)


def _plant(happens, start, stop, default) -> None:
    for customer, (first, last) in LAPSED_INCREASES.items():
        row = planted.position(customer)
        happens[row, -3:] = 0
        if default[row] > np.datetime64(last):
            happens[row, -2] = INCREASE
            start[row, -2], stop[row, -2] = first, last


def _spelled_out(happens, start, stop, limit, size) -> pd.DataFrame:
    lapsed = np.zeros(happens.shape, dtype=bool)
    lapsed[[planted.position(customer) for customer in LAPSED_INCREASES], -2] = True
    more = np.maximum(np.round(limit * (1.2 + 0.3 * size), -4), limit + 10_000)
    less = np.maximum(np.round(limit * (0.4 + 0.3 * size), -4), 10_000.0)
    parts = []
    for reason, day, new, where in (
        (INCREASE, start, more, happens == INCREASE),
        (ENDED, stop + 1, limit, (happens == INCREASE) & ~lapsed),
        (BLOCK, start, 0 * limit, happens == BLOCK),
        (RELEASED, stop, limit, happens == BLOCK),
        (CUT, start, less, happens == CUT),
    ):
        row, spell = np.nonzero(where)
        until = stop[row, spell] if reason == INCREASE else None
        parts.append(_changes(row, day[row, spell], new[row, spell], reason, until))
    return pd.concat(parts)


def _stops(random, default, blocked) -> pd.DataFrame:
    """Days to weeks after a default the limit goes to 0; a few are blocked as the year ends."""
    pause = 2 + (26 * random.random(default.size) ** 1.5).astype(int)
    december = np.datetime64("2025-12-15") + (15 * random.random(default.size)).astype(int)
    fallen, held = np.nonzero(default < _NEVER)[0], np.nonzero(blocked)[0]
    stopped = np.minimum(default + pause, np.datetime64(TODAY))[fallen]
    return pd.concat(
        [
            _changes(fallen, stopped, np.zeros(fallen.size), SUSPENDED),
            _changes(held, december[held], np.zeros(held.size), BLOCK),
        ]
    )


def _deciders(random, changes: pd.DataFrame, master: pd.DataFrame) -> np.ndarray:
    """The customer's analyst, up to the manager and the director as authority runs out."""
    day = changes["day"].to_numpy().astype("M8[D]")
    row, limit = changes["row"].to_numpy(), changes["limit"].to_numpy()
    reason = changes["reason"].to_numpy()
    analyst = pick(random.random(len(master)), _ANALYSTS_SHARES)[row]
    decider = np.full(len(changes), "F01", dtype=object)
    decider[limit <= PEOPLE["K01"].authority_limit] = "K01"
    for place, person in enumerate(_ANALYSTS):
        may = (limit <= PEOPLE[person].authority_limit) & employed(person, day)
        decider[(analyst == place) & may & ~np.isin(reason, (CUT, SUSPENDED))] = person
    recent = (reason == REVIEW) & (day >= np.datetime64("2024-01-01"))
    own = (master["sales_rep"] == SELLS_AND_APPROVES).to_numpy()[row]
    small = limit <= PEOPLE[SELLS_AND_APPROVES].authority_limit
    decider[recent & own & small & (random.random(len(changes)) < 0.6)] = SELLS_AND_APPROVES
    newest = (reason == REVIEW) & (day >= np.datetime64("2025-01-01"))
    for customer, person in BEYOND_AUTHORITY.items():
        decider[newest & (row == planted.position(customer))] = person
    return decider
