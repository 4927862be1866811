"""What nobody sees: each customer's credit quality month by month, and what comes of it.

Every file is drawn from this, so that the files agree with each other. Quality is in standard
deviations, more is better. A customer's default comes from a hazard that its quality drives.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from creditlib.data.world import planted
from creditlib.data.world.dates import LEDGER_START, MONTHS, TODAY, day_in, month_of
from creditlib.data.world.industries import INDUSTRIES
from creditlib.data.world.seed import pick, stream

CUSTOMERS = 820 + len(planted.DUPLICATES)


@dataclass(frozen=True)
class Hidden:
    """Arrays with one row per customer (C0001 first); paths have a column per month."""

    industry: np.ndarray  # position in INDUSTRIES
    size: np.ndarray  # log size, standard deviations
    management: np.ndarray
    gearing: np.ndarray  # how much it likes to borrow
    growth: np.ndarray  # customers × years 2022…2025, standard deviations
    habit: np.ndarray  # pays late because it can, not because it must
    quality: np.ndarray  # customers × months, before the strain of a coming default
    strain: np.ndarray  # customers × months, how far a coming default already shows
    since: list[date]  # first day as a customer
    default: list[date | None]

    @property
    def felt(self) -> np.ndarray:
        """What others can feel month by month: quality less the strain."""
        return self.quality - self.strain


def make_hidden(seed: int) -> Hidden:
    """Draw the hidden world of a seed."""
    traits = stream(seed, "traits")
    industry = pick(traits.random(CUSTOMERS), tuple(item.share for item in INDUSTRIES))
    level, management, gearing, habit, luck = traits.standard_normal((5, CUSTOMERS))
    management = 0.6 * level + 0.8 * management
    size = 0.2 * level + 0.98 * traits.standard_normal(CUSTOMERS)
    habit = 0.35 * size + 0.94 * habit  # the bigger the firm, the more it makes others wait
    growth = 0.65 * luck[:, None] + 0.76 * traits.standard_normal((CUSTOMERS, 4))
    since = _since(traits.random(CUSTOMERS))
    quality = planted.shape_quality(_quality(stream(seed, "quality"), level, industry))
    default = planted.set_defaults(
        _default_dates(
            stream(seed, "defaults"), _hazard(quality, gearing, growth, size, since), since
        )
    )
    return Hidden(
        industry=industry,
        size=size,
        management=management,
        gearing=gearing,
        growth=growth,
        habit=habit,
        quality=quality,
        strain=_strain(stream(seed, "strain"), default),
        since=since,
        default=default,
    )


def _since(draws: np.ndarray) -> list[date]:
    # Account numbers follow the day of opening; the last sixth joined after the books begin.
    old = np.sort(draws[: planted.OLD_CUSTOMERS]) ** 0.6
    new = np.sort(draws[planted.OLD_CUSTOMERS :])
    days_old = (date(2022, 1, 1) - date(2008, 1, 1)).days
    days_new = (date(2024, 12, 31) - date(2022, 1, 1)).days
    return [date(2008, 1, 1) + timedelta(days=int(share * days_old)) for share in old] + [
        date(2022, 1, 1) + timedelta(days=int(share * days_new)) for share in new
    ]


def _quality(random: np.random.Generator, level: np.ndarray, industry: np.ndarray) -> np.ndarray:
    outlook = np.array([item.outlook for item in INDUSTRIES])[industry]
    cycle = np.array([item.cycle for item in INDUSTRIES])[industry]
    # 2022 locked down, 2023 reopened, then a slow squeeze; the wobble is drawn.
    common = np.interp(np.arange(MONTHS), [0, 11, 17, 36, 47], [-0.1, -0.25, 0.15, -0.1, -0.15])
    common = common + _slow(random, 1, 0.08)[0]
    drift = _slow(random, level.size, 0.45)
    return (0.9 * level + outlook)[:, None] + cycle[:, None] * common + drift


def _slow(random: np.random.Generator, rows: int, deviation: float) -> np.ndarray:
    """A monthly AR(1) path per row, coefficient 0.95, with the given long-run deviation."""
    shocks = random.standard_normal((rows, MONTHS)) * deviation
    path = np.empty_like(shocks)
    path[:, 0] = shocks[:, 0]
    for month in range(1, MONTHS):
        path[:, month] = 0.95 * path[:, month - 1] + np.sqrt(1 - 0.95**2) * shocks[:, month]
    return path


def _hazard(quality, gearing, growth, size, since) -> np.ndarray:
    """Monthly default intensity. Debt hurts only the weak; shrinking and racing both hurt."""
    joined = np.array([month_of(first) for first in since])
    new = np.arange(MONTHS)[None, :] < joined[:, None] + 24
    weakness = np.maximum(-quality, 0)
    debt_on_weakness = np.maximum(gearing, 0)[:, None] * weakness
    extremes = np.maximum(np.abs(np.repeat(growth, 12, axis=1)) - 0.8, 0)
    logarithm = -7.0 - 1.6 * quality + 0.4 * debt_on_weakness + 1.9 * extremes + 0.45 * new
    return np.minimum(np.exp(logarithm - 0.15 * size[:, None]), 0.12)


def _default_dates(random: np.random.Generator, hazard: np.ndarray, since) -> list[date | None]:
    thresholds = -np.log(1 - random.random(len(since)))
    shares = random.random(len(since))
    dates = []
    for row, first in enumerate(since):
        # Nobody defaults before the books begin or in the first four months as a customer.
        begin = max(month_of(LEDGER_START), month_of(first) + 4)
        cumulated = np.cumsum(hazard[row, begin:])
        month = begin + int(np.searchsorted(cumulated, thresholds[row]))
        dates.append(day_in(month, shares[row]) if month < MONTHS else None)
    return [day if day is None or day <= TODAY else None for day in dates]


def _strain(random: np.random.Generator, default) -> np.ndarray:
    strain = np.zeros((len(default), MONTHS))
    lead = 4 + 8 * random.random(len(default))
    depth = random.random(len(default))
    for row, day in enumerate(default):
        if day is None:
            continue
        months_left = month_of(day) - np.arange(MONTHS)
        # Three defaults in ten come without warning.
        height = 0.0 if depth[row] < 0.3 else 2.5 * depth[row]
        strain[row] = height * np.clip(1 - months_left / lead[row], 0, 1)
    return strain
