"""What a ledger says of sides, units, totals and ages is used, or it is said that it is not."""

import importlib.util
from datetime import timedelta
from pathlib import Path

import pytest

from creditlib.data.ledger import read
from creditlib.data.ledger.rules import bucket_of
from creditlib.errors import InputError
from creditlib.i18n import text

_spec = importlib.util.spec_from_file_location(
    "ledger_shapes", Path(__file__).with_name("ledger_shapes.py")
)
ledger_shapes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ledger_shapes)

ITEMS = "客户,发票号,开票日期,到期日,方向,未收金额\n"
TWO = "甲,1,2025-01-01,2025-02-01,借,80\n甲,2,2025-01-05,2025-02-05,贷,50\n"
ENGLISH = "Customer,Invoice,Date,Due Date,Balance\nA,1,2025-01-01,2025-02-01,80\n"
CHINESE = "客户,发票号,开票日期,到期日,未收金额\n甲,1,2025-01-01,2025-02-01,80\n"


@pytest.fixture
def ledger_of(tmp_path):
    def make(content, name="ledger.csv", **options):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read(path, **options)

    return make


def found(ledger, key):
    return [problem for problem in ledger.problems if problem.key == f"ledger.{key}"]


def severe(ledger):
    return {p.key[7:] for p in ledger.problems if p.severity != "note"}


# Sides


@pytest.mark.parametrize("total", ["", "合计,,,,,30\n", "合计,,,,借,30\n"])
def test_a_side_beside_the_balance_of_open_items_is_its_sign(ledger_of, total):
    ledger = ledger_of(ITEMS + TWO + total)
    assert (ledger.kind, ledger.balance) == ("open_items", {"CNY": 30.0})
    assert severe(ledger) == set()
    assert all(check.agrees for check in ledger.control)


def test_a_side_counts_for_amount_payment_and_rest_of_an_invoice(ledger_of):
    ledger = ledger_of(
        "客户,发票号,开票日期,到期日,方向,金额,已收金额\n"
        "甲,1,2025-01-01,2025-02-01,借,100,20\n甲,2,2025-01-05,2025-02-05,贷,50,10\n"
    )
    assert (ledger.kind, ledger.balance) == ("invoices", {"CNY": 40.0})  # 80 − 40
    assert ledger.invoices["amount"].tolist() == [100.0]


@pytest.mark.parametrize("balances", [(100, 70, 120, -30), (100, 70, 120, 30)])
def test_beside_a_running_balance_the_side_is_that_of_the_posting(ledger_of, balances):
    rows = ["2025-01-01,借,100", "2025-01-05,贷,30", "2025-02-01,借,50", "2025-02-05,贷,150"]
    lines = (f"甲,{row},{balance}\n" for row, balance in zip(rows, balances, strict=True))
    ledger = ledger_of("客户,日期,方向,金额,余额\n" + "".join(lines))
    assert (ledger.kind, ledger.balance) == ("journal", {"CNY": -30.0})
    assert severe(ledger) == {"no_due_dates"}


def test_amounts_with_signs_of_their_own_keep_them_and_it_is_said(ledger_of):
    ledger = ledger_of(ITEMS + TWO.replace("贷,50", "贷,-50"))
    assert ledger.balance == {"CNY": 30.0}
    assert [p.column for p in found(ledger, "sides_and_signs")] == ["未收金额"]


def test_of_credits_one_below_zero_is_one_taken_back_and_named(ledger_of):
    ledger = ledger_of(ITEMS + TWO + "甲,3,2025-01-05,2025-02-05,贷,-7\n")
    assert ledger.balance == {"CNY": 37.0}
    assert [(p.row, p.value) for p in found(ledger, "credit_below_zero")] == [(4, -7.0)]


def test_debits_that_all_stand_below_zero_are_named(ledger_of):
    ledger = ledger_of(ITEMS + TWO.replace("借,80", "借,-80"))
    assert len(found(ledger, "debits_below_zero")) == 1


def test_a_row_without_a_side_is_left_out_and_named(ledger_of):
    ledger = ledger_of(ITEMS + TWO.replace("贷,50", ",50"))
    assert ledger.balance == {"CNY": 80.0}
    assert [(p.row, p.column) for p in found(ledger, "bad_direction")] == [(3, "方向")]


