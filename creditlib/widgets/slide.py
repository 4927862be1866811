"""A slider in JupyterLab, and beside it the number, which can be typed as it is shown."""

import math
import re
import unicodedata
from collections.abc import Mapping

import ipywidgets
import traitlets

from creditlib.i18n import text
from creditlib.widgets.frame import Control

# Commas that do not part thousands: 0,05 is neither 5 nor certainly 0.05.
STRAY_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


class Slide(ipywidgets.HBox):
    """A slider and its field, with one `value`: a percentage is a decimal, 0.0005 for "0.05%".

    The readout that ipywidgets has reads "0.05%" as 0.05 and "1,200,000" as 1.
    """

    description = traitlets.Unicode()
    value = traitlets.CFloat()

    def __init__(self, control: Control, room: int):
        self._control = control
        # In percent what a screen reader says is a number too: 0.03 and not 0.0003.
        self._scale = 100 if control.number.endswith("%") else 1
        label = text(control.label)
        self.slider = ipywidgets.FloatSlider(
            min=self._place(control.low),
            max=self._place(control.high),
            step=self._place(control.step),
            value=self._place(control.start),
            readout=False,
            description=label,
            tooltip=label,
            style={"description_width": f"{room}px"},
            layout={"flex": "1 1 0", "width": "auto", "min_width": "0"},
        )
        self.field = ipywidgets.Text(
            value=shown(control.start, control.number),
            continuous_update=False,
            layout={"width": "84px", "flex": "none"},
        )
        super().__init__([self.slider, self.field], description=label, value=control.start)
        self.add_class("credit-slide")
        self.observe(self._show, names="value")
        self.slider.observe(self._move, names="value")
        self.field.observe(self._read, names="value")

    def _place(self, value: float) -> float:
        return round(value * self._scale, 8)

    def _show(self, _change: object = None) -> None:
        self.slider.value = self._place(self.value)
        self.field.value = shown(self.value, self._control.number)

    def _move(self, change: Mapping) -> None:
        # The browser puts the handle on the nearest step: 12.5% typed must not become 13%.
        moved = abs(change["new"] - change["old"]) > self.slider.step / 2
        if moved and change["new"] != self._place(self.value):
            self.value = round(change["new"] / self._scale, 10)

    def _read(self, _change: object) -> None:
        typed = read(self.field.value, self._control.number)
        if typed is not None:
            self.value = min(max(typed, self._control.low), self._control.high)
        self._show()


def shown(value: float, number: str) -> str:
    """Return a value in the format `number`, with more decimals where it has more.

    >>> shown(0.12, ".0%"), shown(0.125, ".0%"), shown(1_200_000, ",.0f")
    ('12%', '12.5%', '1,200,000')
    """
    usual = format(value, number)
    if read(usual, number) == value:
        return usual
    return f"{value * 100:.10g}%" if number.endswith("%") else f"{value:,.10g}"


def read(typed: str, number: str) -> float | None:
    """Return what a field of the format `number` says; None where that is no number.

    In a field of percentages the sign may be left out, and digits may be full-width.

    >>> read("0.05%", ".2%"), read("0.05", ".2%"), read("1,200,000", ",.0f")
    (0.0005, 0.0005, 1200000.0)
    >>> read("0,05", ".2%"), read("5%", ",.0f"), read("soon", ",.0f")
    (None, None, None)
    """
    plain = unicodedata.normalize("NFKC", typed).replace("−", "-").strip()
    percent = number.endswith("%")
    if percent:
        plain = plain.removesuffix("%")
    if STRAY_COMMA.search(plain):
        return None
    try:
        figure = float(plain.replace(",", ""))
    except ValueError:
        return None
    if not math.isfinite(figure):
        return None
    return round(figure / 100, 12) if percent else figure
