"""A widget in JupyterLab; its opening state where a page is published."""

import os

from creditlib.i18n import text
from creditlib.widgets.frame import Control, Widget, drawn, framed, heading, still
from creditlib.widgets.look import notice

# ipywidgets gives a slider's handle, and the field beside it, no name: a screen reader would say
# a number of nothing. They come after this has run and anew with each view, so the page is watched.
NAME_SLIDERS = """window.creditSliders ??= new MutationObserver(() => {
  const parts = ".credit-slide :is(.noUi-handle, input):not([aria-label])";
  for (const part of document.querySelectorAll(parts)) {
    const label = part.closest(".credit-slide").querySelector(".widget-label");
    part.setAttribute("aria-label", label.textContent);
  }
});
window.creditSliders.observe(document.body, { childList: true, subtree: true });"""


def show(widget: Widget) -> None:
    """Display a widget: to be moved in JupyterLab, as its opening state in a published page.

    The book is built with the environment variable `CREDITLIB_STATIC=1`; what is displayed then is
    the same, letter by letter, on every run.
    """
    from IPython.display import HTML, Javascript, display

    if os.environ.get("CREDITLIB_STATIC") == "1":
        display(HTML(still(widget)))
    else:
        display(live(widget))
        display(Javascript(NAME_SLIDERS))


def live(widget: Widget):
    """Return the widget as ipywidgets: a heading, the controls, and what they lead to."""
    import ipywidgets

    room = max(map(_label_width, widget.controls))
    inputs = {control.name: _input(control, room) for control in widget.controls}
    result = ipywidgets.HTML()

    talks = [control for control in widget.controls if control.kind == "talk"]

    def redraw(_change: object = None) -> None:
        values = {name: each.value for name, each in inputs.items()}
        try:
            drawing = drawn(widget, values)
        except Exception:  # what stands there belongs to other settings
            result.log.exception("The widget %s with %s", widget.name, values)
            drawing = notice(text("widgets.broken"), "bad")
        result.value = framed(drawing)
        for control in talks:
            inputs[control.name].offer(
                lambda value, control=control: control.sayable(**(values | {control.name: value}))
            )

    for each in inputs.values():
        each.observe(redraw, names="value")
    redraw()
    columns = f"repeat(auto-fit, minmax({room + 190}px, 1fr))"
    spoken = [inputs[control.name] for control in talks]
    grid = ipywidgets.GridBox(
        [each for each in inputs.values() if each not in spoken],
        layout={"grid_template_columns": columns, "max_width": "760px"},
    )
    # What is said next stands below what has been said.
    box = ipywidgets.VBox([ipywidgets.HTML(framed(heading(widget))), grid, result, *spoken])
    box.add_class("credit-live")
    return box


def _label_width(control: Control) -> int:
    """Return the pixels that a control's label takes; ipywidgets would cut it short."""
    return 12 + sum(13 if sign > "\u2000" else 7 for sign in text(control.label))


def _input(control: Control, room: int):
    import ipywidgets

    if control.kind == "talk":
        from creditlib.widgets.talk import Talk

        return Talk(control)
    if control.kind == "slider":
        from creditlib.widgets.slide import Slide

        return Slide(control, room)
    common = {
        "value": control.start,
        "description": text(control.label),
        "tooltip": text(control.label),  # without one a label's is the word null
        "style": {"description_width": f"{room}px"},
        "layout": {"width": "auto"},
    }
    if control.kind == "toggle":
        return ipywidgets.Checkbox(**common)
    if control.kind == "choice":
        return ipywidgets.Dropdown(**common, options=control.choices)
    if control.kind == "date":
        return ipywidgets.DatePicker(**common)
    if control.kind == "text":
        # Not `grid_column`: ipywidgets takes `grid_area` away after it, and the column with it.
        common["layout"] = {"width": "auto", "grid_area": "auto / 1 / auto / -1"}
        return ipywidgets.Textarea(**common, rows=14)
    bounds = {"min": control.low, "max": control.high, "step": control.step}
    return ipywidgets.BoundedFloatText(**common, **bounds)
