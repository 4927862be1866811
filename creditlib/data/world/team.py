"""team.csv: the people who grant, watch and collect credit at the invented company.

A short list written by hand, the same in every world: sales representatives own the customers,
the credit team decides and collects, finance and legal stand behind it, an auditor looks on.
"""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pandas as pd

SKILLS = (
    "statement_analysis", "scoring", "negotiation", "law", "data", "systems", "customer_service",
    "coordination",
)  # fmt: skip

# Only this person has this skill at level 2 or above: the work stops when she is away.
SINGLE_POINT = ("scoring", "K04")
# Owns customers as a sales representative and may approve limits, his own customers' too.
SELLS_AND_APPROVES = "S03"
LEAVER = "K06"


@dataclass(frozen=True)
class Person:
    """One member of the team; `skills` has a level of 0 to 4 for each of `SKILLS`."""

    person_id: str
    name_zh: str
    name_en: str
    role: str
    department: str
    joined: date
    left: date | None
    reports_to: str
    hours_per_week: int
    skills: tuple[int, ...]
    authority_limit: int  # yuan that the person may approve alone


TEAM = (
    Person("S01", "叶行舟", "Ye Xingzhou", "sales_rep", "sales", date(2006, 6, 5), None, "F01", 40,
           (1, 0, 3, 1, 1, 1, 4, 2), 0),
    Person("S02", "柳采薇", "Liu Caiwei", "sales_rep", "sales", date(2010, 6, 7), None, "S01", 40,
           (1, 0, 3, 0, 1, 2, 4, 2), 0),
    Person("S03", "程远帆", "Cheng Yuanfan", "sales_rep", "sales", date(2009, 9, 1), None, "S01",
           40, (2, 1, 4, 1, 1, 1, 3, 3), 200_000),
    Person("S04", "白星河", "Bai Xinghe", "sales_rep", "sales", date(2016, 4, 11), None, "S01", 40,
           (0, 0, 2, 0, 1, 2, 3, 2), 0),
    Person("S05", "祝牧野", "Zhu Muye", "sales_rep", "sales", date(2019, 7, 1), None, "S01", 40,
           (0, 0, 3, 0, 2, 2, 2, 1), 0),
    Person("S06", "江听雪", "Jiang Tingxue", "sales_rep", "sales", date(2014, 2, 17), None, "S01",
           40, (1, 0, 2, 1, 0, 1, 4, 3), 0),
    Person("S07", "骆临川", "Luo Linchuan", "sales_rep", "sales", date(2017, 10, 9), None, "S01",
           40, (0, 0, 3, 0, 1, 2, 3, 1), 0),
    Person("S08", "方素问", "Fang Suwen", "sales_rep", "sales", date(2012, 5, 14), None, "S01", 40,
           (1, 0, 2, 0, 1, 1, 3, 2), 0),
    Person("K01", "周岚", "Zhou Lan", "credit_manager", "credit", date(2006, 3, 6), None,
           "F01", 40, (4, 1, 4, 2, 1, 1, 2, 4), 1_500_000),
    Person("K02", "何川", "He Chuan", "credit_analyst", "credit", date(2007, 8, 20), None,
           "K01", 40, (3, 1, 3, 1, 1, 2, 2, 3), 500_000),
    Person("K03", "陆知秋", "Lu Zhiqiu", "credit_analyst", "credit", date(2016, 9, 5), None, "K01",
           40, (3, 0, 3, 1, 1, 2, 3, 2), 300_000),
    Person("K04", "陆宁", "Lu Ning", "credit_analyst", "credit", date(2021, 7, 12), None,
           "K01", 40, (2, 4, 0, 0, 4, 3, 1, 1), 300_000),
    Person("K05", "梁归帆", "Liang Guifan", "collector", "credit", date(2018, 3, 19), None, "K01",
           40, (1, 0, 2, 2, 0, 1, 3, 2), 0),
    Person("K06", "秦向晚", "Qin Xiangwan", "credit_analyst", "credit", date(2020, 4, 13),
           date(2025, 8, 15), "K01", 40, (2, 1, 2, 1, 2, 2, 2, 2), 300_000),
    Person("F01", "苏观澜", "Su Guanlan", "finance_director", "finance", date(2005, 1, 10), None,
           "", 40, (4, 1, 3, 2, 1, 1, 1, 4), 100_000_000),
    Person("F02", "盛南乔", "Sheng Nanqiao", "receivables_accountant", "finance",
           date(2013, 11, 4), None, "F01", 40, (2, 0, 1, 1, 2, 3, 3, 2), 0),
    Person("L01", "楚鹿鸣", "Chu Luming", "legal_counsel", "legal", date(2015, 6, 29), None, "F01",
           24, (1, 0, 3, 4, 0, 1, 1, 2), 0),
    Person("A01", "沐青崖", "Mu Qingya", "internal_auditor", "audit", date(2018, 1, 8), None,
           "F01", 24, (3, 1, 1, 2, 2, 2, 0, 2), 0),
)  # fmt: skip
PEOPLE = {person.person_id: person for person in TEAM}


def team() -> pd.DataFrame:
    """Return the team, one row per person, each skill a column of levels from 0 to 4."""
    plain = [field.name for field in fields(Person) if field.name != "skills"]
    frame = pd.DataFrame([{name: getattr(person, name) for name in plain} for person in TEAM])
    levels = np.array([person.skills for person in TEAM])
    for place, skill in enumerate(SKILLS):
        frame.insert(frame.columns.get_loc("authority_limit"), skill, levels[:, place])
    return frame


def employed(person_id: str, days: np.ndarray) -> np.ndarray:
    """Return for each day (datetime64[D]) whether the person was with the company.

    >>> employed("K06", np.array(["2020-04-12", "2025-08-15", "2025-08-16"], "M8[D]")).tolist()
    [False, True, False]
    """
    person = PEOPLE[person_id]
    here = days >= np.datetime64(person.joined)
    return here & (days <= np.datetime64(person.left)) if person.left else here
