"""The text of a dunning letter: one writer's manner, the elements of its stage, and what is wrong.

The elements are those that a demand needs to stand as evidence; a reminder needs fewer of them. A
bad letter lacks an element, states a fact wrongly, or holds a sentence that it must not hold.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from creditlib.collection.letters import REQUIRED, STAGES

SENTENCES = (  # put in beside the elements
    "too_soft", "too_hard", "threat", "false_authority", "insult", "disclosure",
    "unlawful_consequence",
)  # fmt: skip
FRIENDLY = STAGES[:2]

# The creditor, its bank and its lawyers are invented: no such cities, no area code 000.
SENDER = {
    "zh": {
        "creditor": "云陵云岫机电有限公司",
        "bank": "澄浦商业银行云陵支行",
        "firm": "云陵问渠律师事务所",
        "lawyer": "程南乔",
    },
    "en": {
        "creditor": "Yunling Yunxiu Electromechanical Co., Ltd.",
        "bank": "Chengpu Commercial Bank, Yunling Branch",
        "firm": "Yunling Wenqu Law Firm",
        "lawyer": "Cheng Nanqiao",
    },
}
_EVERYWHERE = {
    "creditor_code": "91000000OV0000001Z",  # O, V and Z: no real code has them
    "account": "0000 1688 2016 0001",
    "phone": "000-8800 0168",
    "mail": "credit@yunxiu.example",
    "firm_phone": "000-8800 0520",
    "firm_mail": "cheng@wenqu.example",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One invoice as the letter states it; cents."""

    invoice: str
    issued: date
    due: date
    open: int


@dataclass(frozen=True)
class Facts:
    """What the letter says, right or wrong; cents."""

    reference: str
    dated: date
    debtor: str
    code: str
    address: str
    contract: str
    items: tuple[Item, ...]
    total: int
    days: int
    interest: int
    demanded_by: date


def manners(lang: str, stage: str) -> tuple[int, ...]:
    """Return the numbers of the manners in which letters of a stage are written."""
    return tuple(
        number
        for number, manner in enumerate(_phrases(lang)["manner"])
        if stage in manner["stages"]
    )


def compose(
    random: np.random.Generator, lang: str, stage: str, manner: int, facts: Facts, defects: set[str]
) -> str:
    """Return the letter's text, paragraphs on lines of their own."""
    voice = _phrases(lang)["manner"][manner]
    values = SENDER[lang] | _EVERYWHERE | _values(facts, voice, lang)
    needed = [name for name in REQUIRED[stage] if f"no_{name}" not in defects]
    wrong = [_one(random, _phrases(lang)["shared"][name]) for name in SENTENCES if name in defects]
    # What must not be there follows what is asked, or else what is told about the account.
    anchor = next((name for name in ("next_steps", "demand", "account") if name in needed), None)
    paragraphs = []
    for names in voice["layout"].split(" | "):
        texts = [
            _element(random, lang, stage, voice, name, needed, defects) for name in names.split()
        ]
        paragraphs.append(_joined(texts, lang))
        if anchor in names.split():
            paragraphs.append(_joined(wrong, lang))
    gap = "\n" if lang == "zh" or voice.get("tight") else "\n\n"
    text = gap.join(text for text in paragraphs if text).format_map(values)
    return text.replace("Ltd..", "Ltd.")  # a name that ends in a full stop ends the sentence


def _element(random, lang: str, stage: str, voice: dict, name: str, needed, defects) -> str:
    """One element in the writer's words or in those that everyone uses; "" if it is not there."""
    shared, of_lawyers = _phrases(lang)["shared"], _phrases(lang)["lawyer"]
    if name in ("title", "opening", "close", "greeting"):
        text = voice.get(name, "")
        return text.get(stage, "") if isinstance(text, dict) else text
    if name == "parties" and name not in needed:
        return "" if "greeting" in voice else _one(random, shared["anonymous"])
    if name not in needed:
        return ""
    if stage == "lawyer_letter" and name in of_lawyers:
        return _one(random, of_lawyers[name])
    if name in ("invoices", "total"):
        return voice[name]
    if name == "demand":
        soft = "soft" if stage in FRIENDLY else "firm"
        return _one(random, shared["vague"]) if "vague" in defects else voice["demand"][soft]
    if name == "parties" and stage in FRIENDLY:
        return voice[name]
    return _one(random, shared[_BY_STAGE.get((name, stage), name)])


_BY_STAGE = {  # phrases of a stage's own
    ("interest", "second_reminder"): "interest_named",
    ("attachments", "second_reminder"): "attachments_short",
    ("next_steps", "formal_demand"): "next_formal",
    **{("signature", stage): "signature_plain" for stage in FRIENDLY},
}


def _values(facts: Facts, voice: dict, lang: str) -> dict[str, str]:
    def told(day: date) -> str:
        return _day(day, voice["day"], lang, facts.dated.year)

    lines = [
        voice["line"].format(
            n=number,
            invoice=item.invoice,
            issued=told(item.issued),
            due=told(item.due),
            open=_money(item.open),
        )
        for number, item in enumerate(facts.items, start=1)
    ]
    with_year = "long" if voice["day"] == "short" else voice["day"]
    return {
        "reference": facts.reference,
        "dated": _day(facts.dated, with_year, lang, facts.dated.year),
        "debtor": facts.debtor,
        "code": facts.code,
        "address": facts.address,
        "contract": facts.contract,
        "lines": voice["joiner"].join(lines),
        "total": _money(facts.total),
        "count": str(len(facts.items)),
        "days": str(facts.days),
        "interest": _money(facts.interest),
        "by": told(facts.demanded_by),
    }


def _day(day: date, form: str, lang: str, this_year: int) -> str:
    if form == "iso":
        return day.isoformat()
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    brief = form == "short" and day.year == this_year
    return f"{day.month}月{day.day}日" if brief else f"{day.year}年{day.month}月{day.day}日"


def _money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


def _joined(texts: list[str], lang: str) -> str:
    """Run the texts of a paragraph on; one that has several lines begins on a new one."""
    joined = ""
    for text in filter(None, texts):
        gap = "\n" if "\n" in text else "" if lang == "zh" else " "
        joined += gap + text if joined else text
    return joined


def _one(random, phrases: list[str]) -> str:
    return phrases[int(random.integers(len(phrases)))]


@cache
def _phrases(lang: str) -> dict:
    path = Path(__file__).parent / f"letter_phrases_{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
