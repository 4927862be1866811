"""The user's own ledger: every shape of file gives its true totals, or says what it lacks."""

import importlib.util
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from creditlib.data.ledger import read
from creditlib.errors import InputError

_spec = importlib.util.spec_from_file_location(
    "ledger_shapes", Path(__file__).with_name("ledger_shapes.py")
)
ledger_shapes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ledger_shapes)


def cents(amounts):
    return {key: Decimal(f"{amount:.2f}") for key, amount in amounts.items() if round(amount, 2)}


def owed_by_customer(ledger):
    owed = ledger.invoices.groupby(["currency", "customer_id"])["amount"].sum()
    for frame in (ledger.payments, ledger.credit_notes):
        owed = owed.sub(frame.groupby(["currency", "customer_id"])["amount"].sum(), fill_value=0)
    return cents(owed.to_dict())


@pytest.fixture(params=ledger_shapes.SHAPES, ids=lambda make: make.__name__, scope="module")
def truth(request, tmp_path_factory):
    return request.param(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def ledger(truth):
    return read(truth.path, **truth.options)


def test_the_shape_is_recognised(truth, ledger):
    assert ledger.kind == truth.kind


def test_what_is_owed_is_the_truth_per_currency(truth, ledger):
    assert cents(ledger.balance) == cents(truth.owed)


def test_what_is_owed_is_the_truth_per_customer(truth, ledger):
    assert owed_by_customer(ledger) == cents(truth.by_customer)


def test_what_was_sold_is_the_truth_or_at_least_what_is_still_owed(truth, ledger):
    """Some shapes do not say what was sold: then no less than their balances."""
    billed = cents(ledger.invoices.groupby("currency")["amount"].sum())
    if truth.invoices is None:
        assert all(billed[currency] >= owed for currency, owed in cents(truth.owed).items())
    else:
        assert billed == cents(truth.invoices)


def test_what_settles_no_invoice_is_shown_apart(truth, ledger):
    assert cents(ledger.unapplied.groupby("currency")["amount"].sum()) == cents(truth.unapplied)


def test_the_open_items_come_to_what_is_owed(truth, ledger):
    """After the last posting; unapplied cash and credit balances are not in the open items."""
    found = ledger.open_items("2026-12-31").groupby("currency")["open_amount"].sum()
    apart = ledger.unapplied.groupby("currency")["amount"].sum()
    assert cents(found.sub(apart, fill_value=0)) == cents(truth.owed)


def test_the_totals_of_the_file_agree_with_what_was_read(truth, ledger):
    stated = [check for check in ledger.control if check.row is not None]
    assert len(stated) >= truth.checks
    assert [check for check in ledger.control if not check.agrees] == []


def test_nothing_is_left_out_and_nothing_unexpected_is_warned_of(truth, ledger):
    assert ledger.left_out.empty
    keys = {problem.key.removeprefix("ledger.") for problem in ledger.problems}
    assert truth.keys <= keys
    expected = truth.keys | {"no_due_dates"}
    assert [p for p in ledger.problems if p.severity != "note" and p.key[7:] not in expected] == []


def test_the_day_of_the_ledger_is_the_title_s_or_the_latest(truth, ledger):
    if truth.as_of:
        assert ledger.as_of == truth.as_of
    assert ledger.as_of_from in {"argument", "title", "latest"}


def test_every_message_reads_in_both_languages(truth, ledger, lang):
    assert all(problem.message for problem in ledger.problems)
    assert ledger.describe().shape == (len(ledger.mapping), 3)


HEADING = "客户名称,发票号,开票日期,到期日,金额,未收金额\n"


@pytest.fixture
def written(tmp_path):
    def write(content, name="ledger.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


def keys(ledger, severity=None):
    return {p.key[7:] for p in ledger.problems if severity in (None, p.severity)}


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.csv", "is empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "a.csv", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.xlsx", "PNG file under another name"),
        (b"%PDF-1.7\n", "a.csv", "PDF file under another name"),
        (b"PK\x03\x04" + bytes(60), "a.xlsx", "not a whole Excel workbook"),
        (ledger_shapes.excel_97([["a"]]).replace(b"W\0o\0r\0k\0b\0o\0o\0k\0", b"X\0" * 8)
         + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "protected by a password"),
        (b"<html><body><p>Session expired</p></body></html>", "a.xls", "web page without a table"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "a.xls", "save it as .xlsx"),
        (bytes(range(256)) * 9, "a.csv", "holds no table"),
        ("客户名称,发票号,开票日期\n甲,1,2025-01-01\n", "a.csv",
         "no column that is known as an amount; its headings: 客户名称, 发票号, 开票日期.*mapping"),
        ("发票号,开票日期,金额\n1,2025-01-01,5\n", "a.csv",
         "no column that is known as the customer; its headings: 发票号, 开票日期, 金额.*mapping"),
        (HEADING, "a.csv", "no data below it"),
        ("客户名称,未收金额\n甲,5\n", "a.csv", "no date that can be read"),
        ("Customer,Current,1-30,31-60\nA,5,6,7\n", "a.csv", "add as_of="),
        ("Customer,Date,Amount\nA,3/1/2025,5\nB,4/2/2025,6\n", "a.csv", "invoice_date:dmy"),
        ("Customer,Date,Amount\nA,25-03-01,5\nB,12-11-10,6\n", "a.csv", None),
        ("Customer,Date,Amount\nA,2025-03-01,1.234\n", "a.csv", "amount:point"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_with_a_way_out(
    written, in_english, content, name, says
):
    path = written(content, name)
    if says is None:
        assert read(path).invoices["invoice_date"].dt.year.tolist() == [2025, 2012]
        return
    with pytest.raises(InputError, match=says) as refused:
        read(path)
    assert "\n" not in str(refused.value)


def test_a_folder_and_a_missing_file_are_explained(tmp_path, in_english):
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"none": "amount"}, "does not have; its headings: 客户名称"),
        ({"金额": "price"}, "“price” is no meaning"),
        ({"金额": "amount:dmy"}, "“dmy” cannot stand behind"),
    ],
)
def test_a_mapping_that_fits_nothing_is_explained(written, in_english, mapping, says):
    with pytest.raises(InputError, match=says):
        read(written(HEADING + "甲,1,2025-01-01,2025-02-01,5,5\n"), mapping)


