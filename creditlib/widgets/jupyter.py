"""A widget in JupyterLab; its opening state where a page is published."""

import os

from creditlib.i18n import text
from creditlib.widgets.frame import Control, Widget, drawn, framed, heading, still


def show(widget: Widget) -> None:
    """Display a widget: to be moved in JupyterLab, as its opening state in a published page.

    The book is built with the environment variable `CREDITLIB_STATIC=1`; what is displayed then is
    the same, letter by letter, on every run.
    """
    from IPython.display import HTML, display

    display(HTML(still(widget)) if os.environ.get("CREDITLIB_STATIC") == "1" else live(widget))


def live(widget: Widget):
    """Return the widget as ipywidgets: a heading, the controls, and what they lead to."""
    import ipywidgets

    room = max(map(_label_width, widget.controls))
    inputs = {control.name: _input(control, room) for control in widget.controls}
    result = ipywidgets.HTML()

    def redraw(_change: object = None) -> None:
        values = {name: each.value for name, each in inputs.items()}
        result.value = framed(drawn(widget, values))

    for each in inputs.values():
        each.observe(redraw, names="value")
    redraw()
    columns = f"repeat(auto-fit, minmax({room + 190}px, 1fr))"
    grid = ipywidgets.GridBox(
        list(inputs.values()), layout={"grid_template_columns": columns, "max_width": "760px"}
    )
    box = ipywidgets.VBox([ipywidgets.HTML(framed(heading(widget))), grid, result])
    box.add_class("credit-live")
    return box


def _label_width(control: Control) -> int:
    """Return the pixels that a control's label takes; ipywidgets would cut it short."""
    return 12 + sum(13 if sign > "\u2000" else 7 for sign in text(control.label))


def _input(control: Control, room: int):
    import ipywidgets

    common = {
        "value": control.start,
        "description": text(control.label),
        "style": {"description_width": f"{room}px"},
        "layout": {"width": "auto"},
    }
    if control.kind == "toggle":
        return ipywidgets.Checkbox(**common)
    if control.kind == "choice":
        return ipywidgets.Dropdown(**common, options=control.choices)
    bounds = {"min": control.low, "max": control.high, "step": control.step}
    if control.kind == "number":
        return ipywidgets.BoundedFloatText(**common, **bounds)
    return ipywidgets.FloatSlider(**common, **bounds, readout_format=control.number)
