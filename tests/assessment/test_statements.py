"""Accounts are read strictly, measured once, and say why a measure has no value."""

import math
import subprocess
import sys
from dataclasses import asdict, fields, replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditlib.assessment import measures, statements
from creditlib.assessment.accounts import DEFAULTS
from creditlib.assessment.statements import (
    EXAMPLE,
    Statement,
    check,
    common_size,
    dupont,
    label,
    ratios,
    statement_from,
    trends,
)
from creditlib.errors import InputError, Undefined

BEFORE = replace(
    EXAMPLE, year=2023, total_assets=800.0, total_liabilities=500.0, total_equity=300.0
)
BROKE = replace(EXAMPLE, total_liabilities=1100.0, total_equity=-100.0, net_profit=-50.0)

MEASURES = [*measures.QUOTIENTS, measures.cash_conversion_cycle]


def frame_of(*rows):
    return pd.DataFrame([{"customer_id": customer} | asdict(each) for customer, each in rows])


def same(one, other):
    return one == other or (math.isnan(one) and math.isnan(other))


# What the ratios are


def test_the_example_is_sound():
    assert check(EXAMPLE) == ()


def test_the_ratios_are_those_of_the_definitions():
    expected = {
        "current_ratio": 480 / 300,
        "quick_ratio": (480 - 170 - 20) / 300,
        "cash_ratio": 60 / 300,
        "operating_cash_flow_ratio": 50 / 300,
        "debt_to_assets": 600 / 1000,
        "debt_to_equity": 600 / 400,
        "interest_cover": (75 + 20) / 20,
        "gross_margin": (1150 - 860) / 1150,
        "net_margin": 60 / 1150,
        "asset_turnover": 1150 / 900,
        "return_on_assets": 60 / 900,
        "return_on_equity": 60 / 350,
        "equity_multiplier": 900 / 350,
        "receivable_days": 365 * (150 + 30 + 10) / 1150,
        "inventory_days": 365 * 170 / 860,
        "payable_days": 365 * (90 + 20) / 860,
        "cash_conversion_cycle": 365 * (190 / 1150 + 170 / 860 - 110 / 860),
    }
    assert dict(ratios(EXAMPLE, BEFORE)) == pytest.approx(expected)


def test_returns_are_on_year_end_balances_without_a_previous_year_and_say_so():
    alone = ratios(EXAMPLE)
    assert alone["return_on_assets"] == 60 / 1000
    assert alone.flags == ("year_end",)
    assert ratios(EXAMPLE, BEFORE).flags == ()


def test_paper_counts_as_receivable():
    on_paper = replace(EXAMPLE, accounts_receivable=0.0, notes_receivable=180.0)
    assert ratios(on_paper)["receivable_days"] == ratios(EXAMPLE)["receivable_days"]


def test_vat_makes_receivable_days_thirteen_percent_too_long():
    gross, net = (measures.receivable_days(EXAMPLE, vat_rate=rate) for rate in (0.0, 0.13))
    assert gross / net == pytest.approx(1.13)
    assert ratios(EXAMPLE, vat_rate=0.13)["receivable_days"] == net


def test_a_vat_rate_in_percent_is_refused(in_english):
    with pytest.raises(InputError, match=r"13 % is 0\.13, but 13 was given"):
        ratios(EXAMPLE, vat_rate=13)


def test_the_years_must_follow_each_other(in_english):
    with pytest.raises(InputError, match="before 2024 was given as 2022"):
        ratios(EXAMPLE, replace(EXAMPLE, year=2022))
    with pytest.raises(InputError, match="two consecutive years"):
        measures.return_on_equity(EXAMPLE, replace(EXAMPLE, year=2025))


def test_a_ratio_of_one_day_takes_no_previous_year():
    with pytest.raises(TypeError):
        measures.current_ratio(EXAMPLE, BEFORE)


# Where a ratio has no value


@pytest.mark.parametrize(
    ("measure", "change", "reason"),
    [
        ("current_ratio", {"current_liabilities": 0.0}, "no_current_liabilities"),
        ("quick_ratio", {"current_liabilities": 0.0}, "no_current_liabilities"),
        ("debt_to_assets", {"total_assets": 0.0}, "no_assets"),
        ("debt_to_equity", {"total_equity": 0.0}, "negative_equity"),
        ("return_on_equity", {"total_equity": -100.0}, "negative_equity"),
        ("interest_cover", {"interest_expense": 0.0}, "no_interest"),
        ("interest_cover", {"interest_expense": -3.0}, "no_interest"),
        ("gross_margin", {"revenue": 0.0}, "no_revenue"),
        ("inventory_days", {"cost_of_sales": 0.0}, "no_cost_of_sales"),
        ("inventory_days", {"cost_of_sales": math.nan}, "not_given"),
        ("cash_conversion_cycle", {"revenue": 0.0}, "no_revenue"),
        ("cash_conversion_cycle", {"cost_of_sales": 0.0}, "no_cost_of_sales"),
        ("operating_cash_flow_ratio", {"operating_cash_flow": math.nan}, "not_given"),
    ],
)
def test_a_measure_without_a_value_says_why(measure, change, reason, lang):
    changed = replace(EXAMPLE, **change)
    with pytest.raises(Undefined) as raised:
        getattr(statements, measure)(changed)
    assert raised.value.reason == reason
    assert "2024" in str(raised.value)
    overview = ratios(changed)
    assert math.isnan(overview[measure])
    assert overview.reasons[measure] == reason
    assert label(reason)


