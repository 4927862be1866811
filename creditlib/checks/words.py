"""How a check writes values: figures in a sentence as people write them, the rest as code."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from creditlib.i18n import text

from .values import is_number, plain

LONGEST = 160  # characters of a value that is shown whole
MOST = 15  # decimals


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
    value = plain(value)
    return figure(value) if is_number(value) else code(value)


def shown_apart(one: object, other: object) -> tuple[str, str]:
    """Return two values as `shown`, with as many decimals as it takes to see a difference.

    >>> shown_apart(53_369.8630137, 53_369.8640137)
    ('53,369.86301', '53,369.86401')
    """
    one, other = plain(one), plain(other)
    written = shown(one), shown(other)
    places = 2
    while is_number(one) and is_number(other) and written[0] == written[1] and places < MOST:
        places += 3
        written = figure(one, places=places), figure(other, places=places)
    return written


def code(value: object) -> str:
    """Return a value as one would type it, its numbers grouped with underscores; cut if long."""
    written = _code(value)
    return written if len(written) <= LONGEST else written[: LONGEST - 1] + "…"


def figure(value: float, mark: str = ",", places: int = 0) -> str:
    """Return a number in full, grouped by `mark`, with six digits or so and at least `places`.

    >>> figure(12_345_678.9), figure(0.00369863), figure(60.0), figure(-0.5, places=3)
    ('12,345,678.9', '0.00369863', '60', '-0.5')
    """
    if isinstance(value, int):
        return f"{value:{mark}}"
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


def _code(value: object) -> str:
    value = plain(value)
    if is_number(value):
        return figure(value, "_")
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key!r}: {_code(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_code, value))}]"
    return repr(value)
