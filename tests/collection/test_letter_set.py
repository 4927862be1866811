"""The labelled letters: what a rule that reads letters is measured on must itself be right.

The labels are a person's; here stands what can be proved of them without a classifier: that the
facts of a letter are its claim's unless it is labelled as wrong, and differ where it is.

How the kinds are drawn apart: a demand without a day is `vague`, no demand at all is `no_demand`;
money asked to a person's account is `personal_account` even if no other is named; consequences
that are nothing but noise are `empty_consequence`, not also `no_next_steps`; harm to people (their
bodies, homes, families, liberty) is `threat`, a step against the company that the law does not
leave to a creditor is `unlawful_consequence`; a name written wrongly is `wrong_debtor`, not also
`no_parties`.
"""

import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from creditlib.collection.claim import Claim, OwedInvoice, PartPayment, Party
from creditlib.collection.letters import REQUIRED

HERE = Path(__file__).parent / "letters"
MISSING = {f"no_{element}" for element in REQUIRED["formal_demand"]}
WRONG = {"wrong_amount", "wrong_date", "wrong_debtor"}
HARMFUL = {
    "threat", "false_authority", "insult", "disclosure", "unlawful_consequence",
    "personal_account", "empty_consequence", "too_soft", "too_hard", "vague",
}  # fmt: skip
KINDS = MISSING | WRONG | HARMFUL
INTEREST = {  # worked by hand: each invoice's open amount x rate x days late, the two cents rounded
    "shuocheng": "2513.83",  # 215000 x 28 + 98310 x 24, at 0.0003
    "qiyue": "3050.39",  # 180000 x 13 + 130000 x 32 + 74580 x 41 + 22600 x 27, at 0.0003
    "handuo": "5270.88",  # 356000 x 107 + 112380 x 100, at 3.00 % x 1.3 / 365
    "borui": "2134.34",  # 88140 x 28 + 161590 x 24 + 45200 x 17, at 0.0003
    "dashuo": "5769.15",  # 150000 x 35 + 110000 x 17 + 96050 x 46, at 0.0005
    "osterhaven": "1926.89",  # 84300 x 91 + 27650 x 71, at 0.0002
}
ALIKE = 0.20  # share of common shingles; letters.csv, made from phrases, reaches 0.7


def _claim(fields: dict) -> Claim:
    made = {
        "debtor": Party(**fields["debtor"]),
        "creditor": Party(**fields["creditor"]),
        "invoices": tuple(OwedInvoice(**one) for one in fields["invoices"]),
        "payments": tuple(PartPayment(**one) for one in fields.get("payments", ())),
    }
    return Claim(**(fields | made))


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


CLAIMS = {name: _claim(fields) for name, fields in _read(HERE / "claims.toml").items()}
LETTERS = {f"{path.parent.name}/{path.stem}": _read(path) for path in sorted(HERE.glob("*/*.toml"))}
each_letter = pytest.mark.parametrize("name", LETTERS)


def test_the_set_is_as_large_and_as_balanced_as_it_says():
    held = Counter((name.split("/")[0], letter["lang"]) for name, letter in LETTERS.items())
    train = {lang: held["train", lang] for lang in ("zh", "en")}
    kept = {lang: held["held_out", lang] for lang in ("zh", "en")}
    assert train == {"zh": 151, "en": 151}
    assert kept == {"zh": 76, "en": 76}  # a third of all
    assert sum(held.values()) == 454
    assert {letter["stage"] for letter in LETTERS.values()} == set(REQUIRED)
    good = sum(not letter["findings"] for letter in LETTERS.values())
    assert 0.30 <= good / len(LETTERS) <= 0.40


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_there_often_enough_in_both_languages(kind):
    found = [
        (name.split("/")[0], letter["lang"])
        for name, letter in LETTERS.items()
        if kind in letter["findings"]
    ]
    assert len(found) >= 8
    assert sum(part == "held_out" for part, _ in found) >= 3
    assert len(set(found)) == 4  # each language in each part


@each_letter
def test_a_letter_is_labelled_with_known_kinds_that_its_stage_can_have(name):
    letter = LETTERS[name]
    assert set(letter) == {"lang", "stage", "claim", "findings", "note", "text"}
    assert letter["note"]
    assert letter["claim"] in CLAIMS
    assert letter["lang"] in ("zh", "en")
    assert letter["findings"] == sorted(set(letter["findings"]))
    assert len(letter["findings"]) <= 4
    not_needed = MISSING - {f"no_{element}" for element in REQUIRED[letter["stage"]]}
    assert set(letter["findings"]) <= KINDS - not_needed


def test_no_two_letters_are_alike():
    shingles = {name: _shingles(letter) for name, letter in LETTERS.items()}
    closest = max(
        (len(shingles[one] & shingles[two]) / len(shingles[one] | shingles[two]), one, two)
        for one, two in combinations(shingles, 2)
        if LETTERS[one]["lang"] == LETTERS[two]["lang"]
    )
    assert closest[0] < ALIKE, closest


