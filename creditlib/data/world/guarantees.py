"""guarantees.csv: the security that the supplier holds for what its customers owe.

About a customer in six gives some, the weak and the large more often. Whether it is worth its
amount is another question: see the planted gaps.
"""

from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.behaviour import Behaviour
from creditlib.data.world.dates import MONTHS, START, TODAY
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.seed import pick, stream

# Receivables pledged on paper only: never registered, so the pledge never came to be.
UNREGISTERED_PLEDGES = ("C0098", "C0304", "C0572")
# The agreed guarantee period is over and the customer still buys on credit → its last day.
RAN_OUT = {
    "C0141": date(2025, 3, 31),
    "C0366": date(2025, 6, 30),
    "C0527": date(2025, 9, 30),
}
# Members of one group who guarantee each other in a ring: debtor → guarantor.
GROUP_RING = {"C0345": "C0076", "C0076": "C0612", "C0612": "C0345"}

KINDS = (
    "parent_guarantee", "personal_guarantee", "mortgage", "pledge_of_receivables",
    "retention_of_title", "credit_insurance", "bank_guarantee", "deposit",
)  # fmt: skip
PARENT, PERSONAL, MORTGAGE, PLEDGE, TITLE, INSURANCE, BANK, DEPOSIT = range(len(KINDS))
SUBJECTS = (  # what stands behind each kind; two phrasings
    (("保证合同", "guarantee contract"), ("最高额保证合同", "maximum-amount guarantee")),
    (("法定代表人个人保证书", "personal guarantee of the legal representative"),
     ("实际控制人个人保证书", "personal guarantee of the controlling person")),
    (("厂房及土地使用权", "factory building and land-use right"),
     ("数控加工设备一批", "a set of CNC machines")),
    (("对下游客户的应收账款", "receivables from its own customers"),
     ("一份供货合同项下的应收账款", "receivables under one supply contract")),
    (("已交付的传动部件", "drive components delivered"),
     ("已交付的成套设备", "complete equipment delivered")),
    (("国内贸易信用保险保单", "domestic trade credit insurance policy"),
     ("国内贸易信用保险批单", "endorsement to a trade credit insurance policy")),
    (("付款保函", "payment guarantee issued by a bank"),
     ("见索即付保函", "demand guarantee issued by a bank")),
    (("履约保证金", "performance deposit"), ("押金", "cash deposit")),
)  # fmt: skip
SMALL_SHARES = (0.06, 0.34, 0.14, 0.10, 0.16, 0.05, 0.02, 0.13)
LARGE_SHARES = (0.26, 0.10, 0.15, 0.12, 0.12, 0.14, 0.09, 0.02)
TYPES, TYPES_SHARES = ("joint", "general", "not_stated"), (0.62, 0.14, 0.24)
TERMS, TERMS_SHARES = ("agreed", "silent", "until_paid"), (0.70, 0.18, 0.12)
INSURERS = (
    ("望岳信用保险股份有限公司", "Wangyue Credit Insurance Corporation Ltd."),
    ("扶光财产保险股份有限公司", "Fuguang Property Insurance Corporation Ltd."),
)
BANKS = (
    ("听涛银行股份有限公司云陵分行", "Tingtao Bank, Yunling Branch"),
    ("枕溪农村商业银行股份有限公司", "Zhenxi Rural Commercial Bank"),
)
COLUMNS = (
    "guarantee_id", "customer_id", "kind", "guarantee_type", "amount", "appraised_value",
    "subject_zh", "subject_en", "provider_zh", "provider_en", "resolution_on_file", "valid_from",
    "period_terms", "valid_until", "registered_on",
)  # fmt: skip


def guarantees(
    seed: int, hidden: Hidden, behaviour: Behaviour, master: pd.DataFrame
) -> pd.DataFrame:
    """Return the security held, one row per security; `master` is the customer master."""
    random = stream(seed, "guarantees")
    found = _drawn(random, hidden, behaviour)
    draws = random.random((len(found), 9))
    rows = [
        _described(master.iloc[security.row], security, draw)
        for security, draw in zip(found.itertuples(index=False), draws, strict=True)
    ]
    frame = pd.DataFrame([*rows, *_planted(hidden, behaviour, master)])
    frame = frame.sort_values(["valid_from", "customer_id", "kind"], ignore_index=True)
    for name in ("valid_from", "valid_until", "registered_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("M8[s]")
    frame.insert(0, "guarantee_id", [f"G{number:06d}" for number in range(1, len(frame) + 1)])
    return frame[list(COLUMNS)]


def _drawn(random, hidden: Hidden, behaviour: Behaviour) -> pd.DataFrame:
    """Who gives security, of which kind, for how much and from when."""
    many = hidden.size.size
    since = np.maximum(np.array(hidden.since, "M8[D]"), np.datetime64("2021-01-04"))
    default = np.array(hidden.default, "M8[D]")
    last = np.where(np.isnat(default), np.datetime64("2025-11-28"), default - 20)
    moment, whether, second = random.random((3, many))
    # Of the new, half is asked for when the account is opened; the rest some day later.
    new = since > np.datetime64("2021-01-04")
    later = np.where(new, np.maximum((moment - 0.5) * 2, 0), moment) * (last - since).astype(int)
    day = since + 5 + later.astype(int)
    month = np.clip((day.astype("M8[M]") - np.datetime64(START, "M")).astype(int), 0, MONTHS - 1)
    rows = np.arange(many)
    felt, limit = hidden.felt[rows, month], behaviour.credit_limit[rows, month // 12]
    odds = np.exp(-1.85 - 0.40 * felt + 0.30 * np.log(limit / 4e5))
    told = (*planted.DUPLICATES, *UNREGISTERED_PLEDGES, *RAN_OUT, *GROUP_RING)
    free = ~np.isin(rows, [planted.position(customer) for customer in told])
    gives = (whether < odds / (1 + odds)) & free & (day < last)
    shares = np.where(limit > 8e5, 1, 0)
    first = np.stack([pick(second, SMALL_SHARES), pick(second, LARGE_SHARES)])[shares, rows]
    again = gives & (random.random(many) < 0.22)
    other = (first + 1 + (random.random(many) * (len(KINDS) - 1)).astype(int)) % len(KINDS)
    cover = np.where(first == DEPOSIT, 0.15, 0.35 + 0.75 * random.random(many))
    return pd.concat(
        [
            _securities(rows[gives], first, day, limit * cover, default),
            _securities(rows[again], other, day + 1, limit * 0.25, default),
        ],
        ignore_index=True,
    )


def _securities(rows, kind, day, amount, default) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": rows,
            "kind": kind[rows],
            "day": day[rows].astype(object),
            "amount": np.maximum(np.round(amount[rows], -4), 10_000.0),
            "default": default[rows].astype(object),
        }
    )


