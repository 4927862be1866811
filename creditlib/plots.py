"""The course's figures: one look for both editions, and the few charts that its pages need.

Every chart returns a finished matplotlib `Figure`: as the last line of a cell it is shown once.
"""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from creditlib.i18n import text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito (2008): told apart by colour-blind readers too. Blue is good, orange-red is bad.
COLOURS = {
    "good": "#0072B2",
    "bad": "#D55E00",
    "third": "#009E73",
    "fourth": "#CC79A7",
    "fifth": "#E69F00",
    "sixth": "#56B4E9",
    "quiet": "#9AA5B1",
    "ink": "#22303C",
    "rule": "#D5DCE2",
}
SERIES = [COLOURS[name] for name in ("good", "bad", "third", "fourth", "fifth", "sixth")]
LETTERS = ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")
FONT_PACKAGE, FONT_FILE = "zhplot", "NotoSansSC-Regular.ttf"


def course_style() -> None:
    """Give matplotlib the course's look: its colours, sizes for the book, a Chinese font.

    The font (Noto Sans SC, OFL) comes with the package zhplot and is used in both languages, so
    that a Chinese company name is legible in the English edition too. From here on a character
    that no font has is an error, not an empty box.

    >>> course_style()
    >>> import matplotlib
    >>> matplotlib.rcParams["font.family"][0]
    'Noto Sans SC'
    """
    import matplotlib

    _register_font()
    warnings.filterwarnings("error", message="Glyph .* missing from")
    matplotlib.rcParams.update(
        {
            "font.family": ["Noto Sans SC", "DejaVu Sans"],
            "font.size": 12,
            "axes.titlesize": 14,
            "axes.titlelocation": "left",
            "axes.unicode_minus": True,
            "axes.prop_cycle": matplotlib.cycler(color=SERIES),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": COLOURS["quiet"],
            "axes.axisbelow": True,
            "axes.grid": True,
            "grid.color": COLOURS["rule"],
            "grid.linewidth": 0.8,
            "lines.linewidth": 2.2,
            "legend.frameon": False,
            "figure.figsize": (7, 4),
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
        }
        | dict.fromkeys(LETTERS, COLOURS["ink"])
    )


@cache
def _register_font() -> None:
    from matplotlib import font_manager

    # Found without importing the package: importing it changes matplotlib's settings.
    (folder,) = find_spec(FONT_PACKAGE).submodule_search_locations
    font_manager.fontManager.addfont(Path(folder) / "fonts" / FONT_FILE)


def bars(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    title: str = "",
    unit: str = "",
    number: str = ",.0f",
    highlight: Iterable[str] = (),
) -> "Figure":
    """Horizontal bars, the first label on top, each with its value (`number` is its format).

    `highlight` names the labels to stand out; without it all bars have one colour. NaN has no bar
    and is shown as “–”.

    >>> figure = bars(["2023", "2024"], [1.2, 1.6], number=".1f")
    >>> [words.get_text() for words in figure.axes[0].texts]
    ['1.2', '1.6']
    """
    highlight = set(highlight)
    figure, axes = _figure(height=1.1 + 0.5 * len(labels))
    plain = "quiet" if highlight else "good"
    colours = [COLOURS["bad" if label in highlight else plain] for label in labels]
    places = range(len(labels))
    lengths = [value if value == value else 0 for value in values]
    drawn = axes.barh(places, lengths, color=colours, height=0.65)
    shown = [format(value, number) if value == value else "–" for value in values]
    axes.bar_label(drawn, shown, padding=4)
    axes.set_yticks(places, labels)
    axes.invert_yaxis()
    axes.grid(False)
    axes.margins(x=0.15)
    axes.locator_params(axis="x", nbins=5)  # amounts in yuan are long: more would run together
    axes.xaxis.set_major_formatter(lambda value, _: format(value, number))
    axes.set(title=title, xlabel=unit)
    return _finished(figure)


def woe_chart(table, *, title: str = "") -> "Figure":
    """Two panels of a `woe_table`: share and bad rate of each bin; its weight of evidence.

    `table` needs the columns `bin`, `share`, `bad_rate` and `woe`; a bin without WoE has no bar.
    """
    figure, (left, right) = _figure(width=9, columns=2)
    places = range(len(table))
    left.bar(places, table["share"], color=COLOURS["rule"], label=text("plots.share"))
    left.plot(places, table["bad_rate"], "o-", color=COLOURS["bad"], label=text("plots.bad_rate"))
    _percent(left.yaxis)
    left.set_ylim(top=1.25 * max(table["share"].max(), table["bad_rate"].max()))
    left.legend(loc="upper center", ncols=2)  # in the room above the bars
    positive = table["woe"] > 0
    colours = positive.map({True: COLOURS["good"], False: COLOURS["bad"]})
    shown = right.bar(places, table["woe"].fillna(0), color=colours)
    numbers = [f"{woe:+.2f}" if woe == woe else "–" for woe in table["woe"]]
    right.bar_label(shown, numbers, padding=3)
    right.axhline(0, color=COLOURS["ink"], linewidth=1)
    right.margins(y=0.15)
    right.set_title(text("plots.woe"))
    left.set_title(title or text("plots.bad_rate"))
    tilt = {"rotation": 30, "ha": "right"} if max(map(len, table["bin"])) > 8 else {}
    for axes in (left, right):
        axes.set_xticks(places, table["bin"], **tilt)
        axes.grid(axis="x", visible=False)
    return _finished(figure)