def test_the_user_s_mapping_comes_before_the_names(written):
    path = written("who,what,when,金额,很多\n甲,1,2025-01-01,9,5\n")
    ledger = read(path, {"who": "customer_name", "when": "invoice_date", "很多": "balance",
                         "金额": "ignore"})  # fmt: skip
    assert ledger.balance == {"CNY": 5.0}
    assert [(column.meaning, column.how) for column in ledger.mapping] == [
        ("customer_name", "user"), ("", ""), ("invoice_date", "user"), ("ignore", "user"),
        ("balance", "user"),
    ]  # fmt: skip


@pytest.mark.parametrize(("order", "day"), [("dmy", "2025-01-03"), ("mdy", "2025-03-01")])
def test_the_user_decides_between_day_and_month(written, order, day):
    path = written("Customer,Date,Amount\nA,3/1/2025,5\n")
    ledger = read(path, {"Date": f"invoice_date:{order}"})
    assert ledger.invoices["invoice_date"].tolist() == [pd.Timestamp(day)]


def test_a_date_that_decides_speaks_for_its_column_and_for_the_others(written):
    path = written("Customer,Date,Due Date,Amount\nA,3/1/2025,3/2/2025,5\nA,25/1/2025,4/3/2025,6\n")
    ledger = read(path)
    assert ledger.invoices["invoice_date"].dt.month.tolist() == [1, 1]
    assert ledger.invoices["due_date"].dt.month.tolist() == [2, 3]
    assert "date_order_of_others" in keys(ledger, "note")