def test_an_empty_column_of_sides_says_nothing(ledger_of):
    ledger = ledger_of(ITEMS + TWO.replace("借", "").replace("贷", ""))
    assert (ledger.balance, severe(ledger)) == ({"CNY": 130.0}, set())


@pytest.mark.parametrize("name", ["记账符号", "类型", "状态", "Note 2"])
def test_debit_and_credit_are_recognised_under_any_heading(ledger_of, name):
    ledger = ledger_of(ITEMS.replace("方向", name) + TWO)
    assert ledger.balance == {"CNY": 30.0}
    column = next(column for column in ledger.mapping if column.heading == name)
    assert (column.meaning, column.how) == ("direction", "values")


def test_letters_that_may_be_sides_are_asked_about(ledger_of):
    content = ITEMS.replace("方向", "标志") + TWO.replace("借", "D").replace("贷", "C")
    assert [p.column for p in found(ledger_of(content), "may_be_direction")] == ["标志"]
    assert ledger_of(content, mapping={"标志": "direction"}).balance == {"CNY": 30.0}


def test_credit_notes_without_a_sign_reduce_what_is_owed_by_their_type(ledger_of):
    content = (
        "Customer,Invoice,Date,Due Date,Type,Open Balance\n"
        "A,1,2025-01-01,2025-02-01,Invoice,80\nA,2,2025-01-05,2025-02-05,Credit Memo,50\n"
    )
    ledger = ledger_of(content + "Total,,,,,30\n")
    assert (ledger.kind, ledger.balance, severe(ledger)) == ("open_items", {"": 30.0}, set())
    assert len(found(ledger, "signs_by_type")) == 1


def test_a_remark_that_an_invoice_is_paid_in_part_makes_no_receipt_of_it(ledger_of):
    content = "客户,发票号,开票日期,到期日,备注,未收金额\n甲,1,2025-01-01,2025-02-01,已收款50%,80\n"
    assert ledger_of(content).balance == {"CNY": 80.0}


# Units and currencies


@pytest.mark.parametrize(
    ("content", "owed"),
    [
        ("金额单位：人民币千元\n" + CHINESE, {"CNY": 80_000.0}),
        ("（以人民币万元列示）\n" + CHINESE, {"CNY": 800_000.0}),
        ("台账,,,,\n单位,万元,,币别,美元\n" + CHINESE, {"USD": 800_000.0}),
        (CHINESE.replace("未收金额", "未收金额（万元）"), {"CNY": 800_000.0}),
        (CHINESE.replace("未收金额", "未收金额/千元"), {"CNY": 80_000.0}),
        (CHINESE + "单位：万元,,,,\n", {"CNY": 800_000.0}),
        ("单位：万美元\n" + CHINESE, {"USD": 800_000.0}),
        ("美元应收账款明细表\n" + CHINESE.replace("未收金额", "未收金额（元）"), {"USD": 80.0}),
        ("单位：元  币别：港币\n" + CHINESE, {"HKD": 80.0}),
        ("Open items (in thousands of USD)\n" + ENGLISH, {"USD": 80_000.0}),
        ("Amounts in EUR millions\n" + ENGLISH, {"EUR": 80_000_000.0}),
        ("USD'000\n" + ENGLISH, {"USD": 80_000.0}),
        (ENGLISH.replace("Balance", "Balance ($000)"), {"": 80_000.0}),
        (ENGLISH.replace("Balance", "Balance in thousands"), {"": 80_000.0}),
        (ENGLISH.replace("Balance", "Balance (ZAR)"), {"ZAR": 80.0}),
    ],
)
def test_what_amounts_are_counted_in_is_honoured(ledger_of, content, owed):
    ledger = ledger_of(content)
    assert (ledger.balance, severe(ledger)) == (owed, set())
    assert bool(found(ledger, "unit")) == (next(iter(owed.values())) != 80)


def test_a_unit_in_the_name_of_the_file_is_honoured(ledger_of):
    assert ledger_of(CHINESE, "应收账款（万元）.csv").balance == {"CNY": 800_000.0}


