"""A broken ledger is read to the cent or explained: never a wrong total without a word.

The invariant, for every file that can be read: the amounts of all rows under the heading are those
of the frames (invoices − payments − credit notes), of the rows in `left_out` (each with an error)
and of the totals rows in `control` (each agrees, or is warned of). Nothing else, nothing twice.

LEDGER_EXAMPLES=500 in the environment digs deeper.
"""

import csv
import importlib.util
import io
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from creditlib.data.ledger import read
from creditlib.errors import InputError

_spec = importlib.util.spec_from_file_location(
    "ledger_shapes", Path(__file__).with_name("ledger_shapes.py")
)
ledger_shapes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ledger_shapes)

OPEN_ITEMS = ["客户编码", "客户名称", "发票号", "开票日期", "到期日", "金额", "未收金额"]
WITH_SIDES = ["客户编码", "客户名称", "发票号", "到期日", "方向", "金额", "未收金额"]
SIDES = {"借": 1, "贷": -1, "借方": 1, "贷方": -1, "Dr": 1, "Cr": -1, "-": -1}
JOURNAL = ["客户编码", "凭证号", "日期", "摘要", "借方", "贷方"]
NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,2})?|[+-]?\d{1,3}(,\d{3}){1,3}(\.\d{1,2})?")
PAID = "已收金额"
NASTY = [
    "", " ", "-", "合计", "小计：", "Total", "期初余额", "期末余额", "本页小计", "客户：丙",
    "#REF!", "#N/A", "abc",
    "12.5.3", "1,23", "(", ")", "1 2", "10²", "壹万", "12%", "1e5", "NaN", "inf", "NULL",
    "99999999999999", "--5", "5-", "(7.00)", "￥8.00", "9.00贷", "3/4/2025", "13/4/2025",
    "4/13/2025", "2025-02-30", "2025-13-01", "20250301", "45717", "1899-01-01", "0", "\u200b",
    "未收金额", "金额", "借方", "a\nb", '"', ";", "１２．５", "USD", "1.234", "1.234,50", "-100.00",
    "0.005", "2025-06-01 00:00:00",
]  # fmt: skip


def money(cents):
    return f"{cents / 100:.2f}"


# Of the nasty cells: amounts written in another way, and those that may be read or refused.
AMOUNTS = {"": "0", "-": "0", "NULL": "0", "\u200b": "0", "5-": "-5", "(7.00)": "-7", "￥8.00": "8",
           "9.00贷": "-9", "１２．５": "12.5", "0.005": "0"}  # fmt: skip
EITHER = {"1,23", "1.234", "1.234,50"}


def number(cell):
    """What a cell comes to, read without creditlib; None if it is no amount."""
    cell = cell.strip()
    if cell in AMOUNTS:
        return Decimal(AMOUNTS[cell])
    return Decimal(cell.replace(",", "")) if NUMBER.fullmatch(cell) else None


@st.composite
def open_items(draw):
    """Rows of an open item list and its total."""
    rows, total = [], [0, 0]
    for place in range(draw(st.integers(2, 12))):
        amount = draw(st.integers(100, 10**9))
        rest = draw(st.integers(1, amount))
        customer = draw(st.sampled_from("ABC"))
        day = date(2025, draw(st.integers(1, 9)), draw(st.integers(1, 28)))
        due = day.replace(month=day.month + 2)
        rows.append(
            [
                customer,
                f"{customer}公司",
                f"I{place:03}",
                f"{day}",
                f"{due}",
                money(amount),
                money(rest),
            ]
        )
        total = [total[0] + amount, total[1] + rest]
    return [*rows, ["合计", "", "", "", "", money(total[0]), money(total[1])]]


@st.composite
def items_with_sides(draw):
    """The same with a side beside amounts that have no sign; the total is the net one."""
    *rows, _ = draw(open_items())
    net = [0, 0]
    for row in rows:
        row[3:5] = row[4], draw(st.sampled_from(["借", "借", "贷"]))
        for place in (5, 6):
            net[place - 5] += SIDES[row[4]] * round(100 * float(row[place]))
    return [*rows, ["合计", "", "", "", "", *map(money, net)]]


