"""events.csv: what registers, courts and authorities published about the customers, 2022–2025.

Most of it is noise. Weak quality and the strain before a default make bad news likelier, months
ahead for some and never for others; good news comes to the good. A judgment follows a lawsuit, the
list of dishonest debtors follows a judgment nobody paid.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.dates import MONTHS, START, TODAY
from creditlib.data.world.event_texts import DETAILS, SOURCES
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.names import people
from creditlib.data.world.seed import stream

KINDS = tuple(SOURCES)


@dataclass(frozen=True)
class Habit:
    """How often a kind of event comes, and to whom."""

    yearly: float  # per ordinary customer
    quality: float  # each standard deviation of quality multiplies by exp of this
    strain: float  # each unit of strain before a default, likewise
    after: float  # in default: likewise
    size: float  # each standard deviation of size, likewise
    amount: float  # median, as a share of registered capital; 0: no amount


HABITS = {
    "judgment_debtor": Habit(0.014, -0.70, 1.75, 1.6, 0.2, 0.040),
    "equity_pledge": Habit(0.040, -0.30, 1.20, -9.0, 0.4, 0.350),
    "equity_frozen": Habit(0.009, -0.75, 1.80, 1.4, 0.2, 0.150),
    "lawsuit_as_defendant": Habit(0.070, -0.55, 1.50, 1.5, 0.5, 0.030),
    "lawsuit_as_plaintiff": Habit(0.042, 0.05, 0.20, -2.0, 0.5, 0.025),
    "administrative_penalty": Habit(0.045, -0.10, 0.10, -1.0, 0.4, 0.0),
    "abnormal_operations": Habit(0.024, -0.60, 1.40, 1.2, -0.4, 0.0),
    "change_of_legal_representative": Habit(0.036, -0.20, 1.50, -1.0, 0.0, 0.0),
    "change_of_address": Habit(0.032, 0.00, 0.30, -2.0, 0.0, 0.0),
    "capital_reduction": Habit(0.010, -0.35, 1.50, -9.0, 0.0, 0.300),
    "capital_increase": Habit(0.022, 0.40, -0.50, -9.0, 0.2, 0.400),
    "tax_arrears": Habit(0.014, -0.75, 1.70, 1.2, -0.1, 0.020),
    "environmental_penalty": Habit(0.022, -0.10, 0.00, -2.0, 0.4, 0.0),
    "award": Habit(0.034, 0.50, -0.60, -9.0, 0.5, 0.0),
    "tax_rating_a": Habit(0.055, 0.60, -0.90, -9.0, 0.3, 0.0),
}
SPRING = 3  # the tax authority publishes its ratings in April
FINES = {"administrative_penalty": 12_000.0, "environmental_penalty": 45_000.0}

# What is told of the customer that fails on 2025-03-11 and of the group that falls in a chain.
TOLD = (  # customer, day, kind, share of registered capital
    (planted.FAILING, date(2024, 5, 14), "equity_pledge", 0.40),
    (planted.FAILING, date(2024, 8, 22), "equity_pledge", 0.35),
    (planted.FAILING, date(2024, 10, 17), "lawsuit_as_defendant", 0.08),
    (planted.FAILING, date(2024, 12, 5), "change_of_legal_representative", 0),
    (planted.FAILING, date(2025, 2, 13), "judgment_debtor", 0.08),
    ("C0345", date(2024, 10, 9), "equity_frozen", 0.30),
    ("C0076", date(2024, 12, 18), "equity_frozen", 0.30),
    ("C0612", date(2025, 3, 26), "equity_frozen", 0.30),
    ("C0203", date(2025, 9, 10), "equity_frozen", 0.20),
)


def events(seed: int, hidden: Hidden, master: pd.DataFrame) -> pd.DataFrame:
    """Return the events, one row each in order of publication; `master` is the customer master."""
    random = stream(seed, "events")
    capital = master["registered_capital"].to_numpy()
    drawn = [_draw(random, hidden, capital, kind, habit) for kind, habit in HABITS.items()]
    found = pd.concat([*drawn, _petitions(random, master, hidden)], ignore_index=True)
    found = pd.concat([found, *_followed(random, hidden, found)], ignore_index=True)
    found = pd.concat([found[_kept(found, hidden)], _told(capital)], ignore_index=True)
    return _written(random, found, master)


def _draw(random, hidden: Hidden, capital, kind: str, habit: Habit) -> pd.DataFrame:
    """Draw one kind of event for every customer and month."""
    default = np.array(hidden.default, "M8[M]")[:, None]
    in_default = np.arange(MONTHS) + np.datetime64(START, "M") > default
    intensity = (
        habit.yearly
        / 12
        * np.exp(
            habit.quality * hidden.quality
            + habit.strain * hidden.strain * ~in_default
            + habit.after * in_default
            + habit.size * hidden.size[:, None]
        )
    )
    if kind == "tax_rating_a":
        intensity *= 12 * (np.arange(MONTHS) % 12 == SPRING)
    row, month = np.nonzero(random.random(intensity.shape) < intensity)
    day, lag = random.random((2, row.size))
    amount = _amounts(kind, habit, capital[row], random.standard_normal(row.size))
    first = (np.datetime64(START, "M") + month).astype("M8[D]")
    return _frame(row, first + (28 * day).astype(int), KINDS.index(kind), amount, lag)


def _amounts(kind: str, habit: Habit, capital, spread) -> np.ndarray:
    if kind in FINES:
        return np.maximum(np.round(FINES[kind] * np.exp(0.7 * spread), -3), 2_000.0)
    if not habit.amount:
        return np.full(capital.size, np.nan)
    share = habit.amount * np.exp(0.8 * spread)
    return np.maximum(np.round(capital * np.minimum(share, 0.9), -3), 10_000.0)


def _frame(row, day, kind, amount, lag) -> pd.DataFrame:
    return pd.DataFrame(
        {"row": row, "day": day.astype("M8[s]"), "kind": kind, "amount": amount, "lag": lag}
    )


def _petitions(random, master: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """Insolvency: half are petitioned for on the day of default, the rest within months."""
    row = np.nonzero((master["status"] == "insolvent").to_numpy())[0]
    row = np.array([place for place in row if hidden.default[place] is not None], dtype=int)
    moment, lag = random.random((2, row.size))
    default = np.array([hidden.default[place] for place in row], "M8[D]")
    later = np.where(moment < 0.5, 0, 150 * moment).astype(int)
    day = np.minimum(default + later, np.datetime64(TODAY))
    kind = KINDS.index("bankruptcy_petition")
    return _frame(row, day, kind, np.full(row.size, np.nan), 0.2 * lag)


def _followed(random, hidden: Hidden, found: pd.DataFrame) -> list[pd.DataFrame]:
    """A lawsuit lost and not paid becomes a judgment to enforce, and that a black mark."""
    parts, causes = [], found[found["kind"] == KINDS.index("lawsuit_as_defendant")]
    direct = found[found["kind"] == KINDS.index("judgment_debtor")]
    for effect, odds, pause in (
        ("judgment_debtor", (-1.7, -0.75), (90, 260)),
        ("dishonest_debtor", (-1.1, -0.60), (60, 200)),
    ):
        whether, when, lag = random.random((3, len(causes)))
        row = causes["row"].to_numpy()
        day = causes["day"].to_numpy().astype("M8[D]")
        month = np.clip((day.astype("M8[M]") - np.datetime64(START, "M")).astype(int), 0, 47)
        log_odds = odds[0] + odds[1] * hidden.felt[row, month]
        goes_on = whether < 1 / (1 + np.exp(-log_odds))
        later = day + pause[0] + ((pause[1] - pause[0]) * when).astype(int)
        part = _frame(row, later, KINDS.index(effect), causes["amount"].to_numpy(), lag)[goes_on]
        part = part[part["day"] <= np.datetime64(TODAY)]
        parts.append(part)
        causes = pd.concat([direct, part])
    return parts


def _kept(found: pd.DataFrame, hidden: Hidden) -> np.ndarray:
    """Nothing after today; a second account is no second firm; a bankrupt firm is news no more."""
    day = found["day"].to_numpy().astype("M8[D]")
    second = np.isin(found["row"], [planted.position(account) for account in planted.DUPLICATES])
    petition = found[found["kind"] == KINDS.index("bankruptcy_petition")]
    ended = np.full(hidden.size.size, np.datetime64("2100-01-01"), "M8[D]")
    ended[petition["row"]] = petition["day"].to_numpy().astype("M8[D]")
    lag = (30 * found["lag"].to_numpy()).astype(int)
    in_time = (day + lag <= np.datetime64(TODAY)) | np.isin(found["kind"], petition["kind"])
    return in_time & ~second & (day <= ended[found["row"]])


def _told(capital) -> pd.DataFrame:
    row = np.array([planted.position(customer) for customer, *_ in TOLD])
    day = np.array([day for _, day, *_ in TOLD], "M8[D]")
    share = np.array([share for *_, share in TOLD])
    amount = np.where(share > 0, np.round(capital[row] * share, -4), np.nan)
    return _frame(row, day, [KINDS.index(kind) for *_, kind, _ in TOLD], amount, 0.2)


def _written(random, found: pd.DataFrame, master: pd.DataFrame) -> pd.DataFrame:
    day = found["day"].to_numpy().astype("M8[D]")
    lag = (30 * found["lag"].to_numpy()).astype(int)
    found["published"] = np.minimum(day + lag, np.datetime64(TODAY)).astype("M8[s]")
    found["phrase"], found["person"] = random.random(len(found)), people(random, len(found))
    found = found.sort_values(["published", "row", "kind", "day"], ignore_index=True)
    cities = master[["city_zh", "city_en"]].to_numpy()[found["row"]]
    details = [
        _detail(*line, *city)
        for line, city in zip(
            found[["kind", "amount", "phrase", "person"]].itertuples(index=False),
            cities,
            strict=True,
        )
    ]
    kinds = [KINDS[kind] for kind in found["kind"]]
    return pd.DataFrame(
        {
            "event_id": [f"E{number:06d}" for number in range(1, len(found) + 1)],
            "customer_id": [f"C{row + 1:04d}" for row in found["row"]],
            "event_date": found["day"],
            "published_on": found["published"],
            "kind": kinds,
            "amount": found["amount"],
            "detail_zh": [zh for zh, _ in details],
            "detail_en": [en for _, en in details],
            "source": [SOURCES[kind] for kind in kinds],
        }
    )


def _detail(kind, amount, phrase, person, city_zh, city_en) -> tuple[str, str]:
    phrasings = DETAILS[KINDS[kind]]
    zh, en = phrasings[int(phrase * len(phrasings))]
    figure = "" if np.isnan(amount) else f"{amount:,.0f}"
    return (
        zh.format(amount=figure, city=city_zh, person=person[0]),
        en.format(amount=figure, city=city_en, person=person[1]),
    )
