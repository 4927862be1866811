"""A talk as a control in JupyterLab: buttons for the moves, a line for own words, undo, anew."""

from collections.abc import Callable, Mapping, Sequence

import ipywidgets
import traitlets

from creditlib.i18n import text
from creditlib.widgets.frame import Control
from creditlib.widgets.look import words

WRAPPED = {"display": "flex", "flex_flow": "row wrap", "align_items": "center"}
Said = tuple[tuple[str, str], ...]


class Talk(ipywidgets.VBox):
    """What has been said so far, as `value`: pairs of a move and of own words, one of them empty.

    A move that cannot follow now is greyed out; a step back goes to where something can be said.
    """

    value = traitlets.Tuple()

    def __init__(self, control: Control):
        self._sayable: Callable[[Said], Sequence[str]] = lambda _said: ()
        self.moves: dict[str, ipywidgets.Button] = {}
        groups = [self._group(name, moves) for name, moves in control.choices]
        self.typed = ipywidgets.Text(
            placeholder=text("widgets.talk.placeholder"), layout={"flex": "1 1 240px"}
        )
        self.typed.on_msg(self._submitted)
        self.send = _button(text("widgets.talk.send"), self._say_typed, "primary")
        self.undo = _button(text("widgets.talk.undo"), self._step_back)
        self.anew = _button(text("widgets.talk.anew"), self._start_anew)
        line = ipywidgets.Box([self.typed, self.send, self.undo, self.anew], layout=WRAPPED)
        super().__init__([line, *groups], layout={"max_width": "760px"}, value=control.start)

    def offer(self, sayable: Callable[[Said], Sequence[str]]) -> None:
        """Take what tells which moves can follow a talk, and offer those that can follow this one.

        It changes with the other controls: with somebody else on the line another talk is over.
        """
        self._sayable = sayable
        now = sayable(self.value)
        for move, button in self.moves.items():
            button.disabled = move not in now
        self.typed.disabled = self.send.disabled = not now
        self.undo.disabled = self.anew.disabled = not self.value

    def _group(self, name: str, moves: Sequence[tuple[str, str]]) -> ipywidgets.Box:
        heading = ipywidgets.HTML(f"<b>{words(name)}</b>", layout={"min_width": "96px"})
        for shown, move in moves:
            self.moves[move] = _button(shown, lambda _button, move=move: self._say(move))
        buttons = ipywidgets.Box(
            [self.moves[move] for _, move in moves], layout={**WRAPPED, "flex": "1 1 0"}
        )
        return ipywidgets.HBox([heading, buttons])

    def _say(self, move: str, own: str = "") -> None:
        self.value = (*self.value, (move, own))

    def _say_typed(self, _button: object = None) -> None:
        own = self.typed.value.strip()
        if own and not self.send.disabled:
            self.typed.value = ""
            self._say("", own)

    def _submitted(self, _typed: object, content: Mapping, _buffers: object) -> None:
        if content.get("event") == "submit":
            self._say_typed()

    def _step_back(self, _button: object) -> None:
        said = self.value[:-1]
        while said and not self._sayable(said):
            said = said[:-1]
        self.value = said

    def _start_anew(self, _button: object) -> None:
        self.value = ()


def _button(shown: str, pressed: Callable, style: str = "") -> ipywidgets.Button:
    button = ipywidgets.Button(
        description=shown, tooltip=shown, button_style=style, layout={"width": "auto"}
    )
    button.on_click(pressed)
    return button
