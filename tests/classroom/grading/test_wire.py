"""What crosses between the processes: plain data, whole, bounded, and nothing but data."""

import json
import math
import socket
import threading
from array import array
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.checks import plain
from creditlib.classroom.grading import codec, wire
from creditlib.errors import Undefined

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=8))])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=[])),  # lone surrogates too
    st.binary(max_size=50),
    st.dates(),
    st.datetimes(timezones=ZONES),
    st.times(),
    st.timedeltas(),
    st.decimals(allow_nan=False),
    st.fractions(),
    st.complex_numbers(allow_nan=False),
)
KEYS = st.one_of(st.text(), st.integers(), st.dates(), st.tuples(st.integers(), st.text()))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(KEYS, inner, max_size=4),
        st.sets(st.integers()),
        st.frozensets(st.text(), max_size=4),
    ),
    max_leaves=20,
)
DTYPES = ["i1", "u2", "<i8", ">f4", "f8", "c16", "?", "M8[D]", "M8[ns]", "m8[s]", "U3", "S2"]
FRAMES = {
    "numbers": pd.DataFrame({"a": [1, 2], "b": [0.5, math.nan]}, index=["x", "y"]),
    "texts and gaps": pd.DataFrame({"name": ["Li", None], "paid": [True, False]}),
    "dates": pd.DataFrame({"due": pd.to_datetime(["2025-12-31", None])}),
    "zone": pd.DataFrame({"at": pd.to_datetime(["2025-12-31 08:00"]).tz_localize("Asia/Shanghai")}),
    "objects": pd.DataFrame({"mixed": [1, "a"], "list": [[1], (2,)]}, dtype=object),
    "nullable": pd.DataFrame({"n": pd.array([1, None], "Int64"), "b": pd.array([True, None])}),
    "categories": pd.DataFrame({"zone": pd.Categorical(["safe", "grey"])}),
    "bands": pd.DataFrame({"band": pd.Categorical(["b", None], ["z", "b"], ordered=True)}),
    "months": pd.DataFrame({"due": pd.PeriodIndex(["2025-12", None], freq="M")}),
    "by month": pd.Series([1, 2], pd.period_range("2025Q1", periods=2, freq="Q")).to_frame("paid"),
    "grouped": pd.DataFrame({"a": [1, 1], "b": [1, 2], "c": [5, 6]}).groupby(["a", "b"]).sum(),
    "two of a name": pd.DataFrame([[1, 2.5]], columns=["a", "a"]),
    "empty": pd.DataFrame({"a": []}),
    "nothing": pd.DataFrame(),
}


def crossed(value, **how):
    """The value after its way over a socket."""
    ours, its = socket.socketpair()
    with ours, its:
        sender = threading.Thread(target=wire.send, args=(ours, {"v": codec.encode(value, **how)}))
        sender.start()
        received = wire.receive(its, seconds=10)["v"]
        sender.join()
    return codec.decode(received)


def same(one, other):
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return all(map(same, one.items(), other.items())) and len(one) == len(other)
    return repr(one) == repr(other) if isinstance(one, float | complex) else one == other


@settings(max_examples=150)
@given(VALUES)
def test_plain_data_comes_out_as_it_went_in(value):
    assert same(codec.decode(json.loads(json.dumps(codec.encode(value)))), value)


@pytest.mark.parametrize(
    "value",
    [2**70_000, -0.0, math.inf, -math.inf, Decimal("1.50"), Fraction(2, 6), range(1, 9, 2)],
    ids=lambda value: type(value).__name__,
)
def test_numbers_of_every_size_keep_their_value_and_type(value):
    assert same(crossed(value), value)


def test_nan_and_what_is_missing_in_tables_stays_missing():
    assert math.isnan(crossed(math.nan))
    assert crossed([pd.NaT, pd.NA]) == [pd.NaT, pd.NA]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (3,), (2, 2), (0, 4)])