def test_of_both_orders_in_one_column_the_doubtful_rows_are_left_out(written):
    rows = ["25/1/2025,1", "1/25/2025,2", "3/4/2025,4", "5/5/2025,8"]
    ledger = read(written("Customer,Date,Amount\n" + "".join(f"A,{row}\n" for row in rows)))
    assert ledger.balance == {"": 11.0}
    assert [(p.row, p.value) for p in ledger.problems if p.severity == "error"] == [(4, "3/4/2025")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", 1234.5), ("￥1,234.50", 1234.5), ("RMB 1234.5", 1234.5), ("$ 5", 5.0),
        ("(20.00)", -20.0), ("-20", -20.0), ("20.00-", -20.0), ("−20.00", -20.0), ("＄７", 7.0),
        ("１２３．４５", 123.45), ("1 234.50", 1234.5), ("1'234.50", 1234.5), ("5.00 Cr", -5.0),
        ("5.00借", 5.0), ("5.00元", 5.0), ("1.5万", 15000.0), ("1,234,567.00", 1234567.0),
        ("+3.1", 3.1),
        ("-￥7.25", -7.25), ("￥-7.25", -7.25), ("(￥7.25)", -7.25),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written(written, cell, value):
    ledger = read(written(f'客户,日期,到期日,余额\n甲,2025-01-01,2025-02-01,"{cell}"\n'))
    assert sum(ledger.balance.values()) == value
    assert keys(ledger, "error") == set()


@pytest.mark.parametrize(
    "cell",
    ["abc", "12.5.3", "1,23.00", "1 2", "10²", "12%", "1e5", "NaN", "#REF!", "--5", "壹", "9" * 14],
)  # fmt: skip
def test_what_is_no_amount_leaves_its_row_out_and_is_named(written, cell):
    body = f'甲,1,2025-01-01,2025-02-01,7.50,"{cell}"\n乙,2,2025-01-02,2025-02-01,7.50,5.25\n'
    ledger = read(written(HEADING + body))
    assert ledger.balance == {"CNY": 5.25}
    error = next(p for p in ledger.problems if p.severity == "error")
    assert (error.row, error.column, error.value) == (2, "未收金额", cell)
    assert ledger.left_out["row"].tolist() == [2]


def test_decimal_commas_are_understood_by_the_whole_column(written):
    body = 'Customer;Date;Amount\nA;2025-01-01;"1.234"\nA;2025-01-02;"2.000,50"\n'
    assert read(written(body)).balance == {"": 3234.5}


def test_a_total_that_does_not_agree_is_a_warning_with_both_numbers(written, in_english):
    ledger = read(written(HEADING + "甲,1,2025-01-01,2025-02-01,5,5\n合计,,,,6,5\n"))
    warning = next(p for p in ledger.problems if p.key == "ledger.total_differs")
    assert warning.message == (
        "row 3, column “金额”: the file's “合计” is 6.00, the rows come to 5.00: a difference of"
        " 1.00. Look for rows that are missing, there twice or changed."
    )


def test_an_invoice_number_that_is_there_twice_counts_twice_and_is_named(written):
    row = "甲,1,2025-01-01,2025-02-01,5,5\n"
    ledger = read(written(HEADING + row + row))
    assert ledger.balance == {"CNY": 10.0}
    assert ledger.invoices["invoice_id"].tolist() == ["1", "1 #3"]
    assert [p.row for p in ledger.problems if p.key == "ledger.duplicate_invoice"] == [3]


def test_a_receipt_settles_the_oldest_first_and_the_rest_is_shown_apart(tmp_path):
    ledger = read(ledger_shapes.receipts_on_account(tmp_path).path)
    pieces = ledger.payments[["payment_id", "invoice_id", "amount"]].to_numpy().tolist()
    assert pieces == [
        ["p1", "1", 100.0], ["p1/2", "2", 50.0], ["p2", "3", 80.0], ["p2/2", "", 15.5],
        ["p3", "", 10.0],
    ]  # fmt: skip
    assert ledger.unapplied["customer_id"].tolist() == ["B", "C"]


def test_a_receipt_s_own_number_is_not_the_invoice_it_settles(written):
    rows = ["invoice,1,2025-01-01,100", "invoice,2,2025-02-01,100", "payment,2,2025-03-01,-100"]
    text = "customer,type,document no,date,amount\n" + "".join(f"A,{row}\n" for row in rows)
    assert read(written(text)).payments["invoice_id"].tolist() == ["1"]


def test_rows_that_a_stray_quotation_mark_has_swallowed_are_named(written):
    rows = ['甲,"1,2025-01-01,2025-02-01,5,5', "乙,2,2025-01-01,2025-02-01,6,6",
            '丙,3",2025-01-01,2025-02-01,7,7', "丁,4,2025-01-01,2025-02-01,8,8"]  # fmt: skip
    ledger = read(written(HEADING + "\n".join(rows) + "\n"))
    assert ledger.balance == {"CNY": 15.0}
    errors = [(p.row, p.key) for p in ledger.problems if p.severity == "error"]
    assert errors == [(2, "ledger.swallowed")]


def test_a_refund_is_owed_again_and_named(written):
    rows = ["invoice,1,2025-01-01,100", "payment,2,2025-02-01,-100", "refund,3,2025-03-01,30"]
    text = "customer,type,document no,date,amount\n" + "".join(f"A,{row}\n" for row in rows)
    ledger = read(written(text))
    assert ledger.balance == {"": 30.0}
    assert [p.row for p in ledger.problems if p.key == "ledger.owed_again"] == [4]


def test_amounts_under_an_unknown_name_are_named(written, in_english):
    rows = "甲,1,2025-01-01,120.50,20.50\n乙,2,2025-01-01,99.00,99.00\n"
    ledger = read(written("客户,发票号,开票日期,金额,尚欠数\n" + rows))
    messages = [p.message for p in ledger.problems if p.key == "ledger.unknown_amounts"]
    assert messages == [
        "column “尚欠数”: the column looks like amounts (“20.50”), but its name is not known and "
        'it was not used; if it matters, name it: mapping={"尚欠数": "balance"}.'
    ]


def test_an_opening_balance_among_invoices_is_left_out_and_named(written):
    rows = "甲,期初余额,2025-01-01,,5,\n甲,1,2025-01-02,2025-02-01,7,7\n"
    ledger = read(written(HEADING + rows))
    assert ledger.balance == {"CNY": 7.0}
    assert [(p.row, p.key) for p in ledger.problems if p.severity == "error"] == [
        (2, "ledger.unaccounted")
    ]


def test_currencies_are_never_added_together(written):
    rows = [
        "A,1,2025-01-01,USD,5",
        "A,2,2025-01-01,CNY,7",
        "A,3,2025-01-01,,9",
        "A,4,2025-01-01,XYZW,1",
    ]
    ledger = read(written("customer,invoice,date,currency,amount\n" + "\n".join(rows) + "\n"))
    assert ledger.balance == {"CNY": 7.0, "USD": 5.0}
    assert ledger.left_out["row"].tolist() == [4, 5]


def test_a_cell_with_an_error_of_excel_is_named(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    rows = [["客户", "日期", "余额"], ["甲", "2025-01-01", 5], ["乙", "2025-01-02", "#N/A"],
            ["丙", "2025-01-03", "=B1*2"]]  # fmt: skip
    for row in rows:
        book.active.append(row)
    book.active["C3"].data_type = "e"
    book.save(tmp_path / "errors.xlsx")
    ledger = read(tmp_path / "errors.xlsx")
    assert ledger.balance == {"CNY": 5.0}
    named = [(p.row, p.value) for p in ledger.problems if p.severity == "error"]
    assert named == [(3, "#N/A"), (4, "#NOT-CALCULATED")]


def test_of_several_sheets_one_is_read_and_the_others_are_named(tmp_path, in_english):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["这是说明"])
    for name, amount in (("一月", 5), ("二月", 6)):
        sheet = book.create_sheet(name)
        sheet.append(["客户", "日期", "余额"])
        sheet.append(["甲", "2025-01-01", amount])
    book.save(tmp_path / "sheets.xlsx")
    ledger = read(tmp_path / "sheets.xlsx")
    assert (ledger.sheet, ledger.balance) == ("一月", {"CNY": 5.0})
    assert [p.value for p in ledger.problems if p.key == "ledger.other_sheet"] == ["二月"]
    assert read(tmp_path / "sheets.xlsx", sheet="二月").balance == {"CNY": 6.0}
    with pytest.raises(InputError, match="no sheet “三月”; its sheets: 说明, 一月, 二月"):
        read(tmp_path / "sheets.xlsx", sheet="三月")


def test_what_is_written_for_pages_is_in_the_language_in_use(tmp_path, in_english):
    ledger = read(ledger_shapes.kingdee_open_items(tmp_path).path)
    assert ledger.describe().to_numpy().tolist()[5:] == [
        ["价税合计", "amount", "its name"],
        ["未收金额", "balance", "its name"],
        ["业务员", "left out", "its name"],
    ]