@each_letter
def test_the_parties_and_the_account_are_the_claims_own(name):
    letter, claim = LETTERS[name], CLAIMS[LETTERS[name]["claim"]]
    text, findings = " ".join(letter["text"].split()), set(letter["findings"])
    named = claim.debtor.name.lower() in text.lower()  # some write it in capitals
    assert named == (not findings & {"no_parties", "wrong_debtor"})
    assert (claim.creditor.name in text) == ("no_parties" not in findings)
    if "no_account" in findings:
        assert claim.account not in text
    elif "personal_account" not in findings:
        assert claim.account in text
    if "contract" in REQUIRED[letter["stage"]]:
        assert (claim.contract in text) == ("no_contract" not in findings)


@each_letter
def test_the_invoices_are_the_claims_own_unless_labelled(name):
    letter, claim = LETTERS[name], CLAIMS[LETTERS[name]["claim"]]
    text, findings = letter["text"], set(letter["findings"])
    numbers = [invoice.number in text for invoice in claim.invoices]
    if "no_invoices" in findings:
        assert not any(numbers)
        return
    assert all(numbers)
    days = [day for invoice in claim.invoices for day in (invoice.issued, invoice.due)]
    assert all(_says_day(text, day) for day in days) == ("wrong_date" not in findings)


@each_letter
def test_the_amounts_are_the_claims_own_unless_labelled(name):
    letter, claim = LETTERS[name], CLAIMS[LETTERS[name]["claim"]]
    text, findings = letter["text"], set(letter["findings"])
    paid = sum((payment.amount for payment in claim.payments), Decimal(0))
    amounts = [claim.principal - paid, *(payment.amount for payment in claim.payments)]
    amounts += [claim.disputed] if claim.disputed else []
    if "no_invoices" not in findings:
        amounts += [invoice.amount for invoice in claim.invoices]
    if "no_total" in findings:
        assert not _says_amount(text, amounts.pop(0))
    assert all(_says_amount(text, one) for one in amounts) == ("wrong_amount" not in findings)


@each_letter
def test_interest_is_worked_out_where_the_stage_needs_it(name):
    letter = LETTERS[name]
    if letter["stage"] not in ("formal_demand", "final_notice", "lawyer_letter"):
        return
    said = _says_amount(letter["text"], Decimal(INTEREST[letter["claim"]]))
    assert said == ("no_interest" not in letter["findings"])


@each_letter
def test_the_letter_is_dated_and_names_a_later_day_to_pay_by(name):
    letter, claim = LETTERS[name], CLAIMS[LETTERS[name]["claim"]]
    findings = set(letter["findings"])
    assert _says_day(letter["text"], claim.as_of) == ("no_reference" not in findings)
    if not findings & {"vague", "no_demand"}:
        coming = [claim.as_of + timedelta(days) for days in range(1, 17)]
        assert any(_says_day(letter["text"], day) for day in coming)


def _shingles(letter: dict) -> set[str]:
    """Runs of 4 hanzi or 3 words, without the figures: those are the claim's."""
    text = re.sub(r"[\d,.]+", " ", letter["text"].lower())
    if letter["lang"] == "zh":
        text = "".join(re.findall(r"[\u4e00-\u9fff]", text))
        return {text[start : start + 4] for start in range(len(text) - 3)}
    words = re.findall(r"[a-z']+", text)
    return {" ".join(words[start : start + 3]) for start in range(len(words) - 2)}


def _says_amount(text: str, amount: Decimal) -> bool:
    """As figures with or without commas and cents, or in units of ten thousand."""
    short = amount.normalize()
    figures = {f"{amount:,.2f}", f"{amount:.2f}", f"{short:,f}", f"{short:f}"}
    tens = {f"{(amount / 10_000).normalize():f}万"}
    tens |= {"五万元"} if amount == 50_000 else {"三万元"} if amount == 30_000 else set()
    either = "|".join(re.escape(figure) for figure in sorted(figures, key=len, reverse=True))
    return any(one in text for one in tens) or bool(
        re.search(rf"(?<![\d.,])(?:{either})(?![\d]|[.,]\d)", text)
    )


def _says_day(text: str, day: date) -> bool:
    """In one of the spellings that these letters use."""
    year, month, number = day.year, day.month, day.day
    name = f"(?:{day:%B}|{day:%b}|Sept)" if month == 9 else f"(?:{day:%B}|{day:%b})"
    nth = rf"0?{number}(?:st|nd|rd|th)?"
    ordinal = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    # "the 8th" or "8号" alone is of this month; "the 8th of August" is not
    the_day = rf"the {number}{ordinal.get(number, 'th')}\b(?! of (?!this))"
    spellings = (
        rf"{year}([-./])0?{month}\1(?:{number:02d})(?!\d)",
        rf"{year}([-./]){month}\1(?:{number})(?!\d)",
        rf"(?<!\d)0?{number}[./]0?{month}[./]{year}",
        rf"(?<![\d./-]){month}[./]{number}(?![\d./])",
        rf"(?<!\d){month}月{number}[日号]",
        rf"(?:本月|(?<![\d月])){number}[日号]",
        rf"{_hanzi(month)}月{_hanzi(number)}[日号]",
        rf"(?<!月){_hanzi(number)}号",
        rf"\b{nth} (?:of )?{name}\b",
        rf"\b{name}\.? {nth}\b",
        the_day,
    )
    return any(re.search(spelling, text) for spelling in spellings)


def _hanzi(number: int) -> str:
    tens, ones = divmod(number, 10)
    first = "" if not tens else "十" if tens == 1 else "〇一二三"[tens] + "十"
    return first + ("" if not ones else "〇一二三四五六七八九"[ones])
