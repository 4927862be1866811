"""letters.csv: dunning letters of every stage, half of them good, in Chinese and English.

A good letter states what the ledger says on its day. A bad one has the defects that it is labelled
with and no other; the columns beside the text always hold the ledger's facts.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from creditlib.data.world.calls import FIRST, LAST
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.letter_texts import (
    FRIENDLY,
    REQUIRED,
    SENTENCES,
    STAGES,
    Facts,
    Item,
    compose,
    manners,
)
from creditlib.data.world.overdue import Claim, Overdue, day_of, working_day
from creditlib.data.world.seed import pick, stream

PENALTY = 3  # agreed for late payment, of 10,000 a day
_DAYS_LATE = {  # of the oldest item when a letter of the stage goes out; days given to pay
    "reminder": (2, 7, 7),
    "second_reminder": (9, 18, 7),
    "formal_demand": (21, 35, 10),
    "final_notice": (36, 55, 7),
    "lawyer_letter": (50, 110, 7),
}
_ALONE, _BOTH = 20, 4  # claims per stage that are told in one language (each), and in both
_ITEMS = (2, 7)  # one invoice alone would be said in other words
_SMALLEST = 500_000  # cents
_HOW_MANY_DEFECTS = (0.5, 0.35, 0.15)  # one to three
_APART = (  # defects that cannot stand in the same letter
    {"vague", "no_demand"},
    {"wrong_debtor", "no_parties"},
    {"wrong_amount", "no_total"},
    {"wrong_date", "no_invoices"},
    {"no_invoices", "no_total"},
    {"too_soft", "threat"},
    {"too_soft", "insult"},
    {"too_soft", "unlawful_consequence"},
)
_COLUMNS = (
    "letter_id", "dated", "customer_id", "stage", "lang", "body", "invoice_ids", "amount",
    "oldest_due", "demanded_by", "interest", "quality", "defects",
)  # fmt: skip


@dataclass(frozen=True)
class _Letter:
    claim: Claim
    stage: str
    lang: str
    demanded_by: int
    good: bool


def letters(seed: int, hidden: Hidden, ledger: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the letters in order of day; amounts in yuan, as the ledger has them that day.

    `ledger` holds the frames invoices, payments, credit_notes, disputes and customers.
    """
    random = stream(seed, "letters")
    overdue = Overdue(ledger)
    planned = [
        letter
        for stage in STAGES
        for letter in _planned(random, overdue, ledger["customers"], stage)
    ]
    planned.sort(key=lambda letter: (letter.claim.day, letter.claim.row, letter.lang))
    writer = _Writer(random, overdue, ledger["customers"])
    return pd.DataFrame(
        [writer.write(number, letter) for number, letter in enumerate(planned, start=1)],
        columns=_COLUMNS,
    )


def _planned(random, overdue: Overdue, customers: pd.DataFrame, stage: str):
    """Letters of one stage: undisputed claims whose oldest item is as late as the stage needs."""
    low, high, notice = _DAYS_LATE[stage]
    dated = overdue.due + random.integers(low, high + 1, size=overdue.due.size)
    draws = random.random(dated.size)
    late = np.flatnonzero((dated >= FIRST) & (dated <= LAST - 3) & (dated < overdue.settled))
    registered = customers["credit_code"].fillna("").ne("").to_numpy()
    claims: dict[int, Claim] = {}
    for place in late[np.argsort(draws[late])]:
        if len(claims) == 2 * _ALONE + _BOTH:
            break
        row, day = int(overdue.row[place]), working_day(dated[place])
        claim = overdue.claim(row, day) if registered[row] and row not in claims else None
        if claim and claim.invoices[0] == place and _fit(overdue, claim):
            claims[row] = claim
    tongues = [("zh",)] * _ALONE + [("en",)] * _ALONE + [("zh", "en")] * _BOTH
    good = {lang: random.permutation(_ALONE + _BOTH) % 2 == 0 for lang in ("zh", "en")}
    written = Counter()
    for claim, langs in zip(claims.values(), tongues, strict=False):
        by = working_day(claim.day + notice + int(random.integers(0, 4)))
        for lang in langs:
            yield _Letter(claim, stage, lang, by, bool(good[lang][written[lang]]))
            written[lang] += 1


def _fit(overdue: Overdue, claim: Claim) -> bool:
    few = _ITEMS[0] <= claim.invoices.size <= _ITEMS[1]
    return few and claim.total >= _SMALLEST and overdue.dispute(claim) is None


