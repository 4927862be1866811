"""Amounts as people and programs write them, read by whole columns."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.data.ledger.rules import currency_of, labels, rules
from creditlib.data.ledger.texts import contains

LARGEST = 1e12  # more than this is an account number in the wrong column
# A text that is a number to the machine as it stands, and one with commas between thousands.
PLAIN = r"^[+-]?\d+(?:\.\d+)?$"
GROUPED = r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$"
DIGITS = re.compile(r"^[\d.,]*\d$|^\d+[.,]$")
SPACED = re.compile(r"^\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$")
WORD = re.compile(r"^(.*?)([-+(]?[\d.][\d.,' ]*[-+)]*)(.*)$")


@dataclass(frozen=True)
class Amounts:
    """A column of amounts: `value` (0 where blank), `blank`, `bad` (no amount), `currency` ("")."""

    value: np.ndarray
    blank: np.ndarray
    bad: np.ndarray
    ambiguous: np.ndarray
    currency: np.ndarray | None = None


def evidence(cells: pd.Series, numbers: np.ndarray | None) -> set[str]:
    """What the texts prove about the decimal sign: "point", "comma".

    >>> evidence(pd.Series(["1.234,50", "12"]), None)
    {'comma'}
    """
    if numbers is not None:
        cells = cells[np.isnan(numbers)]
    found = set()
    # Not `.234`: three digits after one point may be thousands.
    if contains(cells, r"\d\.(?:\d{1,2}|\d{4,})\D*$|,\d{3}\.\d|\d,\d{3},\d{3}").any():
        found.add("point")
    if contains(cells, r"\d,(?:\d{1,2}|\d{4,})\D*$|\.\d{3},\d|\d\.\d{3}\.\d{3}").any():
        found.add("comma")
    return found


def read_amounts(cells: pd.Series, numbers: np.ndarray | None, style: str | None) -> Amounts:
    """Read a column of texts; cells that the workbook holds as numbers are taken from `numbers`.

    `style` is the decimal sign, "point" or "comma"; with None a text such as 1.234 is ambiguous
    (1234 or 1.234). Signs and codes of currencies are understood, so are full-width digits,
    brackets, a minus before or behind, Dr and Cr.

    >>> column = pd.Series(["1,234.50", "(20.00)", "30-", "\\uffe5 5"])
    >>> read_amounts(column, None, "point").value.tolist()
    [1234.5, -20.0, -30.0, 5.0]
    """
    size = len(cells)
    value = np.zeros(size)
    blank = np.zeros(size, dtype=bool)
    bad, ambiguous = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    currency = None
    left = np.ones(size, dtype=bool)
    if numbers is not None:
        left = np.isnan(numbers)
        value[~left] = numbers[~left]
    texts = cells if left.all() else cells[left]
    places = np.flatnonzero(left)
    if style != "comma":
        machine = texts.str.fullmatch(PLAIN).to_numpy(bool)
        if style is None:
            machine = machine & ~texts.str.fullmatch(r"[+-]?\d{1,3}\.\d{3}").to_numpy(bool)
        value[places[machine]] = _floats(texts[machine])
        texts, places = texts[~machine], places[~machine]
        grouped = texts.str.fullmatch(GROUPED).to_numpy(bool)
        value[places[grouped]] = _floats(texts[grouped].str.replace(",", "", regex=False))
        texts, places = texts[~grouped], places[~grouped]
    codes, distinct = pd.factorize(texts)
    read = [_amount(str(word), style) for word in distinct]
    if read:
        found, kinds, codes_of = zip(*read, strict=True)
        kinds = np.array(kinds)[codes]
        value[places] = np.array(found)[codes]
        blank[places], bad[places] = kinds == "blank", kinds == "bad"
        ambiguous[places] = kinds == "ambiguous"
        if any(codes_of):
            currency = np.full(size, "", dtype=object)
            currency[places] = np.array(codes_of, dtype=object)[codes]
    huge = np.abs(value) > LARGEST
    bad |= huge
    value[bad] = 0.0
    return Amounts(value, blank, bad, ambiguous, currency)


def _floats(texts: pd.Series) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pc.utf8_ltrim(pa.array(texts, type=pa.large_string()), characters="+")
    return pc.cast(words, pa.float64()).to_numpy(zero_copy_only=False)


def _amount(word: str, style: str | None) -> tuple[float, str, str]:
    """(value, "" or "blank", "bad", "ambiguous", currency) of one text."""
    if any(unicodedata.category(sign) == "No" for sign in word):
        return 0.0, "bad", ""  # 10² is not 102
    word = unicodedata.normalize("NFKC", word).strip().lower()
    word = word.replace("\u2212", "-").replace("\u00a0", " ").replace("\u2019", "'")
    if not word or word in rules()["blank"]["words"]:
        return 0.0, "blank", ""
    sign, factor, currency = 1.0, 1.0, ""
    if word.startswith("(") and word.endswith(")"):
        sign, word = -1.0, word[1:-1].strip()
    match = WORD.match(word)
    if not match:
        return 0.0, "bad", ""
    before, digits, after = (part.strip() for part in match.groups())
    for part in (before, after):
        for piece in _pieces(part):
            if piece == "-" or piece in labels("sign", "credit"):
                sign = -sign
            elif piece in labels("sign", "debit"):
                continue
            elif piece == rules()["sign"]["ten_thousand"]:
                factor = 10_000.0
            elif currency_of(piece):
                currency = currency_of(piece)
            else:
                return 0.0, "bad", ""
    if digits.startswith("(") and digits.endswith(")"):
        sign, digits = -sign, digits[1:-1]
    minuses = (before + digits + after).count("-")
    if digits.startswith("-") or digits.endswith("-"):
        sign, digits = -sign, digits.strip("-").strip()
    number, kind = _number(digits.lstrip("+").strip(), style)
    if minuses > 1:
        return 0.0, "bad", ""
    return sign * factor * number, kind, currency


def _pieces(part: str) -> list[str]:
    """Words around the digits, signs apart: "-us$" is "-" and "us$"; "萬" stays whole."""
    if not part:
        return []
    pieces = []
    for piece in part.split():
        if piece.startswith("-") and len(piece) > 1:
            pieces += ["-", piece[1:]]
        elif piece.endswith("-") and len(piece) > 1:
            pieces += [piece[:-1], "-"]
        elif piece.startswith(rules()["sign"]["ten_thousand"]) and len(piece) > 1:
            pieces += [piece[0], piece[1:]]
        else:
            pieces.append(piece)
    return pieces


def _number(digits: str, style: str | None) -> tuple[float, str]:
    if SPACED.match(digits):  # 1 234.50, 1'234.50
        digits = digits.replace(" ", "").replace("'", "")
    if not DIGITS.match(digits):
        return 0.0, "bad"
    if style is None:
        proven = evidence(pd.Series([digits], dtype="str"), None)
        if re.fullmatch(r"\d{1,3}\.\d{3}", digits):
            return 0.0, "ambiguous"
        style = "comma" if proven == {"comma"} else "point"
    thousands, decimal = (",", ".") if style == "point" else (".", ",")
    whole, _, fraction = digits.partition(decimal)
    groups = whole.split(thousands)
    if thousands in fraction or decimal in fraction:
        return 0.0, "bad"
    thousands_fit = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if len(groups) > 1 and not thousands_fit:
        return 0.0, "bad"  # 12,34 where the comma parts thousands
    return float("".join(groups) + "." + (fraction or "0")), ""
