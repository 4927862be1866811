"""Whether two values agree, and where they differ first."""

import math
from collections.abc import Iterable, Mapping

TOLERANCE = 1e-6


def difference(actual: object, expected: object, tolerance: float = TOLERANCE) -> str | None:
    """Return where two values differ first (`""` for as a whole), or None where they agree.

    >>> difference({"a": [1, 2]}, {"a": [1, 3]})
    "['a'][1]"
    >>> difference(0.1 + 0.2, 0.3) is None
    True
    """
    actual, expected = plain(actual), plain(expected)
    if undefined(expected):
        return None if undefined(actual) else ""
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping) or set(actual) != set(expected):
            return ""
        return _first_difference(actual, expected, expected, tolerance)
    if isinstance(expected, list):
        if not isinstance(actual, list) or len(actual) != len(expected):
            return ""
        return _first_difference(actual, expected, range(len(expected)), tolerance)
    if isinstance(expected, bool) or isinstance(actual, bool):
        return None if actual is expected else ""
    if is_number(expected):
        agree = is_number(actual) and math.isclose(
            actual, expected, rel_tol=tolerance, abs_tol=tolerance
        )
        return None if agree else ""
    if isinstance(expected, str) and isinstance(actual, str):
        return None if actual.strip() == expected.strip() else ""
    return None if type(actual) is type(expected) and actual == expected else ""


def part(value: object, place: str) -> object:
    """Return what stands at a place that `difference` gave.

    >>> part({"a": (1, 2)}, "['a'][1]")
    2
    """
    return plain(led_to(value, place)[1])


def led_to(value: object, place: str) -> tuple[list, object]:
    """Return the keys that lead to a place, and what stands there as it is.

    >>> led_to({"a": (1, 2)}, "['a'][1]")
    (['a', 1], 2)
    """
    keys = []
    for shown in place[1:-1].split("][") if place else ():
        value = plain(value)
        keys.append(int(shown) if isinstance(value, list) else _key(value, shown))
        value = value[keys[-1]]
    return keys, value


def plain(value: object) -> object:
    """Return frames, series, arrays, tuples and numpy numbers as dicts, lists and numbers."""
    if hasattr(value, "to_dict"):
        return plain(value.to_dict("list") if hasattr(value, "columns") else list(value))
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, tuple):
        return list(value)
    if type(value).__name__ == "Decimal":
        return float(value)
    return value


def undefined(value: object) -> bool:
    """Say whether a value means "not defined": None, NaN, or what pandas has for them."""
    if type(value).__name__ in ("NAType", "NaTType"):  # named, so that pandas need not be there
        return True
    return value is None or (isinstance(value, float) and math.isnan(value))


def is_number(value: object) -> bool:
    """Say whether a value is a number; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _first_difference(actual, expected, keys: Iterable, tolerance: float) -> str | None:
    for key in keys:
        place = difference(actual[key], expected[key], tolerance)
        if place is not None:
            return f"[{key!r}]{place}"
    return None


def _key(mapping: Mapping, shown: str) -> object:
    return next(key for key in mapping if repr(key) == shown)
