"""How a graded cell asks: data in, data out.

`expect` calls the trainee's function with plain values and compares the plain value that comes
back. When they differ it says, in the language in use, what was called, what was expected, what
came back, and the likely reason. Nothing in it needs the function to live in the same process.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy

from creditlib.i18n import text

TOLERANCE = 1e-6
LEVELS = range(5)  # of a skill, by which trainees rate themselves


class Mistake(AssertionError):
    """What a check found, as one message; a notebook shows it without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def expect(
    function: Callable,
    inputs: Mapping | Sequence,
    expected: object,
    *,
    mistakes: Mapping[str, object] | None = None,
    why: str = "",
    tolerance: float = TOLERANCE,
) -> None:
    """Check that `function(*inputs)` (or `**inputs` for a mapping) gives `expected`.

    `mistakes` maps a misconception (its texts are in `locale/misconceptions.toml`) to the value
    that it would give here: when that is what came back, the message names it. `why` is said when
    none of them fits. Numbers agree within `tolerance`, relative and absolute; `None` and NaN both
    mean "not defined"; frames, series and arrays are compared as columns and lists.

    >>> expect(max, [3, 5], 5)
    >>> from creditlib import language, use_language
    >>> before = language(); use_language("en")
    >>> expect(min, [3, 5], 5)
    Traceback (most recent call last):
        ...
    creditlib.checks.Mistake: min(3, 5) should give 5, but gave 3.
    >>> use_language(before)
    """
    call = _call_text(function, inputs)
    try:
        given = deepcopy(inputs)
        actual = function(**given) if isinstance(given, Mapping) else function(*given)
    except NotImplementedError:
        raise Mistake(text("checks.not_written", call=call)) from None
    except Exception as error:
        stopped = text(
            "checks.raised",
            call=call,
            expected=_show(expected),
            error=f"{type(error).__name__}: {error}",
        )
        raise Mistake(_joined(stopped, why)) from None
    place = difference(actual, expected, tolerance)
    if place is None:
        return
    reason = _reason(actual, expected, mistakes or {}, why, tolerance)
    raise Mistake(_joined(_describe(call, actual, expected, place), reason))


def rated(levels: Mapping[str, int], skills: Sequence[str]) -> None:
    """Check that `levels` gives each of `skills` a level, a whole number from 0 to 4.

    Which level it is does not matter: a self-assessment is to be complete and honest. The message
    names the skills that have no level (None counts as none) or one that cannot be.

    >>> rated({"terms": 0, "law": 4}, ["terms", "law"])
    >>> from creditlib import language, use_language
    >>> before = language(); use_language("en")
    >>> rated({"terms": 0, "law": 5}, ["terms", "law"])
    Traceback (most recent call last):
        ...
    creditlib.checks.Mistake: law is rated 5, but levels go from 0 to 4 (level-out-of-range)
    >>> use_language(before)
    """
    if not isinstance(levels, Mapping):
        raise Mistake(text("checks.rated.not-a-table"))
    unknown = [skill for skill in levels if skill not in skills]
    if unknown:
        raise Mistake(text("checks.rated.unknown-skill", skills=_listed(unknown)))
    missing = [skill for skill in skills if levels.get(skill) is None]
    if missing:
        raise Mistake(text("checks.rated.level-missing", skills=_listed(missing)))
    for skill in skills:
        if type(levels[skill]) is not int:  # True is no level, nor is "2" or 2.5
            fault = "level-not-whole"
        elif levels[skill] not in LEVELS:
            fault = "level-out-of-range"
        else:
            continue
        raise Mistake(text(f"checks.rated.{fault}", skill=skill, level=_show(levels[skill])))


def difference(actual: object, expected: object, tolerance: float = TOLERANCE) -> str | None:
    """Return where two values differ first (`""` for as a whole), or None where they agree.

    >>> difference({"a": [1, 2]}, {"a": [1, 3]})
    "['a'][1]"
    >>> difference(0.1 + 0.2, 0.3) is None
    True
    """
    actual, expected = plain(actual), plain(expected)
    if _undefined(expected):
        return None if _undefined(actual) else ""
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
    if _number(expected):
        agree = _number(actual) and math.isclose(
            actual, expected, rel_tol=tolerance, abs_tol=tolerance
        )
        return None if agree else ""
    if isinstance(expected, str) and isinstance(actual, str):
        return None if actual.strip() == expected.strip() else ""
    return None if type(actual) is type(expected) and actual == expected else ""


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


def _listed(names: Sequence) -> str:
    return ", ".join(map(str, names))


def _joined(message: str, reason: str) -> str:
    return text("checks.joined", message=message, reason=reason) if reason else message


def _first_difference(actual, expected, keys, tolerance) -> str | None:
    for key in keys:
        place = difference(actual[key], expected[key], tolerance)
        if place is not None:
            return f"[{key!r}]{place}"
    return None


def _undefined(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _describe(call: str, actual: object, expected: object, place: str) -> str:
    if not place:
        return text("checks.wrong", call=call, expected=_show(expected), actual=_show(actual))
    parts = [_at(plain(value), place) for value in (expected, actual)]
    return text(
        "checks.wrong_at", call=call, place=place, expected=_show(parts[0]), actual=_show(parts[1])
    )


def _at(value: object, place: str) -> object:
    for key in place[1:-1].split("]["):
        value = plain(value[int(key) if isinstance(value, list) else _key(value, key)])
    return value


def _key(mapping: Mapping, shown: str) -> object:
    return next(key for key in mapping if repr(key) == shown)


def _reason(actual, expected, mistakes: Mapping, why: str, tolerance: float) -> str:
    for name, value in mistakes.items():
        if difference(actual, value, tolerance) is None:
            return text("checks.likely", reason=text(f"misconceptions.{name}"), name=name)
    actual, expected = plain(actual), plain(expected)
    if _number(actual) and _number(expected) and math.isclose(actual, expected, abs_tol=6e-3):
        return text("checks.rounded")
    return why


def _call_text(function: Callable, inputs: Mapping | Sequence) -> str:
    name = getattr(function, "__name__", str(function))
    if isinstance(inputs, Mapping):
        shown = ", ".join(f"{key}={_show(value)}" for key, value in inputs.items())
    else:
        shown = ", ".join(_show(value) for value in inputs)
    return f"{name}({shown})"


def _show(value: object, limit: int = 160) -> str:
    value = plain(value)
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e6 else f"{value:,.2f}"
    shown = repr(value)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
