"""Charts as SVG text, by pygal, without scripts, and the same letters for the same numbers."""

import hashlib
import sys
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

import pygal
from pygal.style import Style

from creditlib.plots import COLOURS

# pygal leaves an import hook of a kind that Python no longer knows: every later import would warn.
sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__module__ != "pygal"]

SVG = "http://www.w3.org/2000/svg"
# Drawn this wide and shown at the width of the page: on a phone the letters are still 11 px.
WIDTH, HEIGHT, LETTERS = 480, 260, 16
# A line's `(name, points, colour)` and a marked point's `(name, point, colour)`.
Line = tuple[str, Sequence[tuple[float, float]], str]
Mark = tuple[str, tuple[float, float], str]


def columns(
    title: str,
    labels: Sequence[str],
    values: Sequence[float],
    colours: Sequence[str],
    shown: Callable[[float], str],
    print_values: bool = True,
) -> str:
    """Return upright bars as SVG: one label, value and colour each; `shown` formats a value.

    `title` is what a screen reader says; with nothing but empty labels there is no axis of them.

    >>> drawing = columns("WoE", ["a", "b"], [0.5, 1], ["#0072B2", "#D55E00"], "{:.1f}".format)
    >>> drawing.startswith("<svg") and "<script" not in drawing and ">0.5<" in drawing
    True
    """
    chart = pygal.Bar(
        **_frame(),
        x_labels=list(labels),
        value_formatter=shown,
        show_x_labels=any(labels),
        print_values=print_values,
        print_values_position="top",
        range=_room(values) if print_values else None,
    )
    bars = [
        {"value": value, "color": colour} for value, colour in zip(values, colours, strict=True)
    ]
    chart.add(title, bars)
    return _drawn(chart, title, [*labels, *map(shown, values), *colours])


def stacked(
    title: str,
    labels: Sequence[str],
    layers: Sequence[tuple[str, Sequence[float], str]],
    shown: Callable[[float], str],
) -> str:
    """Return upright bars of layers as SVG, the first layer at the bottom.

    Each layer is `(name, a value ≥ 0 for each label, colour)`; `shown` formats a value of the axis.

    >>> drawing = stacked("Sales", ["Nov", "Dec"], [("open", [1, 2], "#0072B2")], "{:.1f}".format)
    >>> drawing.startswith("<svg") and "Dec" in drawing
    True
    """
    chart = pygal.StackedBar(
        **_frame([colour for _, _, colour in layers]), x_labels=list(labels), value_formatter=shown
    )
    for name, values, _ in layers:
        chart.add(name, list(values))
    return _drawn(chart, title, [*labels, *map(repr, layers)])


def lines(
    title: str,
    curves: Sequence[Line],
    marks: Sequence[Mark],
    shown_x: Callable[[float], str],
    shown_y: Callable[[float], str],
) -> str:
    """Return curves as SVG, and points on them that are marked by a dot.

    >>> curve = ("profit", [(0, 0), (0.1, 5), (0.2, 3)], "#0072B2")
    >>> best = ("best", (0.1, 5), "#D55E00")
    >>> drawing = lines("Profit", [curve], [best], "{:.0%}".format, "{:.0f}".format)
    >>> drawing.count("<circle")
    1
    """
    chart = pygal.XY(
        **_frame([colour for _, _, colour in (*curves, *marks)]),
        show_dots=False,
        stroke_style={"width": 3},
        value_formatter=shown_y,
        x_value_formatter=shown_x,
    )
    for name, points, _ in curves:
        chart.add(name, list(points))
    for name, point, _ in marks:
        chart.add(name, [point], show_dots=True, dots_size=7)
    return _drawn(chart, title, [*map(repr, curves), *map(repr, marks)])


def _frame(colours: Sequence[str] = ()) -> dict[str, object]:
    """Return what all charts have in common; `colours` are those of their series."""
    style = Style(
        font_family="inherit",
        background="transparent",
        plot_background="transparent",
        foreground=COLOURS["ink"],
        foreground_strong=COLOURS["ink"],
        foreground_subtle=COLOURS["rule"],
        guide_stroke_color=COLOURS["rule"],
        major_guide_stroke_color=COLOURS["rule"],
        label_font_size=LETTERS,
        major_label_font_size=LETTERS,
        value_font_size=LETTERS,
        opacity="1",
        transition="0s",
        **({"colors": tuple(colours)} if colours else {}),
    )
    return {
        "js": (),
        "style": style,
        "width": WIDTH,
        "height": HEIGHT,
        "margin": 8,
        "show_legend": False,
        "truncate_label": -1,
        "max_scale": 6,
    }


def _drawn(chart: pygal.Graph, title: str, content: Sequence[str]) -> str:
    """Return a chart as SVG, under a name that only its content decides."""
    chart.uuid = hashlib.sha256("\n".join([title, *content]).encode()).hexdigest()[:12]
    return _bare(chart.render(is_unicode=True), title)


def _room(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the axis, with room for the numbers above and below the bars."""
    low, high = min(0, *values), max(0, *values)
    margin = 0.15 * (high - low or 1)
    return low - margin * (low < 0), high + margin * (high > 0)


def _bare(drawing: str, title: str) -> str:
    """Return pygal's drawing without its script, its dated comment and its hover data."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(drawing)  # comments are not read
    for parent in list(root.iter()):
        kinds = parent.get("class", "").split()
        if "reactive" in kinds:  # drawn with a line of 1 px, for a script that makes it thicker
            parent.set("class", " ".join(kind for kind in kinds if kind != "reactive"))
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}script", f"{{{SVG}}}desc"):
                parent.remove(child)
            elif child.get("class") == "value" and child.text.startswith("−"):
                # pygal writes the number of a hanging bar onto the bar's end.
                child.set("y", f"{float(child.get('y')) + LETTERS / 2:.1f}")
    root.find(f"{{{SVG}}}title").text = title
    root.set("role", "img")
    return ElementTree.tostring(root, encoding="unicode")
