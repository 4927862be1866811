"""The columns of a ledger: what each means, by its heading or by the user's word."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from creditlib.data.ledger.rules import (
    bracketed,
    bucket_of,
    currency_of,
    in_order,
    labels,
    lookup,
    plain,
    rules,
)
from creditlib.data.ledger.units import unit_at_end, unit_of
from creditlib.errors import InputError

MONEY = ("amount", "paid", "balance", "debit", "credit", "credited")
DATES = ("invoice_date", "due_date", "payment_date")
ORDERS = ("dmy", "mdy", "ymd")
STYLES = ("point", "comma")
WHOLE = ("元", "圆")
SINGLE = tuple(name for name in rules()["meaning"] if name not in ("ignore", "local_amount"))


@dataclass(frozen=True)
class MappedColumn:
    """A column of the file and what it was taken for.

    `how`: "name" (by its heading), "values" (by what stands under it) or "user" (by `mapping`).
    """

    heading: str
    meaning: str
    how: str


@dataclass(frozen=True)
class Columns:
    """The columns of a table: their place by meaning, those of ageing by their days."""

    mapped: tuple[MappedColumn, ...]
    place: Mapping[str, int]
    buckets: Mapping[int, tuple[int, int]]
    formats: Mapping[str, str]  # meaning → order of a date or style of an amount, by the user
    currencies: Mapping[str, str]  # meaning → currency that the heading names
    units: Mapping[str, float]  # meaning → what the heading multiplies by
    first: int  # rows of the heading, as positions
    last: int
    doubled: tuple[tuple[str, str, str], ...] = ()  # (heading, meaning, the heading taken)

    def heading(self, meaning: str) -> str:
        """The file's own name of the column with this meaning."""
        return self.mapped[self.place[meaning]].heading

    def heading_of(self, money: str) -> str:
        """The file's own name of a column of amounts, by its meaning or as "bucket 4"."""
        place = self.place[money] if money in self.place else int(money.split()[1])
        return self.mapped[place].heading

    def __contains__(self, meaning: str) -> bool:
        return meaning in self.place


def _meaning(heading: str) -> tuple[str, int]:
    """The meaning of a heading that may be joined from two rows."""
    known = lookup("meaning")
    over, slash, under = heading.partition("/")
    if slash and plain(heading) in known:
        return known[plain(heading)]
    if not slash or by_name(heading)[0]:
        return by_name(heading)
    if plain(over + under) in known:
        return known[plain(over + under)]
    meaning, place = by_name(under)
    group = lookup("top").get(plain(over), ("", 0))[0]
    if group == "opening":
        return "opening", place
    if group == "closing":
        return ("direction" if meaning == "direction" else "balance"), place
    if group == "year":
        return "ignore", place
    if group == "local" and meaning in MONEY:
        return "local_amount", place
    return (meaning, place) if meaning else by_name(over)


