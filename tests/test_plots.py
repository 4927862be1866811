"""The course's figures say what their data say, in both languages, with no empty boxes."""

import subprocess
import sys
from itertools import pairwise

import pandas as pd
import pytest

from creditlib import plots
from creditlib.assessment.limit import credit_limit


def test_importing_the_charts_loads_no_matplotlib():
    code = (
        "import sys, creditlib.plots; print({'matplotlib', 'numpy', 'zhplot'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_chinese_name_and_a_minus_are_drawn_with_the_bundled_font(lang):
    figure = plots.bars(["云岫机电", "Yunxiu"], [-1.5, 2], number=".1f", title="应收账款")
    assert figure.axes[0].title.get_fontname() == "Noto Sans SC"


def test_a_character_that_no_font_has_stops_the_cell():
    with pytest.raises(UserWarning, match="missing from"):
        plots.bars(["\U0001f9fe"], [1])


def test_a_chart_is_shown_once_as_the_last_line_of_a_cell():
    from matplotlib import pyplot

    plots.bars(["a"], [1])
    assert pyplot.get_fignums() == []


def test_the_binding_cap_stands_out(lang):
    result = credit_limit(annual_purchases=12e6, terms_days=60, tangible_net_worth=18e6)
    axes = plots.limit_caps(result.caps, result.binding).axes[0]
    bad = pytest.approx((0xD5 / 255, 0x5E / 255, 0, 1), abs=0.01)
    marked = [bar.get_width() for bar in axes.patches if bar.get_facecolor() == bad]
    assert marked == [1_800_000]


def test_a_customer_in_default_is_charted_too(lang):
    result = credit_limit(annual_purchases=12e6, terms_days=60, pd=1.0, lgd=0.6, risk_budget=5e4)
    assert "default" in result.binding
    assert plots.limit_caps(result.caps, result.binding).axes


def test_amounts_in_yuan_do_not_run_together_under_the_axis(lang):
    figure = plots.bars(["营运资金", "净资产"], [4_860_300, 7_470_700])
    places = [words.get_window_extent() for words in figure.axes[0].get_xticklabels()]
    assert all(left.x1 < right.x0 for left, right in pairwise(places))


def test_bars_without_a_value_say_so():
    (axes,) = plots.bars(["a", "b"], [float("nan"), 3]).axes
    assert [words.get_text() for words in axes.texts] == ["–", "3"]


def test_weight_of_evidence_has_a_bar_per_bin_and_none_where_it_is_undefined(lang):
    table = pd.DataFrame(
        {
            "bin": ["≤ 10", "10 < … ≤ 30", "> 30"],
            "share": [0.5, 0.3, 0.2],
            "bad_rate": [0.02, 0.05, 0.2],
            "woe": [0.8, float("nan"), -0.9],
        }
    )
    right = plots.woe_chart(table).axes[1]
    assert [words.get_text() for words in right.texts] == ["+0.80", "–", "-0.90"]


def test_a_perfect_score_goes_through_the_upper_left_corner(lang):
    axes = plots.roc_chart([0, 0, 1, 1], {"评分卡": [620, 610, 540, 500]}).axes[0]
    assert [0, 1] in axes.lines[0].get_xydata().tolist()


def test_each_kind_of_customer_adds_up_to_one(lang):
    axes = plots.score_distribution([600, 610, 640], [500, 520], cut=560).axes[0]
    assert sum(bar.get_height() for bar in axes.patches) == pytest.approx(2)


def test_a_band_without_customers_has_no_point(lang):
    nan = float("nan")
    table = pd.DataFrame(
        {
            "mean_pd": [0.01, nan, 0.1],
            "bad_rate": [0.02, nan, 0.09],
            "low": [0.01, nan, 0.06],
            "high": [0.04, nan, 0.13],
        }
    )
    axes = plots.calibration_chart(table).axes[0]
    assert axes.lines[1].get_xydata().tolist() == [[0.01, 0.02], [0.1, 0.09]]
    assert len(axes.get_legend().get_texts()) == 3


def test_a_trend_is_named_at_its_end(lang):
    frame = pd.DataFrame({"流动比率": [1.5, 1.4, 1.1]}, index=[2022, 2023, 2024])
    (name,) = plots.trend_lines(frame).axes[0].texts
    assert (name.get_text(), name.xy) == ("流动比率", (2, 1.1))