def test_each_column_has_the_unit_of_its_own_heading(ledger_of):
    content = "客户,发票号,开票日期,到期日,金额（元）,未收金额（万元）\n"
    ledger = ledger_of(content + "甲,1,2025-01-01,2025-02-01,900000,80\n")
    assert ledger.invoices["amount"].tolist() == [900_000.0]
    assert ledger.balance == {"CNY": 800_000.0}


def test_a_heading_in_another_unit_than_the_title_is_taken_and_named(ledger_of):
    ledger = ledger_of("单位：万元\n" + CHINESE.replace("未收金额", "未收金额（元）"))
    assert (ledger.balance, severe(ledger)) == ({"CNY": 80.0}, {"unit_of_headings"})


@pytest.mark.parametrize(
    "content",
    [
        "以下金额除另有说明外均以万元计算\n" + CHINESE,
        "Figures are thousands unless noted\n" + ENGLISH,
    ],
)
def test_a_unit_that_is_not_understood_is_named(ledger_of, content):
    assert severe(ledger_of(content)) == {"unit_doubtful"}


def test_amounts_of_a_second_currency_in_a_column_of_their_own_are_named(ledger_of):
    content = "客户,发票号,开票日期,到期日,金额(CNY),金额(USD)\n"
    rows = "甲,1,2025-01-01,2025-02-01,80,\n乙,2,2025-01-01,2025-02-01,,50\n"
    ledger = ledger_of(content + rows)
    assert [p.column for p in found(ledger, "amounts_in_second")] == ["金额(USD)"]


@pytest.mark.parametrize(
    ("content", "key", "column"),
    [
        (CHINESE.replace("额\n", "额,状态\n").replace("80\n", "80,作废\n"), "void_rows", "状态"),
        ("客户,日期,期初余额,借方,贷方\n甲,2025-01-01,100,80,50\n", "unused_amounts", "期初余额"),
        ("2025-12-31\n客户,未到期,1-30天,坏账\n甲,1,2,4\n", "unknown_amounts", "坏账"),
    ],
)
def test_a_column_that_changes_what_is_owed_is_never_passed_over(ledger_of, content, key, column):
    assert [p.column for p in found(ledger_of(content), key)] == [column]


def test_what_was_paid_alone_is_no_ledger(ledger_of, in_english):
    with pytest.raises(InputError, match="no column that is known as an amount"):
        ledger_of("客户,发票号,日期,收款金额\n甲,1,2025-01-01,80\n")


# Totals and messages


def test_a_total_that_cannot_be_read_is_named_and_compared_with_nothing(ledger_of, in_english):
    ledger = ledger_of(CHINESE + "Total,,,,#REF!\n")
    assert [check for check in ledger.control if check.row] == []
    (problem,) = found(ledger, "total_unreadable")
    assert (problem.row, problem.severity) == (3, "warning")
    assert "“#REF!” in the row “Total” is no number" in problem.message


def test_the_totals_of_a_column_that_the_user_leaves_out_are_not_compared_and_it_is_said(
    ledger_of, in_english
):
    content = (
        "客户,发票号,开票日期,到期日,金额,未收金额\n甲,1,2025-01-01,2025-02-01,80,50\n合计,,,,,50\n"
    )
    ledger = ledger_of(content, mapping={"金额": "balance", "未收金额": "ignore"})
    (problem,) = found(ledger, "totals_not_compared")
    assert (problem.severity, problem.column) == ("note", "未收金额")
    assert not found(ledger_of(content), "totals_not_compared")


def test_a_number_that_is_there_twice_names_its_column_and_its_first_row(ledger_of, in_english):
    (problem,) = found(ledger_of(CHINESE + CHINESE.splitlines()[1] + "\n"), "duplicate_invoice")
    assert problem.message.startswith(
        "row 3, column “发票号”: the invoice number “1” stands in row 2 already"
    )


def test_a_second_column_is_named_by_its_meaning_in_the_language_in_use(ledger_of, lang):
    ledger = ledger_of(CHINESE.replace("额\n", "额,余额\n").replace("80\n", "80,80\n"))
    (problem,) = found(ledger, "second_column")
    assert f"“{text('ledger.meaning.balance')}”" in problem.message


