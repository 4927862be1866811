"""Values as plain JSON and back: numbers, text, dates, tables; never a name that is looked up.

A value that JSON has stands for itself; everything else is an object with its kind under `"t"`.
What has no kind here crosses as its type's name and a short text (`Opaque`), a function as a
reference that can be called from the other side, an exception as its name and text.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from creditlib.classroom.grading import codec_tables
from creditlib.classroom.grading.codec_errors import (
    LONGEST_NAME,
    decode_error,
    encode_error,
    said_by,
)
from creditlib.classroom.grading.wire import TooLarge, WireError

MOST_ITEMS = 1_000_000
MOST_DRAWN = 10_000  # items that are drawn from an iterator, which may have no end
DEEPEST = 60
SMALL = 2**63


class Opaque:
    """A value that has no plain form: only its type's name and how it shows itself are known."""

    def __init__(self, type_name: str, shown: str):
        self.type_name = type_name
        self.shown = shown

    def __repr__(self) -> str:
        return self.shown


class Drawn(Iterator):
    """The items that an iterator gave, once more; then the error that it ended with, if any."""

    def __init__(self, items: list, ends: object, shown: str):
        self._items = iter(items)
        self._ends = ends
        self._shown = shown

    def __next__(self) -> object:
        for item in self._items:
            return item
        if self._ends is not None:
            raise decode_error(self._ends)
        raise StopIteration

    def __repr__(self) -> str:
        return self._shown


def encode(value: object, refer: Callable[[Callable], int] | None = None) -> object:
    """Return a value in JSON's terms; `refer` keeps a function and returns its number.

    Raises `TooLarge` where it is too deep (a list that holds itself is) or has too many items.

    >>> encode((1, float("nan"), date(2025, 12, 31)))["v"][2]
    {'t': 'date', 'v': '2025-12-31'}
    """
    return _Encoder(refer).value(value, 0)


def decode(data: object, stand_in: Callable[[str, int], object] | None = None) -> object:
    """Return the value that `encode` wrote; `stand_in(name, number)` makes the functions.

    Raises `WireError` for anything that `encode` cannot have written.

    >>> decode(encode({"a": (1, 2 + 3j)}))
    {'a': (1, (2+3j))}
    """
    try:
        return _decoded(data, stand_in, 0)
    except WireError:
        raise
    except (Exception, RecursionError) as error:
        raise WireError(f"{type(error).__name__}: {error}"[:LONGEST_NAME]) from None


class _Encoder:
    def __init__(self, refer):
        self.refer = refer
        self.items = 0

    def value(self, value: object, depth: int) -> object:
        self.items += 1
        if self.items > MOST_ITEMS or depth > DEEPEST:
            raise TooLarge(f"{self.items} items, {depth} deep")
        kind = type(value)
        if kind in AS_IT_IS:
            return value
        if kind is list:
            return self._each(value, depth + 1)
        if kind is dict:
            keys, ones = self._each(value, depth + 1), self._each(value.values(), depth + 1)
            return {"t": "dict", "v": list(map(list, zip(keys, ones, strict=True)))}
        if kind in SCALAR:
            name, plain = SCALAR[kind]
            return {"t": name, "v": plain(value)}
        if kind is int:
            return value if -SMALL <= value < SMALL else {"t": "int", "v": hex(value)}
        if kind is float:
            return value if abs(value) < float("inf") else {"t": "float", "v": str(value)}
        table = codec_tables.encode_table(value, lambda one: self.value(one, depth + 1))
        if table is not None:
            return table
        for known, name, plain in SCALARS:
            if isinstance(value, known):
                return {"t": name, "v": plain(value)}
        return self._several(value, depth + 1)

    def _each(self, values: Iterable, depth: int) -> list:
        """Encode one after the other; a text, of which there are most, costs no call."""
        encoded, texts = [], 0
        for one in values:
            if type(one) in AS_IT_IS:
                encoded.append(one)
                texts += 1
            else:
                encoded.append(self.value(one, depth))
        self.items += texts
        if self.items > MOST_ITEMS:
            raise TooLarge(f"{self.items} items")
        return encoded

    def _several(self, value: object, depth: int) -> object:
        if isinstance(value, Mapping):
            pairs = [[self.value(key, depth), self.value(one, depth)] for key, one in value.items()]
            return {"t": "dict", "v": pairs}
        if isinstance(value, list):
            return self._each(value, depth)
        for known, name in SEVERAL:
            if isinstance(value, known):
                return {"t": name, "v": self._each(value, depth)}
        if isinstance(value, BaseException):
            return encode_error(value)
        if isinstance(value, str | int | float):  # of a class of its own
            plain = next(one for one in (str, int, float) if isinstance(value, one))
            return self.value(plain.__str__(value) if plain is str else plain(value), depth)
        if isinstance(value, Iterator):
            return self._drawn(value, depth)
        if callable(value) and self.refer is not None:
            name = getattr(value, "__name__", type(value).__name__)
            return {"t": "function", "name": str(name)[:LONGEST_NAME], "v": self.refer(value)}
        # As arrays of other makes do; it is what a check compares.
        if hasattr(value, "tolist") and not callable(value):
            return self.value(value.tolist(), depth)
        shown = said_by(repr, value)
        return {"t": "opaque", "name": type(value).__name__[:LONGEST_NAME], "v": shown}

    def _drawn(self, values: Iterator, depth: int) -> dict:
        drawn, ends = [], None
        try:
            for one in islice(values, MOST_DRAWN):
                drawn.append(self.value(one, depth))
        except TooLarge:
            raise
        except Exception as error:
            ends = encode_error(error)
        return {"t": "iterator", "v": drawn, "ends": ends, "shown": said_by(repr, values)}