@st.composite
def journal(draw):
    """Rows of a journal and its total."""
    rows, total = [], [0, 0]
    for place in range(draw(st.integers(2, 14))):
        cents = draw(st.integers(100, 10**9))
        side = draw(st.integers(0, 1))
        total[side] += cents
        cells = [money(cents), ""] if side == 0 else ["", money(cents)]
        words = ["销售商品", "收到货款"][side]
        day = f"2025-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02}"
        rows.append([draw(st.sampled_from("AB")), f"V{place:03}", day, words, *cells])
    return [*rows, ["合计", "", "", "", *map(money, total)]]


@st.composite
def broken(draw, table, edits=("cell", "delete", "double", "shuffle", "blank", "short")):
    """Do a few things to the rows of a table."""
    rows = [list(row) for row in draw(table)]
    for _ in range(draw(st.integers(0, 4))):
        edit = draw(st.sampled_from(edits))
        at = draw(st.integers(0, len(rows) - 1))
        if edit == "cell" and rows[at]:
            rows[at][draw(st.integers(0, len(rows[at]) - 1))] = draw(
                st.sampled_from(NASTY) | st.integers(-(10**9), 10**9).map(money)
            )
        elif edit == "delete" and len(rows) > 2:
            del rows[at]
        elif edit == "double":
            rows.insert(draw(st.integers(0, len(rows))), list(rows[at]))
        elif edit == "shuffle":
            rows = draw(st.permutations(rows))
        elif edit == "blank":
            rows.insert(at, [""] * len(rows[0]))
        elif edit == "short" and len(rows[at]) > 1:
            del rows[at][draw(st.integers(1, len(rows[at]) - 1)) :]
    return rows


def write(folder, heading, rows):
    path = folder / "broken.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading, *rows])
    return path


def read_or_explained(path, **options):
    """The ledger, or None if the file is refused in one sentence."""
    try:
        return read(path, **options)
    except InputError as error:
        said = str(error)
    assert said
    assert "\n" not in said
    return None


def warned(ledger):
    """What is said beyond the warnings that whole files of this kind have."""
    usual = "ledger.no_due_dates"
    return [p for p in ledger.problems if p.severity != "note" and p.key != usual]


def held(ledger):
    return sum((Decimal(f"{amount:.2f}") for amount in ledger.balance.values()), Decimal(0))


def check_conservation(ledger, rows, effect):
    """`effect(row)`: what the row's cells come to, None where one of them is no number."""
    left_out = set(ledger.left_out["row"])
    totals = {check.row for check in ledger.control}
    totals |= {p.row for p in ledger.problems if p.key == "ledger.total_unreadable"}
    kept = [
        (place, effect(row))
        for place, row in enumerate(rows, start=2)
        if place not in left_out | totals
    ]
    assert all(check.agrees for check in ledger.control if check.row is None)
    doubtful = {place for place, amount in kept if amount is None}
    assert all(EITHER & set(map(str.strip, rows[place - 2])) for place in doubtful)
    if not doubtful:
        rounded = any(problem.key == "ledger.rounded" for problem in ledger.problems)
        clear = sum((amount for _, amount in kept), Decimal(0))
        assert abs(held(ledger) - clear) <= (Decimal("0.05") if rounded else 0)
    errors = {problem.row for problem in ledger.problems if problem.severity == "error"}
    assert left_out <= errors
    for check in ledger.control:
        named = any(p.row == check.row and p.severity == "warning" for p in ledger.problems)
        assert check.agrees or named


def last_cell(row):
    return number(row[6] if len(row) > 6 else "")


def balance_by_side(ledger):
    """What a row's balance comes to by its side, read without creditlib's own signs.

    Where every credit is below zero, the amounts have their signs already, and a warning says so.
    """
    signed = any(
        p.key == "ledger.sides_and_signs" and p.column == "未收金额" for p in ledger.problems
    )

    def effect(row):
        amount, side = last_cell(row), SIDES.get(row[4].strip() if len(row) > 4 else "")
        if not amount:
            return amount
        return None if side is None else amount if signed else side * amount

    return effect