def test_amounts_in_messages_have_their_commas(ledger_of, in_english):
    ledger = ledger_of(CHINESE.replace("80\n", "1234567.5\n") + "合计,,,,2\n")
    (problem,) = found(ledger, "total_differs")
    assert (
        "is 2.00, the rows come to 1,234,567.50: a difference of -1,234,565.50" in problem.message
    )


def test_a_file_without_any_currency_says_so(ledger_of, in_english):
    messages = [p.message for p in ledger_of(ENGLISH).problems if "currency" in p.message]
    assert messages == ["the file names no currency; its amounts are shown without one."]


def test_part_payments_without_a_day_are_a_note(ledger_of):
    content = "客户,发票号,开票日期,到期日,金额,未收金额\n甲,1,2025-01-01,2025-02-01,80,50\n"
    assert [p.severity for p in found(ledger_of(content), "undated_payments")] == ["note"]


def test_one_answer_serves_all_dates_of_the_file(ledger_of, in_english):
    content = "Customer,Invoice,Date,Due Date,Balance\nA,1,3/1/2025,4/2/2025,80\n"
    with pytest.raises(InputError, match="One answer serves all dates of the file"):
        ledger_of(content)
    for column, order, month in (("Date", "invoice_date:dmy", 2), ("Due Date", "due_date:mdy", 4)):
        ledger = ledger_of(content, mapping={column: order})
        assert ledger.invoices["due_date"].dt.month.tolist() == [month]
        (problem,) = found(ledger, "date_order_of_others")
        assert "day/month/year" in problem.message or "month/day/year" in problem.message


def test_rows_left_out_are_found_where_a_user_of_the_command_can_look(ledger_of, lang):
    (problem,) = found(ledger_of(CHINESE + "乙,2,2025-01-01,2025-02-01,x\n"), "left_out")
    assert "left_out" not in problem.message


# Ages


@pytest.mark.parametrize(
    ("names", "due"),
    [
        (["Current", "1-30", "31-60", "61-90", "Older"], [0, 1, 31, 61, 91]),
        (["未到期", "1-30天", "31-90天", "90 天以上"], [0, 1, 31, 91]),
        (["Current", "1-30", "31-60", "over 60"], [0, 1, 31, 61]),
        (["Current", "1-30", "31-60", "61+"], [0, 1, 31, 61]),
        (["未到期", "半年以内", "7-12个月", "一年以上"], [0, 1, 211, 361]),
        (["Current", "0-30", "31-60", "More than 60 days past due"], [0, 1, 31, 61]),
        (["未到期(元)", "1-30天(元)", "更早(元)"], [0, 1, 31]),
    ],
)
def test_the_last_age_begins_the_day_after_the_one_before_it(ledger_of, names, due):
    cells = ",".join("9" for _ in names)
    ledger = ledger_of(f"Customer,{','.join(names)}\nA,{cells}\n", as_of="2025-12-31")
    days = [timedelta(days=each) for each in due]
    late = ledger.as_of - ledger.invoices["due_date"].dt.date
    assert sorted(late) == days
    assert [first for first, _ in ledger.age_columns] == due


def test_chinese_numbers_of_years_are_ages():
    assert bucket_of("三年以上")[0] == 1096
    assert bucket_of("一至二年") == (366, 730)


# For the page and the command


@pytest.mark.parametrize("make", ledger_shapes.SHAPES, ids=lambda make: make.__name__)
def test_open_items_and_ages_are_snapshots_and_no_other_kind(make, tmp_path):
    truth = make(tmp_path)
    ledger = read(truth.path, **truth.options)
    assert ledger.is_snapshot == (truth.kind in ("open_items", "aged"))
    assert bool(ledger.age_columns) == (truth.kind == "aged")


def test_the_frame_of_problems_has_a_row_for_each_with_its_message(ledger_of, lang):
    ledger = ledger_of(CHINESE + "乙,2,2025-01-01,2025-02-01,x\n")
    frame = ledger.problems_frame()
    assert list(frame) == ["severity", "sheet", "row", "column", "value", "message"]
    assert frame["message"].tolist() == [problem.message for problem in ledger.problems]
    assert frame["row"].tolist() == [problem.row for problem in ledger.problems]
    assert ledger_of(ENGLISH.replace("Balance", "Balance (USD)")).problems_frame().empty