def roc_chart(y, scores: Mapping[str, Sequence[float]], *, title: str = "") -> "Figure":
    """ROC curves of several scores on the same customers; `y` is 1 for bad, high scores are good.

    `scores` maps the name shown in the legend to one score per customer.
    """
    from sklearn.metrics import roc_curve

    figure, axes = _figure(width=5.5, height=5)
    for name, score in scores.items():
        goods_refused, bads_found, _ = roc_curve(y, [-value for value in score])
        axes.plot(goods_refused, bads_found, label=name)
    axes.plot([0, 1], [0, 1], color=COLOURS["quiet"], linestyle="--", label=text("plots.chance"))
    axes.set(title=title, xlabel=text("plots.goods_refused"), ylabel=text("plots.bads_found"))
    axes.set_aspect("equal")
    _percent(axes.xaxis, axes.yaxis)
    axes.legend(loc="lower right")
    return _finished(figure)


def calibration_chart(table, *, title: str = "") -> "Figure":
    """Observed default rate against mean predicted PD, one point per band of customers.

    `table` is what `calibration` gives: columns `mean_pd`, `bad_rate`, `low` and `high`, the ends
    of the rate's interval; a band without customers has no point. On the line forecast and fact
    agree; above it more customers defaulted than was forecast.
    """
    figure, axes = _figure(width=5.5, height=5)
    table = table.dropna(subset=["mean_pd", "bad_rate"])
    end = 1.05 * max(table["mean_pd"].max(), table["high"].max())
    axes.plot([0, end], [0, end], color=COLOURS["quiet"], linestyle="--")
    axes.vlines("mean_pd", "low", "high", data=table, color=COLOURS["sixth"], linewidth=3)
    axes.plot("mean_pd", "bad_rate", "o", data=table, color=COLOURS["good"])
    axes.set(title=title, xlabel=text("plots.predicted"), ylabel=text("plots.observed"))
    axes.legend([text(f"plots.{name}") for name in ("exact", "interval", "band")])
    _percent(axes.xaxis, axes.yaxis)
    return _finished(figure)


def score_distribution(
    goods: Sequence[float], bads: Sequence[float], *, cut: float | None = None, title: str = ""
) -> "Figure":
    """Scores of good and of bad customers, each as a share of its own kind; `cut` as a line."""
    from numpy import full, histogram_bin_edges

    figure, axes = _figure()
    edges = histogram_bin_edges([*goods, *bads], bins=25)
    for kind, scores in (("good", goods), ("bad", bads)):
        share = full(len(scores), 1 / len(scores))
        look = {"color": COLOURS[kind], "alpha": 0.6, "label": text(f"plots.{kind}")}
        axes.hist(scores, edges, weights=share, **look)
    if cut is not None:
        words = text("plots.cut", value=f"{cut:g}")
        axes.axvline(cut, color=COLOURS["ink"], linestyle="--", label=words)
    axes.set(title=title, xlabel=text("plots.score"), ylabel=text("plots.share_of_kind"))
    _percent(axes.yaxis)
    axes.legend()
    return _finished(figure)


def trend_lines(frame, *, title: str = "", unit: str = "") -> "Figure":
    """One line per column of `frame` over its index (years, for instance), named at its end."""
    figure, axes = _figure()
    places = range(len(frame))
    for name, colour in zip(frame.columns, cycle(SERIES), strict=False):
        axes.plot(places, frame[name], marker="o", color=colour)
        end = (len(frame) - 1, frame[name].iloc[-1])
        look = {"color": colour, "va": "center", "annotation_clip": False}
        axes.annotate(str(name), end, xytext=(9, 0), textcoords="offset points", **look)
    axes.set_xticks(places, [str(when) for when in frame.index])
    axes.set(title=title, ylabel=unit)
    return _finished(figure)


def limit_caps(caps: Iterable, binding: Iterable[str] = (), *, title: str = "") -> "Figure":
    """Every cap of a credit limit (`CreditLimit.caps`) as a bar; those in `binding` stand out."""
    amounts = {cap.name: cap.amount for cap in caps}
    names = [text(f"plots.cap.{name}") for name in amounts]
    marked = [text(f"plots.cap.{name}") for name in binding]
    return bars(
        names, list(amounts.values()), title=title, unit=text("plots.yuan"), highlight=marked
    )


def _figure(width: float = 7, height: float = 4, columns: int = 1):
    from matplotlib import pyplot

    course_style()
    return pyplot.subplots(ncols=columns, figsize=(width, height))


def _finished(figure: "Figure") -> "Figure":
    from matplotlib import pyplot

    try:
        figure.canvas.draw()  # a missing character must stop the cell, not the display after it
    finally:
        pyplot.close(figure)  # or the notebook would show it a second time
    return figure


def _percent(*axes) -> None:
    from matplotlib.ticker import PercentFormatter

    for axis in axes:
        axis.set_major_formatter(PercentFormatter(1, decimals=None))
