"""customers.csv: who the customers are, as the customer master says on 31 December 2025."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.industries import INDUSTRIES
from creditlib.data.world.names import (
    FORM_SHARES,
    FORMS,
    PLACES,
    PROVINCE_SHARES,
    brands,
    credit_code,
    people,
    telephone,
)
from creditlib.data.world.seed import pick, stream

SALES_REPS = ("S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08")


def make_scale(seed: int, hidden: Hidden) -> pd.DataFrame:
    """Return what a customer's size decides: revenue of 2021, purchases, capital, employees."""
    random = stream(seed, "scale")
    customers = hidden.size.size
    noise = random.standard_normal((3, customers))
    revenue = 4.2e7 * np.exp(1.1 * hidden.size)
    share = 0.030 * np.exp(-0.25 * hidden.size + 0.4 * noise[0])  # big firms buy from many
    capital = revenue * 0.16 * np.exp(0.3 * noise[1])
    return pd.DataFrame(
        {
            "revenue": revenue,
            "annual_purchases": np.maximum(np.round(revenue * share, -4), 40_000.0),
            "registered_capital": np.maximum(np.round(capital, -5), 500_000.0),
            "employees": np.maximum(np.round(revenue / 8.5e5 * np.exp(0.25 * noise[2])), 4),
        }
    )


def customers(seed: int, hidden: Hidden, scale: pd.DataFrame, terms: np.ndarray) -> pd.DataFrame:
    """Return the customer master, one row per account, duplicates and all."""
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{number:04d}" for number in range(1, len(scale) + 1)],
            **_identity(seed, hidden),
            **_dates(seed, hidden),
            "registered_capital": scale["registered_capital"],
            "employees": scale["employees"].astype(int),
            "payment_terms_days": terms,
            "annual_purchases": scale["annual_purchases"],
            "status": _status(seed, hidden),
        }
    )
    return _plant(frame)


def _identity(seed: int, hidden: Hidden) -> dict[str, list]:
    random = stream(seed, "names")
    many = hidden.size.size
    brand, boss = brands(random, many), people(random, many)
    form, trade = pick(random.random(many), FORM_SHARES), random.random(many)
    province, town = pick(random.random(many), PROVINCE_SHARES), random.random(many)
    street, line, rep = random.random((3, many))
    columns: dict[str, list] = {name: [] for name in _IDENTITY}
    for row in range(many):
        industry = INDUSTRIES[hidden.industry[row]]
        province_zh, province_en, cities = PLACES[province[row]]
        city_zh, city_en = cities[int(town[row] * len(cities))]
        which = int(trade[row] * len(industry.trade_zh))
        form_zh, form_en = FORMS[form[row]]
        (brand_zh, brand_en), (boss_zh, boss_en) = brand[row], boss[row]
        values = (
            f"{city_zh[:-1]}{brand_zh}{industry.trade_zh[which]}{form_zh}",
            f"{city_en} {brand_en} {industry.trade_en[which]} {form_en}",
            credit_code(row + 1),
            province_zh,
            province_en,
            city_zh,
            city_en,
            f"{city_zh}{_road(street[row])}",
            industry.zh,
            industry.en,
            boss_zh,
            boss_en,
            telephone(line[row]),
            SALES_REPS[int(rep[row] * len(SALES_REPS))],
        )
        for name, value in zip(_IDENTITY, values, strict=True):
            columns[name].append(value)
    return columns


_IDENTITY = (
    "name_zh", "name_en", "credit_code", "province_zh", "province_en", "city_zh", "city_en",
    "address", "industry_zh", "industry_en", "legal_representative_zh", "legal_representative_en",
    "phone", "sales_rep",
)  # fmt: skip
_ROADS = ("听涛路", "望岳路", "揽星大道", "问渠路", "采薇路", "逐鹿路", "扶光路", "枕溪路")


def _road(draw: float) -> str:
    return f"{_ROADS[int(draw * len(_ROADS))]}{1 + int(draw * 9999) % 480}号"


_FIRST_ACCOUNTS = date(2021, 12, 31)


def _dates(seed: int, hidden: Hidden) -> dict[str, list[date]]:
    # Founded before it became a customer, and before the first accounts; better firms are older.
    random = stream(seed, "founded")
    years = 0.8 + 6 * random.random(len(hidden.since)) ** 1.5 * np.exp(
        0.25 * hidden.quality.mean(axis=1) + 0.3 * hidden.size
    )
    founded = [
        min(first, _FIRST_ACCOUNTS) - timedelta(days=int(365 * age))
        for first, age in zip(hidden.since, np.minimum(years, 28), strict=True)
    ]
    return {"founded": founded, "customer_since": list(hidden.since)}


def _status(seed: int, hidden: Hidden) -> list[str]:
    draws = stream(seed, "status").random(len(hidden.default))
    return [
        ("active" if draw < 0.985 else "suspended") if day is None else _after_default(draw)
        for day, draw in zip(hidden.default, draws, strict=True)
    ]


def _after_default(draw: float) -> str:
    return "suspended" if draw < 0.45 else "insolvent" if draw < 0.75 else "written_off"


_TOGETHER = [  # a company that moves its registered address keeps the old city in its name
    "address", "phone", "legal_representative_zh", "legal_representative_en", "province_zh",
    "province_en", "city_zh", "city_en",
]  # fmt: skip


def _plant(frame: pd.DataFrame) -> pd.DataFrame:
    planted_frame = frame.set_index("customer_id", drop=False)
    head, *others = planted.GROUP
    for customer in others:
        planted_frame.loc[customer, _TOGETHER] = planted_frame.loc[head, _TOGETHER]
    own = ("customer_id", "customer_since", "sales_rep", "payment_terms_days", "annual_purchases")
    shared = [name for name in frame.columns if name not in own]
    spellings = (_respell_form, _respell_spacing, _respell_city)
    codes = ("", None, "")  # None: the same code; "": left blank when the account was opened
    for (account, original), respell, code in zip(
        planted.DUPLICATES.items(), spellings, codes, strict=True
    ):
        planted_frame.loc[account, shared] = planted_frame.loc[original, shared]
        planted_frame.loc[account, "name_zh"] = respell(
            planted_frame.loc[original, "name_zh"], planted_frame.loc[original, "city_zh"]
        )
        if code is not None:
            planted_frame.loc[account, "credit_code"] = code
    planted_frame.loc[planted.DECIMAL_SLIP, "annual_purchases"] *= 10
    return planted_frame.reset_index(drop=True)


def _respell_form(name: str, city: str) -> str:
    stem = name.removesuffix("有限责任公司").removesuffix("股份有限公司").removesuffix("有限公司")
    return stem + ("有限公司" if name.endswith("责任公司") else "有限责任公司")


def _respell_spacing(name: str, city: str) -> str:
    return f"{city[:-1]} {name.removeprefix(city[:-1])}"


def _respell_city(name: str, city: str) -> str:
    return name.removeprefix(city[:-1]).replace("有限公司", f"（{city[:-1]}）有限公司")