def test_an_array_keeps_its_numbers_its_shape_and_its_type(dtype, shape):
    array = np.arange(int(np.prod(shape))).reshape(shape).astype(dtype)
    back = crossed(array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize("value", [np.float64(0.1), np.int8(-3), np.bool_(True), np.str_("a")])
def test_a_number_of_numpy_stays_one(value):
    assert type(crossed(value)) is type(value)
    assert crossed(value) == value


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_keeps_columns_index_and_types(name):
    pd.testing.assert_frame_equal(crossed(FRAMES[name]), FRAMES[name], check_freq=False)


def test_a_series_an_index_and_a_time_stay_what_they_are():
    series = pd.Series([1.5, 2], index=pd.Index([date(2025, 1, 1), "x"], name="when"), name="days")
    pd.testing.assert_series_equal(crossed(series), series)
    pd.testing.assert_index_equal(crossed(series.index), series.index)
    assert crossed(pd.Timestamp("2025-12-31 08:00:00.123456789")).nanosecond == 789
    assert crossed(pd.Timedelta(days=3, nanoseconds=7)) == pd.Timedelta(days=3, nanoseconds=7)


@pytest.mark.parametrize(
    "array",
    [
        pd.Series(["Li", "Wu", "Li"]).unique(),
        pd.Series(["Li", None], dtype="category").unique(),
        pd.cut([1, 40], [0, 30, 60], labels=["a", "b"]),
        pd.to_datetime(pd.Series(["2025-12-31"])).dt.tz_localize("Asia/Shanghai").unique(),
        pd.to_datetime(pd.Series(["2025-12-31"])).unique(),
        pd.period_range("2025-01", periods=2, freq="M").array,
        pd.array([1, None], "Int64"),
    ],
    ids=lambda array: str(array.dtype),
)
def test_an_array_of_pandas_stays_one(array):
    back = crossed(array)
    pd.testing.assert_extension_array_equal(back, array)


@pytest.mark.parametrize(
    "value",
    [
        array("d", [1, 2]),
        np.ma.array([1.0, 2.0]),
        pd.DataFrame({"a": [1, 2]}).to_records(index=False).a,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_lists_itself_crosses_as_a_list_which_is_what_a_check_compares(value):
    assert plain(crossed(value)) == value.tolist() == [1, 2]


def test_what_lists_itself_for_ever_is_too_large():
    class Lists:
        def tolist(self):
            return [self, self]

    with pytest.raises(wire.TooLarge):
        codec.encode(Lists())


def test_money_that_shows_its_currency_crosses_as_its_amount():
    class Money(Decimal):
        def __str__(self):
            return f"{self:,.2f} RMB"

    assert same(crossed(Money("1234.50")), Decimal("1234.50"))
    assert crossed(np.str_("")) == ""


def test_an_iterator_gives_the_same_items_once_and_then_its_error():
    def bills():
        yield 1
        raise KeyError("due")

    back = crossed(bills())
    assert next(back) == 1
    with pytest.raises(KeyError, match="due"):
        next(back)
    assert list(crossed(zip("ab", [1, 2], strict=True))) == [("a", 1), ("b", 2)]
    assert list(crossed({"a": 1}.items())) == [("a", 1)]


def test_what_an_endless_iterator_gives_is_cut():
    def endless():
        while True:
            yield 0

    assert len(list(crossed(endless()))) == codec.MOST_DRAWN


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("a"), NotImplementedError(), InvalidOperation("x")]
)
def test_an_exception_keeps_its_class_and_text(error):
    back = codec.decode_error(codec.encode_error(error))
    assert isinstance(back, type(error))
    assert (type(back).__name__, str(back)) == (type(error).__name__, str(error))


def test_an_exception_of_ones_own_keeps_its_name_and_is_caught_as_what_it_derives_from():
    class TooLate(ValueError):
        def __str__(self):
            return "30 days"

    back = codec.decode_error(codec.encode_error(TooLate()))
    assert (type(back).__name__, str(back)) == ("TooLate", "30 days")
    assert isinstance(back, ValueError)
    undefined = Undefined("errors.zero_denominator", measure="DSO", denominator="sales")
    back = codec.decode_error(codec.encode_error(undefined))
    assert isinstance(back, Undefined)
    assert (str(back), back.reason) == (str(undefined), "zero_denominator")
    assert type(codec.decode_error(codec.encode_error(SystemExit(3)))).__name__ == "SystemExit"


class Equal:
    """Says that it is equal to everything, and shows itself as code."""

    def __eq__(self, other):
        return True

    __hash__ = None

    def __repr__(self):
        return "__import__('os').abort()"

    def __reduce__(self):
        raise AssertionError("nobody pickles")


@pytest.mark.parametrize("value", [Equal(), open, type("A", (), {}), iter, np, np.float64])
def test_what_is_no_data_crosses_as_its_name_only(value):
    back = crossed(value)
    assert isinstance(back, codec.Opaque)
    assert back != 1


def test_an_object_that_cannot_even_show_itself_crosses_as_its_type():
    class Mute:
        def __repr__(self):
            raise RuntimeError

    assert repr(crossed(Mute())) == "<Mute>"


def test_a_function_crosses_as_a_number_by_which_it_can_be_called():
    kept = []

    def refer(function):
        kept.append(function)
        return len(kept) - 1

    back = codec.decode(codec.encode([abs], refer), lambda name, number: (name, number))
    assert back == [("abs", 0)]
    assert kept == [abs]


KINDS = [*codec.REBUILD, *codec.REBUILD_SEVERAL, *codec.codec_tables.DECODE]
KINDS += ["array", "scalar", "objects", "dict", "iterator", "function", "error"]
CONTENT = ("v", "dtype", "shape", "name", "index", "columns", "names", "ends", "freq", "groups")
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.fixed_dictionaries(
            {"t": st.sampled_from(KINDS)},
            optional={key: inner for key in CONTENT},
        ),
    ),
    max_leaves=15,
)


