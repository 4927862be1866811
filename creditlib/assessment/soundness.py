"""Accounts are read and checked here, before a ratio is taken from them."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING
from math import isfinite, isnan, nan
from re import fullmatch

from creditlib.assessment.accounts import BALANCE_SHEET, DEFAULTS, Statement, label
from creditlib.errors import InputError
from creditlib.i18n import text

ROUNDING = 1.5
"""Yuan that two sides may differ by: three figures, each rounded to the yuan."""

NOT_NEGATIVE = (
    *(name for name in BALANCE_SHEET if name not in ("retained_profit", "total_equity")),
    "revenue",
    "cost_of_sales",
)
WHOLES = {
    "current_assets": (
        "cash",
        "notes_receivable",
        "accounts_receivable",
        "receivables_financing",
        "prepayments",
        "inventory",
    ),
    "total_assets": ("current_assets", "fixed_assets"),
    "current_liabilities": ("short_term_borrowings", "notes_payable", "accounts_payable"),
    "total_liabilities": ("current_liabilities", "long_term_borrowings"),
}


def statement_from(values: Mapping, file: object = None, row: object = None) -> Statement:
    """Make a `Statement` of a mapping such as a row of a CSV file; other columns are left alone.

    Amounts may be text with thousands separators. Raises `InputError`, naming file, row and
    column, for a missing column, a required amount left blank, text in place of a number, and a
    negative amount where there can be none. Whether the accounts agree with themselves is for
    `check` to say.

    >>> from dataclasses import asdict
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> statement_from(asdict(EXAMPLE) | {"inventory": "1,170.50"}).inventory
    1170.5
    """
    for name, default in ({"year": MISSING} | DEFAULTS).items():
        if name not in values and default is MISSING:
            present = ", ".join(map(str, values.keys()))
            raise InputError(
                "errors.missing_column", file=file, row=row, name=name, present=present
            )
    amounts = {
        name: amount(values.get(name), default, file=file, row=row, column=name)
        for name, default in DEFAULTS.items()
    }
    year = whole_year(values["year"], file=file, row=row, column="year")
    statement = Statement(year=year, **amounts)
    for finding in _negatives(statement, file, row):
        raise finding
    return statement


def amount(value: object, default: object = nan, **place: object) -> float:
    """Return a cell as a number: a blank one as `default`, refused where that is `MISSING`.

    >>> amount("1,170.50"), amount("", default=0.0)
    (1170.5, 0.0)
    """
    if isinstance(value, str):
        value = value.strip()
        if fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", value):
            value = value.replace(",", "")
    try:
        number = nan if value is None or value == "" else float(value)
    except (TypeError, ValueError):
        raise InputError("errors.not_a_number", value=value, **place) from None
    if isnan(number):
        if default is MISSING:
            raise InputError("statements.blank", **place)
        return default
    if not isfinite(number):
        raise InputError("errors.not_a_number", value=value, **place)
    return number


def whole_year(value: object, **place: object) -> int:
    """Return a cell as a year."""
    number = amount(value, MISSING, **place)
    if number != int(number):
        raise InputError("statements.not_a_year", value=value, **place)
    return int(number)


def check(statement: Statement, file: object = None, row: object = None) -> tuple[InputError, ...]:
    """Return what is wrong with the accounts, each finding a sentence; none for sound accounts.

    Finds negative amounts that cannot be, total assets that are not liabilities plus equity (within
    `ROUNDING`), and parts that exceed their whole, such as current assets above total assets. The
    findings are returned, not raised: an analyst reads all of them.

    >>> from dataclasses import replace
    >>> from creditlib.assessment.accounts import EXAMPLE
    >>> check(EXAMPLE)
    ()
    >>> [finding.reason for finding in check(replace(EXAMPLE, total_equity=500.0))]
    ['unbalanced']
    """
    return (
        *_negatives(statement, file, row),
        *_imbalance(statement, file, row),
        *_excesses(statement, file, row),
    )


def _negatives(statement: Statement, file, row) -> Iterator[InputError]:
    for name in NOT_NEGATIVE:
        value = getattr(statement, name)
        if value < 0:
            yield InputError(
                "statements.negative",
                file=file,
                row=row,
                column=name,
                name=label(name),
                value=value,
            )


def _imbalance(statement: Statement, file, row) -> Iterator[InputError]:
    claims = statement.total_liabilities + statement.total_equity
    difference = statement.total_assets - claims
    if abs(difference) > ROUNDING:
        yield InputError(
            "statements.unbalanced",
            file=file,
            row=row,
            column="total_assets",
            assets=statement.total_assets,
            claims=claims,
            difference=difference,
        )


def _excesses(statement: Statement, file, row) -> Iterator[InputError]:
    for whole, parts in WHOLES.items():
        total = getattr(statement, whole)
        together = sum(getattr(statement, part) for part in parts)
        if together > total + ROUNDING:
            yield InputError(
                "statements.parts_exceed",
                file=file,
                row=row,
                column=whole,
                whole=label(whole),
                total=total,
                parts=text("statements.plus").join(label(part) for part in parts),
                together=together,
            )