def _decoded(data: object, stand_in: Callable | None, depth: int) -> object:
    if type(data) in OF_JSON:
        return data
    if depth > 2 * DEEPEST:  # a table is a few kinds deep in itself
        raise TooLarge("too deep")
    if isinstance(data, list):
        return [one if type(one) in OF_JSON else _decoded(one, stand_in, depth + 1) for one in data]
    kind = data.get("t")
    if kind == "function":
        name, number = data["name"], data["v"]
        if not isinstance(name, str) or type(number) is not int:
            raise WireError("not a function")
        return stand_in(name, number) if stand_in else Opaque("function", f"<function {name}>")
    if kind == "error":
        return decode_error(data)
    if kind == "opaque":
        return Opaque(str(data["name"]), str(data["v"]))

    def deeper(one: object) -> object:
        return _decoded(one, stand_in, depth + 1)

    if kind == "dict":
        return {
            key if type(key) in OF_JSON else deeper(key): (
                one if type(one) in OF_JSON else deeper(one)
            )
            for key, one in data["v"]
        }
    if kind == "iterator":
        return Drawn([deeper(one) for one in data["v"]], data["ends"], str(data["shown"]))
    if kind in REBUILD:
        return REBUILD[kind](data["v"])
    if kind in REBUILD_SEVERAL:
        return REBUILD_SEVERAL[kind]([deeper(one) for one in data["v"]])
    return codec_tables.decode_table(kind, data, deeper)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


SCALARS = (
    (datetime, "datetime", datetime.isoformat),
    (date, "date", date.isoformat),
    (time, "time", time.isoformat),
    (timedelta, "timedelta", lambda value: [value.days, value.seconds, value.microseconds]),
    (Decimal, "decimal", Decimal.__str__),  # money of a class of its own may say its currency
    (Fraction, "fraction", lambda value: [hex(value.numerator), hex(value.denominator)]),
    (complex, "complex", lambda value: [repr(value.real), repr(value.imag)]),
    (bytes | bytearray, "bytes", lambda value: _base64(bytes(value))),
    (range, "range", lambda value: [hex(value.start), hex(value.stop), hex(value.step)]),
)
SCALAR = {known: (name, plain) for known, name, plain in SCALARS if isinstance(known, type)}
AS_IT_IS = frozenset((type(None), bool, str))
OF_JSON = AS_IT_IS | {int, float}
SEVERAL = (
    (tuple, "tuple"),
    (set, "set"),
    (frozenset, "frozenset"),
    (type({}.keys()), "keys"),
    (type({}.values()), "values"),
    (type({}.items()), "pairs"),
)
REBUILD = {
    "int": lambda value: int(value, 16),
    "float": lambda value: {"nan": float("nan"), "inf": float("inf"), "-inf": -float("inf")}[value],
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda value: timedelta(*value),
    "decimal": Decimal,
    "fraction": lambda value: Fraction(*(int(part, 16) for part in value)),
    "complex": lambda value: complex(*map(float, value)),
    "bytes": lambda value: base64.b64decode(value, validate=True),
    "range": lambda value: range(*(int(part, 16) for part in value)),
}
REBUILD_SEVERAL = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "keys": lambda values: dict.fromkeys(values).keys(),
    "values": lambda values: dict(enumerate(values)).values(),
    "pairs": lambda values: dict(values).items(),
}
