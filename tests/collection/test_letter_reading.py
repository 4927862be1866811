"""How a letter is read: sums, days, joined lines and places."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.collection.letter_amounts import amounts
from creditlib.collection.letter_dates import days
from creditlib.collection.letter_text import language_of, read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("126,800.00", "126800"),
        ("人民币12.68万元", "126800"),
        ("RMB 126.8k", "126800"),
        ("RMB 1.2 million", "1200000"),
        ("￥126800", "126800"),
        ("12万6千元", "126000"),
        ("12万6800元", "126800"),
        ("壹拾贰万陆仟捌佰元整", "126800"),
        ("叁拾叁万叁仟零贰拾伍元伍角", "333025.5"),
        ("one hundred and twenty-six thousand eight hundred yuan", "126800"),
        ("USD 84,300.00", "84300"),
    ],
)
def test_a_sum_is_the_same_in_every_writing(written, value):
    assert [one.value for one in amounts(read(written).flat)] == [Decimal(value)]


@pytest.mark.parametrize(
    "written", ["逾期28天", "0.03%", "每日万分之三", "3 invoices", "5 working days"]
)
def test_days_rates_and_counts_are_no_sums(written):
    assert [one for one in amounts(read(written).flat) if one.sure] == []


@given(cents=st.integers(100_00, 10**12))
def test_a_written_sum_is_read_back(cents):
    value = Decimal(cents) / 100
    (found,) = amounts(f"rmb {value:,.2f}")
    assert found.value == value


@pytest.mark.parametrize(
    "written",
    [
        "2025年12月31日", "2025-12-31", "2025/12/31", "31.12.2025", "31 December 2025",
        "Dec. 31, 2025", "31st of December 2025", "12月31日", "二〇二五年十二月三十一日",
        "20251231",
        "2025 年 12 月 31 日", "Dec 31", "12/31/2025", "25年12月31日", "十二月三十一日",
    ],
)  # fmt: skip
def test_a_day_is_the_same_in_every_writing(written):
    (found,) = days(read(written).flat, date(2025, 12, 20))
    assert date(2025, 12, 31) in found.means


def test_a_day_that_does_not_exist_means_nothing():
    (found,) = days("2025年2月30日", date(2025, 12, 20))
    assert found.means == ()


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_written_day_is_read_back(day):
    for written in (
        f"{day:%Y-%m-%d}",
        f"{day:%d %B %Y}".lower(),
        f"{day.year}年{day.month}月{day.day}日",
    ):
        (found,) = days(written, date(2025, 12, 20))
        assert found.means == (day,)


@given(letter=st.text(max_size=200))
def test_every_sign_of_a_reading_has_a_place_in_the_letter(letter):
    reading = read(letter)
    assert len(reading.flat) == len(reading.origin)
    assert all(0 <= place < len(letter) for place in reading.origin)
    assert list(reading.origin) == sorted(reading.origin)


def test_a_wrapped_line_is_one_sentence():
    letter = "Please pay the whole of the amount stated above to our account by\n29 December 2025."
    assert len(read(letter).sentences) == 1


def test_an_abbreviation_ends_no_sentence():
    assert len(read("Yunxiu Co., Ltd. wrote on Dec. 3 to you. Please pay.").sentences) == 2


def test_the_language_is_that_of_most_words():
    assert language_of("贵司欠款，请付至 Chengpu Commercial Bank 账户，谢谢配合。") == "zh"
    assert language_of("Please pay 云岫机电 by Friday.") == "en"
