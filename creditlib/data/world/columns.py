"""How a data file is described: its columns with type, unit and meaning in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column; `decimals` is how many a number is written with, `blank` whether cells may be."""

    name: str
    type: str  # string, integer, number, date
    zh: str
    en: str
    unit: str = ""
    decimals: int = 0
    blank: bool = False


@dataclass(frozen=True)
class File:
    """One CSV file."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def words(name: str, zh: str, en: str, blank: bool = False) -> Column:
    """Return a column of text."""
    return Column(name, "string", zh, en, blank=blank)


def day(name: str, zh: str, en: str, blank: bool = False) -> Column:
    """Return a column of days."""
    return Column(name, "date", zh, en, blank=blank)


def whole(name: str, zh: str, en: str, unit: str = "", blank: bool = False) -> Column:
    """Return a column of whole numbers."""
    return Column(name, "integer", zh, en, unit, blank=blank)


def yuan(name: str, zh: str, en: str, decimals: int = 0, blank: bool = False) -> Column:
    """Return a column of amounts in yuan."""
    return Column(name, "number", zh, en, "CNY", decimals, blank)


CUSTOMER = words("customer_id", "客户编号，按开户先后排列", "customer number, in order of opening")
