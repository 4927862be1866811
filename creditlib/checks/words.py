"""How a check writes values: figures in a sentence as people write them, the rest as code."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from creditlib.i18n import text

from .values import is_number, plain

LONGEST = 160  # characters of a value that is shown whole
MOST = 15  # decimals
CENTS = -6  # the exponent of a decimal number that is written as it is
DAY = re.compile(r"datetime\.(?:date|datetime)\((\d+), (\d+), (\d+)(?:, 0, 0)?\)")
NUMBER = re.compile(r"(?:Decimal|Timestamp)\('([^']*)'\)|\bnp\.(?:float|u?int)\d+\(([^()]*)\)")


def call_text(function: Callable, inputs: Mapping | Sequence) -> str:
    """Return a call as one would type it.

    >>> call_text(max, [150_000, 0.25])
    'max(150_000, 0.25)'
    """
    name = getattr(function, "__name__", str(function))
    if isinstance(inputs, Mapping):
        given = [f"{key}={code(value)}" for key, value in inputs.items()]
    else:
        given = [code(value) for value in inputs]
    return f"{name}({', '.join(given)})"


def shown(value: object) -> str:
    """Return a value for a sentence: a number with commas, anything else as code.

    >>> shown(2_500_000), shown(750_000.0), shown({"net": -1234.5})
    ('2,500,000', '750,000', "{'net': -1_234.5}")
    """
    value = value if isinstance(value, Decimal) else plain(value)
    return figure(value) if is_number(value) or isinstance(value, Decimal) else code(value)


def shown_apart(one: object, other: object) -> tuple[str, str]:
    """Return two values as `shown`, with as many decimals as it takes to see a difference.

    >>> shown_apart(53_369.8630137, 53_369.8640137)
    ('53,369.86301', '53,369.86401')
    """
    written = shown(one), shown(other)
    kinds = type(one).__name__, type(other).__name__
    one, other = plain(one), plain(other)
    if is_number(one) and is_number(other):
        places = 2
        while places < MOST and figure(one, places=places) == figure(other, places=places):
            places += 3
            written = figure(one, places=places), figure(other, places=places)
    elif written[0] == written[1] and kinds[0] != kinds[1]:  # a date and a midnight, say
        first, second = (
            text("checks.kind", value=value, kind=kind)
            for value, kind in zip(written, kinds, strict=True)
        )
        return first, second
    return written


def code(value: object) -> str:
    """Return a value as one would type it, its numbers grouped with underscores; cut if long."""
    written = _code(value)
    return written if len(written) <= LONGEST else written[: LONGEST - 1] + "…"


def figure(value: float | Decimal, mark: str = ",", places: int = 0) -> str:
    """Return a number in full, grouped by `mark`, with six digits or so and at least `places`.

    A decimal number of cents or so keeps its own digits.

    >>> figure(12_345_678.9), figure(0.00369863), figure(60.0), figure(-0.5, places=3)
    ('12,345,678.9', '0.00369863', '60', '-0.5')
    >>> figure(Decimal("1234.50")), figure(1 / Decimal(3))
    ('1,234.50', '0.333333')
    """
    if isinstance(value, int):
        return f"{value:{mark}}"
    if isinstance(value, Decimal):
        if value.is_finite() and CENTS <= value.as_tuple().exponent <= 0:
            return f"{value:,f}".replace(",", mark)
        value = float(value)
    size = abs(value)
    if size and (math.isnan(value) or math.isinf(value) or not 1e-9 < size < 1e15):
        return f"{value:.6g}"
    digits = 5 - math.floor(math.log10(size)) if size else 0
    written = f"{value:{mark}.{max(2, digits, places)}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def listed(names: Iterable) -> str:
    """Return names in one line, as the language in use joins them."""
    return text("checks.comma").join(map(str, names))


def joined(message: str, reason: str) -> str:
    """Return a message with its reason, if there is one."""
    return text("checks.joined", message=message, reason=reason) if reason else message


def key_text(key: object) -> str:
    """Return a key of a dictionary as one would type it.

    >>> key_text("net"), key_text((2025, date(2025, 12, 31)))
    ("'net'", '(2025, 2025-12-31)')
    """
    if isinstance(key, tuple):
        return f"({', '.join(map(key_text, key))})"
    return str(key) if type(key) is int else _code(key)


def plainly(said: str) -> str:
    """Return what Python says of values with dates and numbers as people write them.

    >>> plainly("[datetime.date(2025, 12, 31), Decimal('12.50'), np.float64(0.3), '12.50']")
    "[2025-12-31, 12.50, 0.3, '12.50']"
    """
    said = DAY.sub(lambda found: "{}-{:0>2}-{:0>2}".format(*found.groups()), said)
    return NUMBER.sub(lambda found: (found[1] or found[2]).removesuffix(" 00:00:00"), said)


def _code(value: object) -> str:
    value = value if isinstance(value, Decimal) else plain(value)
    if isinstance(value, date):  # times are dates too, and so are those of pandas
        return str(value).removesuffix(" 00:00:00")
    if is_number(value) or isinstance(value, Decimal):
        return figure(value, "_")
    if isinstance(value, Mapping):
        entries = (f"{key_text(key)}: {_code(each)}" for key, each in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_code, value))}]"
    return repr(value) if isinstance(value, str) else plainly(repr(value))
