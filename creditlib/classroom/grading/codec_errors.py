"""Exceptions as a name and a text, and back; part of `codec`."""

import builtins
import decimal
import re
from collections.abc import Callable

from creditlib import errors
from creditlib.classroom.grading.wire import WireError

LONGEST_TEXT = 2_000  # of an exception or an opaque value
LONGEST_NAME = 200
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def encode_error(error: BaseException) -> dict:
    """Return an exception as its name, its text and the nearest class that both sides know."""
    known = next((one.__name__ for one in type(error).__mro__ if _known(one.__name__) is one), "")
    reason = getattr(error, "reason", None) if isinstance(error, errors.CreditError) else None
    return {
        "t": "error",
        "name": type(error).__name__[:LONGEST_NAME],
        "base": known,
        "v": said_by(str, error),
        "reason": reason if isinstance(reason, str) else None,
    }


def decode_error(data: object) -> Exception:
    """Return an exception with the name and text that `encode_error` wrote.

    It is a real `ValueError` or `Undefined` where it was one, so that `except` finds it.

    >>> decode_error(encode_error(KeyError("days")))
    KeyError('days')
    """
    if not isinstance(data, dict) or data.get("t") != "error":
        raise WireError("not an error")
    name, said, reason = data["name"], data["v"], data.get("reason")
    if not (isinstance(name, str) and isinstance(said, str)):
        raise WireError("not an error")
    base = _known(str(data.get("base"))) or Exception
    plain = _plainly(base, said) if base.__name__ == name else None
    if plain is not None:
        return plain
    members = {"__str__": lambda self: said, "__repr__": lambda self: f"{name}({said})"}
    if isinstance(reason, str):
        members["reason"] = reason
    made = type(name[:LONGEST_NAME].replace("\0", ""), (base,), members)
    return made.__new__(made)


def _plainly(base: type[Exception], said: str) -> Exception | None:
    try:
        error = base(said)
        return error if str(error) == said else None
    except Exception:  # made of more than a text, as UnicodeDecodeError and Undefined are
        return None


def _known(name: str) -> type[Exception] | None:
    for room in (builtins, decimal, errors):
        found = getattr(room, name, None)
        if isinstance(found, type) and issubclass(found, Exception):
            return found
    return None


def said_by(how: Callable[[object], str], value: object) -> str:
    """Return what `str` or `repr` says of a value, bounded, without the place in memory."""
    try:
        return ADDRESS.sub("", str(how(value))[:LONGEST_TEXT])
    except Exception:
        return f"<{type(value).__name__[:LONGEST_NAME]}>"
