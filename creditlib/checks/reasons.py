"""Why a check did not pass, said to somebody who may never have programmed before."""

import linecache
import math
from collections.abc import Callable, Mapping, Sequence

from creditlib.i18n import text

from .values import difference, is_number, led_to, part, plain, undefined
from .words import joined, key_text, listed, plainly, shown, shown_apart

NEAR = 0.1  # a rounded result lies within a tenth of what it was rounded from
ROUNDINGS = range(10)  # decimals


def difference_said(call: str, actual: object, expected: object, place: str) -> str:
    """Return what was called, what was expected at `place` and what came back."""
    whole = plain(expected)
    (_, actual), (keys, expected) = led_to(actual, place), led_to(expected, place)
    if isinstance(actual, Mapping) and isinstance(expected, Mapping):
        # Two dictionaries differ as a whole only by their keys.
        said = text("checks.keys", call=call + _typed(keys))
        for name, one, other in (("missing", expected, actual), ("unknown", actual, expected)):
            if own := [key_text(key) for key in one if key not in other]:
                said = joined(said, text(f"checks.keys_{name}", keys=listed(own)))
        return said
    wanted, given = shown_apart(expected, actual)
    if keys:
        # Counted from 1, as people count.
        item = isinstance(whole, list) and len(keys) == 1
        where = text("checks.item", number=keys[0] + 1) if item else _typed(keys)
        return text("checks.wrong_at", call=call, place=where, expected=wanted, actual=given)
    return text("checks.wrong", call=call, expected=wanted, actual=given)


def misconception(actual: object, mistakes: Mapping[str, object], tolerance: float) -> str:
    """Return the first of `mistakes` that would give this value, `""` if none would."""
    for name, value in mistakes.items():
        if difference(actual, value, tolerance) is None:
            return name
    return ""


def _typed(keys: Sequence) -> str:
    return "".join(f"[{key_text(key)}]" for key in keys)


def why_it_differs(actual: object, expected: object, place: str, why: str) -> str:
    """Return the reason that the form of the value shows, else `why`."""
    if undefined(plain(actual)):
        return joined(text("checks.nothing_returned"), why)
    actual, expected = part(actual, place), part(expected, place)
    if isinstance(expected, Mapping) and isinstance(actual, list):
        return text("checks.not_a_dictionary", keys=listed(map(key_text, expected)))
    if isinstance(actual, str) and _as_text(actual, expected):
        return text("checks.as_text", value=actual.strip())
    if is_number(actual) and is_number(expected) and _rounded(actual, expected):
        return text("checks.rounded")
    return why


def stopped(call: str, expected: object, function: Callable, error: Exception) -> str:
    """Return what is known of a call that ended in an error: where it stood, what to try."""
    named = f"{type(error).__name__}: {plainly(str(error))}"
    said = text("checks.raised", call=call, expected=shown(expected), error=named)
    line, source = _own_line(function, error)
    if line:
        known = "checks.line" if source else "checks.line_number"
        said = joined(said, text(known, line=line, source=source))
    hint = _hint(type(error).__name__, str(error))
    return joined(said, text(f"checks.hint.{hint}")) if hint else said


def _own_line(function: Callable, error: Exception) -> tuple[int, str]:
    """Return the last line of the function's own cell in the traceback; 0 where there is none.

    The function may live in another process: what stands in for it here is a part of creditlib,
    and its lines are not the trainee's.
    """
    if str(getattr(function, "__module__", "")).partition(".")[0] == "creditlib":
        return 0, ""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line, linecache.getline(file, line).strip() if line else ""


def _hint(name: str, said: str) -> str:
    """Return which of the usual slips an error looks like, `""` if none."""
    if name == "TypeError":
        if "for ^:" in said:
            return "power"
        if "NoneType" in said:
            return "none"
        return "dates" if "for -: 'str' and 'str'" in said else ""
    return {
        "UnboundLocalError": "unbound",
        "NameError": "name",
        "KeyError": "key",
        "ZeroDivisionError": "zero",
    }.get(name, "")


def _as_text(actual: str, expected: object) -> bool:
    """Say whether a text holds what was to be True, False or a number."""
    if isinstance(expected, bool):
        return actual.strip() == str(expected)
    try:
        return is_number(expected) and math.isclose(float(actual), expected, rel_tol=1e-2)
    except ValueError:
        return False


def _rounded(actual: float, expected: float) -> bool:
    """Say whether `actual` is `expected` rounded or cut off, or rounded somewhere on the way."""
    if not actual or not math.isclose(actual, expected, rel_tol=NEAR):
        return False
    for places in ROUNDINGS:
        cut = math.trunc(expected * 10**places) / 10**places
        if any(math.isclose(actual, one, rel_tol=1e-12) for one in (round(expected, places), cut)):
            return True
    return math.isclose(actual, expected, rel_tol=2e-2, abs_tol=0) and abs(actual - expected) < 6e-3
