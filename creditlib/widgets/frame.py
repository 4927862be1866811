"""What a widget is: controls, and one function from their values to HTML.

Standard library only, so that the same definition can run in a browser's Python.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from creditlib.errors import CreditError, InputError
from creditlib.i18n import language, text
from creditlib.widgets.look import STYLE, notice, words


@dataclass(frozen=True)
class Control:
    """One thing that the trainee can move.

    `kind` is "slider" or "number" (from `low` to `high` by `step`, shown as the format `number`),
    "choice" (one of `choices`, pairs of what is shown and its value), "toggle", "date" (a day, or
    None while there is none), "text" (several lines, as they are typed) or "talk" (what has been
    said so far, pairs of a move and of own words; `choices` are groups of moves, each a heading
    and its pairs, and `sayable`, from all values to moves, tells which can follow now). `label` is
    the key of its message, `start` its opening value.

    >>> Control("pd", "slider", "widgets.limit_desk.pd", 0.03, 0, 0.3, 0.01, number=".1%").shown()
    '3.0%'
    """

    name: str
    kind: str
    label: str
    start: object
    low: float = 0
    high: float = 0
    step: float = 1
    choices: tuple[tuple[str, object], ...] = ()
    number: str = ",.0f"
    sayable: Callable[..., Sequence[str]] | None = None

    def shown(self) -> str:
        """Return the opening value as the trainee reads it."""
        if self.kind == "choice":
            return next(shown for shown, value in self.choices if value == self.start)
        if self.kind == "toggle":
            return text("widgets.on" if self.start else "widgets.off")
        if self.kind == "date":
            return day(self.start)
        return format(self.start, self.number)

    def starting(self, start: object) -> "Control":
        """Return this control with another opening value; its range makes room for it.

        Raises `InputError` for a value that is not one of the choices.
        """
        known = [value for _, value in self.choices]
        if self.kind == "choice" and start not in known:
            raise InputError(
                "widgets.not_a_choice",
                label=text(self.label),
                value=start,
                known=", ".join(str(each) for each in known if each != ""),
            )
        if self.kind not in ("slider", "number"):
            return replace(self, start=start)
        return replace(self, start=start, low=min(self.low, start), high=max(self.high, start))


@dataclass(frozen=True)
class Widget:
    """A decision to try out: `render(**values)` draws what the controls' values lead to.

    The messages `widgets.<name>.title` and `.decision` say what it is and what is to be decided.
    """

    name: str
    controls: tuple[Control, ...]
    render: Callable[..., str]

    def opening(self) -> dict[str, object]:
        """Return the opening value of every control, by name."""
        return {control.name: control.start for control in self.controls}


def opened(controls: Sequence[Control], start: Mapping[str, object]) -> tuple[Control, ...]:
    """Return the controls, those that `start` names with the opening value that it gives.

    Raises `InputError` for a name that no control has.

    >>> opened([Control("proof", "toggle", "widgets.on", True)], {"proof": False})[0].start
    False
    """
    names = [each.name for each in controls]
    for name in start:
        if name not in names:
            raise InputError("widgets.no_control", name=name, known=", ".join(names))
    return tuple(
        each.starting(start[each.name]) if each.name in start else each for each in controls
    )


def heading(widget: Widget) -> str:
    """Return the widget's title and the decision that it is about, as HTML."""
    title, decision = (text(f"widgets.{widget.name}.{part}") for part in ("title", "decision"))
    return f"<h4>{words(title)}</h4><p>{words(decision)}</p>"


def drawn(widget: Widget, values: Mapping[str, object]) -> str:
    """Return what the widget shows for these values; where that is not defined, the reason."""
    try:
        return widget.render(**values)
    except CreditError as error:
        return notice(str(error), "bad")


def still(widget: Widget) -> str:
    """Return the widget's opening state as one framed block of HTML, for the published page."""
    return framed(
        heading(widget)
        + notice(text("widgets.still"), "quiet")
        + "".join(["<dl>", *map(_still_control, _listed(widget)), "</dl>"])
        + drawn(widget, widget.opening())
    )


def day(value: date | None) -> str:
    """Return a day as it is written in a reckoning, a dash while there is none.

    >>> day(date(2025, 12, 31)), day(None)
    ('2025-12-31', '–')
    """
    return value.isoformat() if value else "–"


def framed(inside: str) -> str:
    """Return HTML in the widgets' frame, with the style that it needs.

    >>> framed("<p>3</p>").endswith("><p>3</p></div>")
    True
    """
    return f'{STYLE}<div class="credit-widget" lang="{language()}">{inside}</div>'


def _listed(widget: Widget) -> list[Control]:
    """The controls whose value is one word or number; a letter or a talk is drawn by `render`."""
    return [control for control in widget.controls if control.kind not in ("text", "talk")]


def _still_control(control: Control) -> str:
    track = ""
    if control.kind == "slider":
        place = (control.start - control.low) / (control.high - control.low)
        track = f'<i class="track"><b style="width:{place:.0%}"></b></i>'
    return (
        f"<div><dt>{words(text(control.label))}</dt><dd>{words(control.shown())}</dd>{track}</div>"
    )