def _described(customer: pd.Series, security, draw: np.ndarray) -> dict:
    kind, day = security.kind, security.day
    provider = _provider(kind, customer, draw[0])
    subject = SUBJECTS[kind][int(draw[1] * 2)]
    period, until = _period(kind, day, security.default, draw[2:4])
    registered = kind in (MORTGAGE, PLEDGE) or (kind == TITLE and draw[4] < 0.65)
    in_kind = kind in (MORTGAGE, PLEDGE, TITLE)
    return {
        "customer_id": customer.customer_id,
        "kind": KINDS[kind],
        "guarantee_type": (
            TYPES[int(pick(draw[5], TYPES_SHARES))] if kind in (PARENT, PERSONAL) else ""
        ),
        "amount": security.amount,
        "appraised_value": (
            round(security.amount * (0.8 + 1.2 * draw[6]), -4) if in_kind else None
        ),
        "subject_zh": subject[0],
        "subject_en": subject[1],
        "provider_zh": provider[0],
        "provider_en": provider[1],
        "resolution_on_file": (
            ("yes" if draw[7] < 0.75 else "no") if kind in (PARENT, MORTGAGE) else ""
        ),
        "valid_from": day,
        "period_terms": period,
        "valid_until": until,
        "registered_on": _later(day, int(draw[8] * 18)) if registered else None,
    }


def _provider(kind: int, customer: pd.Series, draw: float) -> tuple[str, str]:
    if kind == PARENT:  # a parent shares its subsidiary's brand
        city, brand = customer.name_zh[:2], customer.name_zh[2:4]
        city_en, brand_en = customer.name_en.split()[:2]
        return f"{city}{brand}控股有限公司", f"{city_en} {brand_en} Holding Co., Ltd."
    if kind == PERSONAL:
        return customer.legal_representative_zh, customer.legal_representative_en
    if kind in (INSURANCE, BANK):
        return (INSURERS if kind == INSURANCE else BANKS)[int(draw * 2)]
    return customer.name_zh, customer.name_en


def _period(kind: int, day: date, default: date | None, draw) -> tuple[str, date | None]:
    """What the paper says of its duration, and the last day if it names one."""
    if kind in (INSURANCE, BANK):
        # Renewed year after year; whoever defaulted had a year from the default at most.
        return "agreed", date(2026, 1 + int(draw[0] * 9), 28) if not default else _later(
            default, 30 + int(draw[0] * 300)
        )
    if kind not in (PARENT, PERSONAL):
        return "", None
    terms = TERMS[int(pick(draw[0], TERMS_SHARES))]
    if terms != "agreed":
        return terms, None
    if default:
        return terms, _later(default, 120 + int(draw[1] * 500))
    return terms, date(2026 + int(draw[1] * 3), 12, 31)


def _later(day: date, days: int) -> date:
    return (np.datetime64(day) + days).astype(object)


def _planted(hidden: Hidden, behaviour: Behaviour, master: pd.DataFrame) -> list[dict]:
    middle = np.full(9, 0.5)
    stories = [
        *((customer, PLEDGE, date(2024, 5, 20), {"registered_on": None})
          for customer in UNREGISTERED_PLEDGES),
        *((customer, PERSONAL, date(2022, 4, 11),
           {"period_terms": "agreed", "valid_until": until, "guarantee_type": "joint"})
          for customer, until in RAN_OUT.items()),
        *((customer, PARENT, date(2023, 9, 12),
           {"period_terms": "agreed", "valid_until": date(2026, 12, 31), "guarantee_type": "joint",
            **_names(master, guarantor)})
          for customer, guarantor in GROUP_RING.items()),
    ]  # fmt: skip
    rows = []
    for customer, kind, day, facts in stories:
        row = planted.position(customer)
        day = max(day, _later(hidden.since[row], 10))
        amount = max(round(0.8 * behaviour.credit_limit[row, -1], -4), 10_000.0)
        security = pd.Series({"kind": kind, "day": day, "amount": amount, "default": None})
        if day <= TODAY and (hidden.default[row] is None or day < hidden.default[row]):
            rows.append(_described(master.iloc[row], security, middle) | facts)
    return rows


def _names(master: pd.DataFrame, customer: str) -> dict[str, str]:
    guarantor = master.iloc[planted.position(customer)]
    return {"provider_zh": guarantor.name_zh, "provider_en": guarantor.name_en}