def map_columns(
    headings: list[str], wanted: dict, mapping: Mapping, first: int, last: int, file: str
) -> Columns:
    """Give each heading its meaning: the user's (`wanted`, by plain heading), else by its name."""
    chosen: dict[str, tuple[int, int]] = {}  # meaning → (how good, position)
    meanings, hows, formats, buckets = [], [], {}, {}
    for position, heading in enumerate(headings):
        user = wanted.get(plain(heading)) if heading else None
        if user is None and "/" in heading:
            user = wanted.get(plain(heading.partition("/")[2]))
        if user is not None:
            meaning, _, format_ = user.partition(":")
            _check(meaning, format_, heading, file)
            if format_:
                formats[meaning] = format_
            good = -1
        else:
            days = bucket_of(heading) or bucket_of(heading.partition("/")[2])
            meaning, good = ("bucket", 0) if days else _meaning(heading)
            if days:
                buckets[position] = days
        meanings.append(meaning)
        hows.append("user" if user is not None else "name" if meaning else "")
        if meaning in SINGLE:
            chosen[meaning] = min(chosen.get(meaning, (9_999, 0)), (good, position))
    unknown = [
        str(heading)
        for heading in mapping
        if plain(str(heading)) not in {plain(h) for h in headings}
        and plain(str(heading)) not in {plain(h.partition("/")[2]) for h in headings}
    ]
    if unknown:
        raise InputError(
            "ledger.no_such_heading",
            file=file,
            value=unknown[0],
            seen=", ".join(filter(None, headings)),
        )
    place = {meaning: position for meaning, (_, position) in chosen.items()}
    doubled = []
    for position, meaning in enumerate(meanings):
        if meaning in place and place[meaning] != position:
            doubled.append((headings[position], meaning, headings[place[meaning]]))
            meanings[position] = "ignore"
    buckets = in_order(buckets) if len(buckets) > 1 else {}
    if buckets and not {"balance", "amount"} & set(place):
        for position, heading in enumerate(headings):  # the sum of the ages
            if not meanings[position] and plain(heading) in labels("total", "words"):
                meanings[position], hows[position], place["balance"] = "balance", "name", position
                break
    currencies, units = _qualified(headings, place, buckets)
    mapped = tuple(
        MappedColumn(heading, meaning if meaning != "bucket" or buckets else "", how)
        for heading, meaning, how in zip(headings, meanings, hows, strict=True)
    )
    return Columns(mapped, place, buckets, formats, currencies, units, first, last, tuple(doubled))


def _check(meaning: str, format_: str, heading: str, file: str) -> None:
    known = rules()["meaning"]
    formats = ORDERS if meaning in DATES else STYLES if meaning in MONEY else ()
    if meaning not in known:
        raise InputError(
            "ledger.no_such_meaning",
            file=file,
            column=heading,
            value=meaning,
            known=", ".join(known),
        )
    if format_ and format_ not in formats:
        raise InputError(
            "ledger.no_such_format",
            file=file, column=heading, value=format_, known=", ".join(formats) or "-",
        )  # fmt: skip


def _qualified(headings: list[str], place: dict, buckets: dict) -> tuple[dict, dict]:
    """Currencies and units that stand in a heading: Amount (USD), Balance ('000)."""
    currencies, units = {}, {}
    money = {name: place[name] for name in MONEY if name in place}
    money |= {f"bucket {position}": position for position in buckets}
    for name, position in money.items():
        words = unicodedata.normalize("NFKC", headings[position])
        _, inside = bracketed(words)
        last = re.split(r"[\s:,/()\-]+", words)[-1:]
        for word in [inside, *re.split(r"[\s:,/;]+", inside), *last, *words.split("/")[1:]]:
            # 元 is the yuan, and of an amount in another currency its whole unit.
            if currency_of(word) and word not in WHOLE:
                currencies.setdefault(name, currency_of(word))
            unit = unit_of(word) if word else None
            if unit is not None:
                units.setdefault(name, unit)
    return currencies, units


def by_name(heading: str) -> tuple[str, int]:
    """Return the meaning of a heading and how good a name it is for it (0 is best), or ("", 0)."""
    known = lookup("meaning")
    outside, _ = bracketed(heading)
    for words in (heading, outside):
        if plain(words) in known:
            return known[plain(words)]
    for script in (r"[\u4e00-\u9fff]+", r"[A-Za-z. ]+"):  # one heading in two languages
        part = "".join(re.findall(script, outside))
        if part != outside and len(part) > 1 and plain(part) in known:
            return known[plain(part)]
    outside = re.sub(
        rf"[\s:/\-]*(?:{'|'.join(_codes())})$", "", outside.strip(), flags=re.IGNORECASE
    )
    shorter = unit_at_end(outside)
    return known.get(plain(outside), by_name(shorter) if shorter else ("", 0))


def _codes() -> list[str]:
    return [re.escape(code) for code in rules()["currency"] if code != "cues"] + ["[¥$€£#]"]