def debit_less_credit(row):
    amounts = [number(row[place] if len(row) > place else "") for place in (4, 5)]
    return None if None in amounts else amounts[0] - amounts[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("broken")


ONCE = settings(
    max_examples=int(os.environ.get("LEDGER_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@ONCE
@given(rows=broken(open_items()))
def test_the_balances_of_a_broken_list_are_in_the_frames_or_named(folder, rows):
    ledger = read_or_explained(write(folder, OPEN_ITEMS, rows))
    if ledger is not None and ledger.kind == "open_items":
        check_conservation(ledger, rows, last_cell)


@ONCE
@given(rows=broken(items_with_sides()))
@example(rows=[["A", "甲", "1", "2025-02-01", "借", "80.00", "80.00"],
               ["A", "甲", "2", "2025-02-01", "贷", "50.00", "50.00"],
               ["合计", "", "", "", "", "30.00", "30.00"]])  # fmt: skip
def test_the_balances_of_a_broken_list_with_sides_are_in_the_frames_or_named(folder, rows):
    ledger = read_or_explained(write(folder, WITH_SIDES, rows))
    if ledger is not None and ledger.kind == "open_items":
        check_conservation(ledger, rows, balance_by_side(ledger))


@ONCE
@given(rows=items_with_sides(), name=st.sampled_from(["方向", "Dr/Cr", "记账标记", "类型", "状态"]))
def test_sides_count_whatever_their_column_is_called(folder, rows, name):
    heading = [name if cell == "方向" else cell for cell in WITH_SIDES]
    ledger = read_or_explained(write(folder, heading, rows))
    assert held(ledger) == number(rows[-1][6])


@ONCE
@given(rows=broken(items_with_sides(), edits=("cell", "delete", "double", "shuffle")))
def test_a_net_total_that_is_not_the_file_s_own_is_never_silent(folder, rows):
    totals = [row for row in rows if row[0] == "合计" and number(row[6]) is not None]
    assume(len(totals) == 1 and not totals[0][4].strip())
    ledger = read_or_explained(write(folder, WITH_SIDES, rows))
    if ledger is not None and held(ledger) != number(totals[0][6]):
        assert warned(ledger)


@ONCE
@given(rows=broken(journal()))
def test_the_postings_of_a_broken_journal_are_in_the_frames_or_named(folder, rows):
    ledger = read_or_explained(write(folder, JOURNAL, rows))
    if ledger is not None:
        check_conservation(ledger, rows, debit_less_credit)


@ONCE
@given(rows=broken(open_items(), edits=("cell", "delete", "double", "shuffle")), data=st.data())
def test_a_total_that_is_not_the_file_s_own_is_never_silent(folder, rows, data):
    """If the file still has its totals row, what is read is that total or something is said."""
    totals = [row for row in rows if row[0] == "合计" and number(row[6]) is not None]
    assume(len(totals) == 1)
    ledger = read_or_explained(write(folder, OPEN_ITEMS, rows))
    if ledger is not None and held(ledger) != number(totals[0][6]):
        assert warned(ledger)


@ONCE
@given(
    table=open_items(),
    place=st.integers(0, 6),
    word=st.sampled_from([*NASTY, "贷方", PAID, "币种", "方向", "客户", "ignore", "摘要"]),
)
@example(table=[["A", "甲", "1", "2025-01-01", "2025-02-01", "5.00", "4.00"],
                ["B", "乙", "2", "2025-01-01", "2025-02-01", "6.00", "6.00"],
                ["合计", "", "", "", "", "11.00", "10.00"]], place=5, word="贷方")  # fmt: skip
def test_a_heading_that_was_overwritten_gives_the_total_or_a_finding(folder, table, place, word):
    heading = list(OPEN_ITEMS)
    heading[place] = word
    owed = number(table[-1][6])
    if place == 6 and word == PAID:  # another file, as true as the first: amounts and what was paid
        owed = number(table[-1][5]) - owed
    ledger = read_or_explained(write(folder, heading, table))
    if ledger is not None and held(ledger) != owed:
        assert warned(ledger)


@ONCE
@given(table=open_items(), data=st.data())
def test_a_file_that_was_cut_off_is_noticed(folder, table, data):
    """Cut between two rows, a file without its totals row cannot be told from a shorter one."""
    path = write(folder, OPEN_ITEMS, table)
    content = path.read_bytes()
    content = content[: data.draw(st.integers(len(content) // 4, len(content) - 2))]
    assume(not content.endswith((b"\n", b"\r")))
    path.write_bytes(content)
    ledger = read_or_explained(path)
    if ledger is not None and held(ledger) != number(table[-1][6]):
        assert warned(ledger)


@ONCE
@given(table=open_items(), data=st.data(), junk=st.binary(min_size=1, max_size=6))
def test_stray_bytes_give_the_total_or_a_finding(folder, table, data, junk):
    """Bytes put between others; digits and signs of numbers make another file, not a broken one."""
    assume(not re.search(rb"[0-9.,+\-()]", junk))
    path = write(folder, OPEN_ITEMS, table)
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content)))
    path.write_bytes(content[:at] + junk + content[at:])
    ledger = read_or_explained(path)
    if ledger is not None and held(ledger) != number(table[-1][6]):
        assert warned(ledger)


@ONCE
@given(
    table=open_items(),
    written=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_every_usual_encoding_gives_the_total(folder, table, written):
    path = write(folder, OPEN_ITEMS, table)
    path.write_bytes(path.read_text(encoding="utf-8").encode(written))
    assert held(read(path)) == number(table[-1][6])


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "euc-jp", "cp1252", "utf-7", "utf-32"])
def test_a_strange_encoding_is_read_or_explained(folder, encoding):
    rows = [["A", "甲公司", "1", "2025-01-01", "2025-02-01", "5.00", "4.00"]] * 3
    text = io.StringIO()
    csv.writer(text).writerows([OPEN_ITEMS, *rows])
    path = folder / "strange.csv"
    path.write_bytes(text.getvalue().encode(encoding, errors="replace"))
    ledger = read_or_explained(path)
    assert ledger is None or held(ledger) == 12 or warned(ledger)


@ONCE
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_explained(folder, content):
    for name in ("bytes.csv", "bytes.xlsx"):
        path = folder / name
        path.write_bytes(content)
        read_or_explained(path)


@settings(ONCE, max_examples=30)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_explained(folder, data):
    make = data.draw(st.sampled_from([ledger_shapes.kingdee_open_items, ledger_shapes.old_excel]))
    truth = make(folder)
    content = bytearray(truth.path.read_bytes())
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    else:
        for _ in range(data.draw(st.integers(1, 20))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    truth.path.write_bytes(bytes(content))
    ledger = read_or_explained(truth.path)
    if ledger is not None:
        wrong = held(ledger) != sum(truth.owed.values())
        assert not wrong or warned(ledger)


@settings(ONCE, max_examples=40)
@given(data=st.data())
def test_any_shape_with_cells_overwritten_keeps_its_own_account(folder, data):
    """Whatever stands where, the frames hold what the cells of the rows that were read come to."""
    shapes = [
        make for make in ledger_shapes.SHAPES if make(folder).path.suffix in (".csv", ".xlsx")
    ]
    truth = data.draw(st.sampled_from(shapes))(folder)
    rows, put = _rows(truth.path), []
    for _ in range(data.draw(st.integers(1, 5))):
        row = data.draw(st.sampled_from([row for row in rows if row]))
        put.append(data.draw(st.sampled_from(NASTY)))
        row[data.draw(st.integers(0, len(row) - 1))] = put[-1]
    path = write(folder, rows[0], rows[1:])
    ledger = read_or_explained(path, **truth.options)
    if ledger is None:
        return
    assert all(check.agrees for check in ledger.control if check.row is None)
    assert set(ledger.left_out["row"]) <= {p.row for p in ledger.problems if p.severity == "error"}
    unit = any(problem.key == "ledger.unit" for problem in ledger.problems)
    # Without totals, a file with another amount in it is another file.
    noticeable = truth.checks or not any(number(cell) is not None or cell in EITHER for cell in put)
    if held(ledger) != sum(truth.owed.values()) and not unit and noticeable:
        assert warned(ledger)


def _rows(path):
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = path.read_text(encoding=encoding)
        except UnicodeDecodeError:
            continue
        delimiter = ";" if text.count(";") > text.count(",") else ","
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    raise AssertionError(path)