def test_a_loss_over_negative_equity_is_a_red_flag_not_a_profit():
    overview = ratios(BROKE)
    assert math.isnan(overview["return_on_equity"])
    assert "negative_equity" in overview.flags


def test_equity_must_be_positive_at_both_ends_of_the_year():
    recovered = replace(EXAMPLE, total_equity=110.0, total_liabilities=890.0)
    sunk = replace(BEFORE, total_equity=-100.0, total_liabilities=900.0)
    assert ratios(recovered, sunk).reasons["return_on_equity"] == "negative_equity"
    assert "debt_to_equity" not in ratios(recovered, sunk).reasons


# DuPont, common size, trends


def test_the_three_factors_make_the_return_on_equity():
    for previous in (None, BEFORE):
        expected = ratios(EXAMPLE, previous)["return_on_equity"]
        assert dupont(EXAMPLE, previous).return_on_equity == pytest.approx(expected)


def test_dupont_has_no_value_with_negative_equity():
    with pytest.raises(Undefined, match=r"2024"):
        dupont(BROKE)


def test_common_size_is_of_assets_on_the_balance_sheet_and_of_revenue_elsewhere():
    shares = common_size(EXAMPLE)
    assert shares["total_assets"] == shares["revenue"] == 1
    assert shares["inventory"] == 0.17
    assert shares["cost_of_sales"] == 860 / 1150
    assert shares.reasons == {}


def test_common_size_without_revenue_keeps_the_balance_sheet():
    shares = common_size(replace(EXAMPLE, revenue=0.0, depreciation=math.nan))
    assert shares["inventory"] == 0.17
    assert math.isnan(shares["net_profit"])
    assert shares.reasons["net_profit"] == "no_revenue"
    assert shares.reasons["depreciation"] == "not_given"


def test_trends_index_the_first_year_and_give_growth_only_from_a_positive_base():
    loss = replace(EXAMPLE, year=2025, net_profit=-30.0)
    back = replace(EXAMPLE, year=2026, net_profit=90.0)
    profit = [trend for trend in trends([back, EXAMPLE, loss]) if trend.name == "net_profit"]
    assert [trend.index for trend in profit] == [100, -50, 150]
    assert profit[1].growth == -1.5
    assert [trend.reason for trend in profit] == ["first_year", "", "no_base"]
    assert pd.DataFrame(trends([EXAMPLE, loss])).shape == (2 * len(DEFAULTS), 6)


def test_trends_refuse_a_gap(in_english):
    with pytest.raises(InputError, match="2026"):
        trends([EXAMPLE, replace(EXAMPLE, year=2026)])


# Reading and checking


def test_every_line_ratio_and_reason_has_a_name_in_both_languages(lang):
    names = [field.name for field in fields(Statement)] + [each.__name__ for each in MEASURES]
    assert all(label(name) for name in names)


def test_the_chinese_names_are_those_of_the_accounting_standards(monkeypatch):
    monkeypatch.setattr("creditlib.i18n._chosen", "zh")
    assert [label(name) for name in ("cash", "receivables_financing", "prepayments")] == [
        "货币资金",
        "应收款项融资",
        "预付款项",
    ]


def test_a_row_of_text_becomes_a_statement():
    row = {name: str(value) for name, value in asdict(EXAMPLE).items()}
    row |= {"total_assets": " 1,000.00 ", "customer_id": "C001"}
    assert statement_from(row) == EXAMPLE


def test_a_blank_line_is_nil_unless_it_may_be_unknown():
    blank = statement_from(asdict(EXAMPLE) | {"notes_receivable": "", "depreciation": None})
    assert blank.notes_receivable == 0
    assert math.isnan(blank.depreciation)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"inventory": "many"}, "file a.csv, row 7, column “inventory”: “many” is not a number"),
        ({"inventory": "1,7"}, "“1,7” is not a number"),
        ({"inventory": "inf"}, "“inf” is not a number"),
        ({"total_assets": -5}, "Total assets of -5.00 cannot be negative"),
        ({"total_assets": ""}, "column “total_assets”: this amount is needed and is blank"),
        ({"year": "2024.5"}, "“2024.5” is not a year"),
        ({"year": "this"}, "column “year”: “this” is not a number"),
    ],
)
def test_a_bad_cell_is_named_with_its_place(change, message, in_english):
    with pytest.raises(InputError) as raised:
        statement_from(asdict(EXAMPLE) | change, file="a.csv", row=7)
    assert str(raised.value).startswith("file a.csv, row 7")
    assert message in str(raised.value)