@settings(max_examples=300)
@given(JSON)
def test_whatever_a_process_sends_decodes_to_data_or_is_a_finding(data):
    with suppress(wire.WireError):
        codec.decode(data)


@pytest.mark.parametrize(
    "claimed",
    [
        {"t": "array", "dtype": "<f8", "shape": [10**9], "v": ""},
        {"t": "array", "dtype": "O", "shape": [1], "v": "AAAAAAAAAAA="},
        {"t": "array", "dtype": "<f8", "shape": [-1], "v": ""},
        {"t": "column", "v": [1], "dtype": "object"},
        {"t": "items", "v": {"t": "grouped", "v": [1], "groups": {"t": "column"}, "ordered": 0}},
        {"t": "items", "v": {"t": "periods", "v": [1], "freq": "__import__('os')"}},
        {"t": "period", "v": 10**30, "freq": "M"},
        {"t": "error", "name": "x", "base": "SystemExit", "v": 3},
        {"t": "os.system", "v": "ls"},
        {"t": ["set"], "v": []},
        {"t": "set", "v": [[1]]},
        {},
    ],
)
def test_a_value_that_nobody_can_have_encoded_is_refused(claimed):
    with pytest.raises(wire.WireError):
        codec.decode(claimed)


def test_what_is_too_deep_too_long_or_holds_itself_is_too_large():
    loop = []
    loop.append(loop)
    doubled = []
    for _ in range(40):  # 2 to the power of 40 items
        doubled = [doubled, doubled]
    for value in (loop, doubled, [0] * (codec.MOST_ITEMS + 1)):
        with pytest.raises(wire.TooLarge):
            codec.encode(value)
    ours, its = socket.socketpair()
    with ours, its, pytest.raises(wire.TooLarge):
        wire.send(ours, {"v": "x" * (wire.MOST_BYTES + 1)})


@pytest.mark.parametrize(
    ("sent", "finding"),
    [
        (b"", EOFError),
        (b"\0\0", EOFError),
        (b"\xff\xff\xff\xff", wire.TooLarge),
        (b"\0\0\0\2[]", wire.WireError),
        (b"\0\0\0\3{1}", wire.WireError),
        (b'\0\0\0\6{"a":\xff', wire.WireError),
        (b'\0\0\0\x09{"a":NaN}', wire.WireError),
        (b"\0\1\0\0" + b"[" * 65536, wire.WireError),
    ],
)
def test_a_message_that_is_none_is_a_finding(sent, finding):
    ours, its = socket.socketpair()
    with its:
        with ours:
            ours.sendall(sent)
        with pytest.raises(finding):
            wire.receive(its, seconds=5)


def test_a_message_that_trickles_ends_at_its_time_limit():
    ours, its = socket.socketpair()
    with ours, its:
        ours.sendall(b"\0\0\0\7{")
        with pytest.raises(TimeoutError):
            wire.receive(its, seconds=0.1)


def test_dates_and_times_are_of_the_same_class_afterwards():
    for value in (date(2024, 2, 29), datetime(2024, 2, 29, 1), time(1, 2), timedelta(-1, 3)):
        assert same(crossed(value), value)