class _Writer:
    """Writes one letter after another; manners and defects come about equally often."""

    def __init__(self, random: np.random.Generator, overdue: Overdue, customers: pd.DataFrame):
        self._random, self._overdue = random, overdue
        self._customers = customers.to_dict("list")
        self._manners: Counter = Counter()
        self._defects: Counter = Counter()

    def write(self, number: int, letter: _Letter) -> tuple:
        claim, lang, stage = letter.claim, letter.lang, letter.stage
        facts = self._facts(number, letter)
        defects = set() if letter.good else self._spoil(stage, facts)
        manner = self._least_used(self._manners, [(lang, one) for one in manners(lang, stage)])[1]
        body = compose(
            self._random, lang, stage, manner, self._misstated(facts, lang, defects), defects
        )
        dateless = defects & {"vague", "no_demand"}
        return (
            f"L{number:06d}", facts.dated, self._customers["customer_id"][claim.row], stage, lang,
            body, "|".join(item.invoice for item in facts.items), facts.total / 100,
            facts.items[0].due, None if dateless else facts.demanded_by,
            np.nan if stage in FRIENDLY else facts.interest / 100,
            "good" if letter.good else "bad", "|".join(sorted(defects)),
        )  # fmt: skip

    def _facts(self, number: int, letter: _Letter) -> Facts:
        claim, overdue, master = letter.claim, self._overdue, self._customers
        dated = day_of(claim.day)
        customer = master["customer_id"][claim.row]
        office = "WQ" if letter.stage == "lawyer_letter" else "YX"
        return Facts(
            reference=f"{office}-{dated.year}-{number:04d}",
            dated=dated,
            debtor=master[f"name_{letter.lang}"][claim.row],
            code=master["credit_code"][claim.row],
            address=master["address"][claim.row],
            contract=f"HT{pd.Timestamp(master['customer_since'][claim.row]).year}-{customer}",
            items=tuple(
                Item(
                    str(overdue.invoice_id[place]),
                    day_of(overdue.dated[place]),
                    day_of(due),
                    int(cents),
                )
                for place, due, cents in zip(claim.invoices, claim.due, claim.cents, strict=True)
            ),
            total=claim.total,
            days=claim.days,
            interest=penalty(claim),
            demanded_by=day_of(letter.demanded_by),
        )

    def _spoil(self, stage: str, facts: Facts) -> set[str]:
        """Choose the defects of a bad letter."""
        able = [f"no_{name}" for name in REQUIRED[stage]] + [
            "wrong_amount",
            "wrong_debtor",
            "vague",
        ]
        able += [name for name in SENTENCES if not name.startswith("too_")]
        able += ["too_hard"] if stage in FRIENDLY else []
        able += ["too_soft"] if stage in ("formal_demand", "final_notice") else []
        able += ["wrong_date"] if (facts.items[0].due - facts.items[0].issued).days > 12 else []
        chosen: set[str] = set()
        for _ in range(1 + int(pick(self._random.random(), _HOW_MANY_DEFECTS))):
            left = [
                name
                for name in able
                if name not in chosen and not any(pair <= chosen | {name} for pair in _APART)
            ]
            chosen.add(self._least_used(self._defects, left))
        return chosen

    def _least_used(self, counter: Counter, names: list):
        draws = self._random.random(len(names))
        name = min(zip(names, draws, strict=True), key=lambda pair: (counter[pair[0]], pair[1]))[0]
        counter[name] += 1
        return name

    def _misstated(self, facts: Facts, lang: str, defects: set[str]) -> Facts:
        if "wrong_amount" in defects:
            facts = replace(facts, total=_transposed(facts.total))
        if "wrong_date" in defects:
            oldest, *others = facts.items
            days = int(self._random.integers(5, 12))
            oldest = replace(oldest, due=oldest.due - timedelta(days=days))
            facts = replace(facts, items=(oldest, *others))
        if "wrong_debtor" in defects:
            names, codes = self._customers[f"name_{lang}"], self._customers["credit_code"]
            able = [
                row
                for row, code in enumerate(codes)
                if code and code == code and code != facts.code
            ]
            row = able[int(self._random.integers(len(able)))]
            facts = replace(facts, debtor=names[row], code=codes[row])
        return facts


def penalty(claim: Claim) -> int:
    """Return the cents of the agreed penalty for late payment, rounded once at the end."""
    weighted = int((claim.cents * (claim.day - claim.due)).sum())
    return (weighted * PENALTY + 5_000) // 10_000


def _transposed(cents: int) -> int:
    """Return the amount with two neighbouring digits of its yuan swapped, as when mistyped."""
    yuan, rest = divmod(cents, 100)
    digits = str(yuan)
    for place in range(len(digits) - 1):
        one, other = digits[place], digits[place + 1]
        if one != other and (place or other != "0"):
            swapped = digits[:place] + other + one + digits[place + 2 :]
            return int(swapped) * 100 + rest
    return cents + 90_000