def test_a_missing_column_is_named(in_english):
    row = asdict(EXAMPLE)
    del row["revenue"]
    with pytest.raises(InputError, match=r"row 7: the column “revenue” is missing"):
        statement_from(row, row=7)


def test_an_unbalanced_sheet_says_the_difference(in_english):
    (finding,) = check(replace(EXAMPLE, total_equity=350.0), file="a.csv", row=7)
    assert "row 7" in str(finding)
    assert "a difference of 50.00" in str(finding)


def test_rounding_to_the_yuan_is_not_an_imbalance():
    assert check(replace(EXAMPLE, total_equity=399.0)) == ()


@pytest.mark.parametrize(
    ("change", "whole"),
    [
        ({"current_assets": 1100.0}, "total_assets"),
        ({"inventory": 1700.0}, "current_assets"),
        ({"accounts_payable": 900.0}, "current_liabilities"),
        ({"current_liabilities": 700.0}, "total_liabilities"),
    ],
)
def test_parts_that_exceed_their_whole_are_found(change, whole, lang):
    (finding,) = check(replace(EXAMPLE, **change))
    assert (finding.reason, finding.column) == ("parts_exceed", whole)
    assert label(whole) in str(finding)


# Whole tables


def test_a_sound_table_comes_back_as_numbers():
    frame = frame_of(("C001", EXAMPLE), ("C002", EXAMPLE)).drop(columns="notes_payable")
    read = statements.check_table(frame.assign(cash="60.00", inventory=["170.0", ""]))
    assert read["cash"].tolist() == [60.0, 60.0]
    assert read["inventory"].tolist() == [170.0, 0.0]
    assert read["notes_payable"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"inventory": "many"}, "file a.csv, row 3, column “inventory”: “many” is not a number"),
        ({"inventory": math.inf}, "row 3, column “inventory”: “inf” is not a number"),
        ({"year": "this"}, "row 3, column “year”: “this” is not a number"),
        ({"total_equity": 350.0}, "row 3, column “total_assets”: the sheet does not balance"),
        (
            {"total_liabilities": -600.0},
            "row 3, column “total_liabilities”: Total liabilities of -600",
        ),
        ({"revenue": None}, "row 3, column “revenue”: this amount is needed"),
        ({"year": 2024, "customer_id": "C001"}, "row 3: customer C001 has more than one"),
    ],
)
def test_the_row_of_a_finding_is_the_one_the_spreadsheet_shows(change, message, in_english):
    frame = frame_of(("C001", EXAMPLE), ("C002", EXAMPLE)).astype(object)
    for name, value in change.items():
        frame.loc[1, name] = value
    with pytest.raises(InputError) as raised:
        statements.check_table(frame, "a.csv")
    assert message in str(raised.value)


def test_a_table_without_a_column_says_which(in_english):
    frame = frame_of(("C001", EXAMPLE)).drop(columns="total_assets")
    with pytest.raises(InputError, match=r"file a\.csv: the column “total_assets” is missing"):
        statements.ratio_table(frame, file="a.csv")


def test_the_table_averages_only_with_the_same_customers_year_before():
    gap = replace(BEFORE, year=2021)
    frame = frame_of(("C002", gap), ("C001", EXAMPLE), ("C001", BEFORE), ("C002", EXAMPLE))
    frame.index = [7, 7, 1, 0]
    table = statements.ratio_table(frame)
    assert table["return_on_assets"].tolist() == [60 / 800, 60 / 900, 60 / 800, 60 / 1000]
    assert table["flags"].tolist() == ["year_end", "", "year_end", "year_end"]
    assert table.index.tolist() == [7, 7, 1, 0]


amounts = st.floats(-1e6, 1e9).map(lambda value: round(value, 2)) | st.just(0.0)
unknown = amounts | st.just(math.nan)


@st.composite
def customers(draw):
    """Any accounts at all, sound or not, of two customers in some of three years."""
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from(["C001", "C002"]), st.integers(2022, 2024)),
            min_size=1,
            unique=True,
        )
    )
    lines = {
        name: unknown if name in ("cost_of_sales", "revenue") else amounts for name in DEFAULTS
    }
    return [
        (customer, Statement(year=year, **draw(st.fixed_dictionaries(lines))))
        for customer, year in rows
    ]


@settings(max_examples=60)
@given(customers(), st.sampled_from([0.0, 0.13]))
def test_a_table_and_its_records_agree(rows, vat_rate):
    table = statements.ratio_table(frame_of(*rows), vat_rate).to_dict("records")
    known = {(customer, each.year): each for customer, each in rows}
    for (customer, each), row in zip(rows, table, strict=True):
        overview = ratios(each, known.get((customer, each.year - 1)), vat_rate)
        assert all(same(row[name], overview[name]) for name in overview)
        assert row["reason"] == ", ".join(sorted(set(overview.reasons.values())))
        assert row["flags"] == ", ".join(overview.flags)


def test_one_statement_is_measured_without_numpy_or_pandas():
    code = (
        "import sys; from creditlib.assessment import statements, distress;"
        "statements.ratios(statements.EXAMPLE); distress.altman_z(statements.EXAMPLE);"
        "print({'numpy', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
