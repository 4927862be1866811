"""The two processes of one submission: the trainee's cells in one, the tests in the other."""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from creditlib.classroom.grading import wire
from creditlib.classroom.grading.limits import Limits
from creditlib.classroom.grading.outputs import MOST_TOGETHER, checked, size
from creditlib.classroom.grading.plan import Step
from creditlib.classroom.grading.standin import GRACE
from creditlib.classroom.grading.template import LOST, Copy, Template
from creditlib.errors import CreditError


@dataclass(frozen=True)
class Times:
    """How long things may take, in seconds of the clock.

    `cell`: a cell of the trainee's; `call`: a function that a test calls; `test`: a whole test;
    `notebook`: all of it, cells that are run again too.
    """

    cell: float = 30.0
    call: float = 10.0
    test: float = 30.0
    notebook: float = 240.0


class Dead(Exception):
    """What could not be run to its end; `key` is the message that says why."""

    def __init__(self, key: str):
        super().__init__(key)
        self.key = key


class TraineeRun:
    """The trainee's process. A cell that ends it is dead: the process begins again without it."""

    def __init__(
        self, template: Template, cells: Sequence[tuple[int, str]], limits: Limits, times: Times
    ):
        self.dead: dict[int, str] = {}  # per cell why
        self._template, self._cells = template, cells
        self._limits, self._times = limits, times
        self._deadline = time.monotonic() + times.notebook
        self._letters = MOST_TOGETHER
        self._copy: Copy | None = None
        self._next = 0  # the cell that comes next in this process
        self._reached = 0  # the cell that comes next in the notebook
        self._number = 0  # of the last question

    def run(self, cell: int) -> list[dict]:
        """Run a cell of the notebook and return its outputs; raises `Dead`."""
        self._reached = cell + 1
        self._catch_up(cell)
        if cell in self.dead:
            raise Dead(self.dead[cell])
        try:
            outputs = self._run_next()
        except LOST as error:
            raise Dead(self._bury(cell, error)) from None
        self._letters -= sum(map(size, outputs))
        return outputs

    def copy(self) -> socket.socket:
        """Return a socket to a copy of the process, as it is after the last cell; raises `Dead`.

        Until `release` ends the copy, the process itself stands still.
        """
        while True:
            self._catch_up(self._reached)
            ours, its = socket.socketpair()
            with its:
                try:
                    self._send({"do": "serve", "seconds": self._times.call}, its)
                    return ours
                except LOST as error:
                    ours.close()
                    self._bury(self._last_alive(), error)

    def release(self) -> None:
        """End the copy."""
        try:
            wire.send(self._copy.socket, {"do": "enough"}, seconds=GRACE)
            if self._reply(GRACE).get("served") is not True:
                raise wire.WireError
        except LOST as error:
            self._bury(self._last_alive(), error)

    def end(self) -> None:
        """End the process and everything that it started."""
        if self._copy is not None:
            self._copy.end()
            self._copy = None

    def _catch_up(self, cell: int) -> None:
        """Have a process in which every cell before `cell` has run that does not end it."""
        while True:
            if time.monotonic() > self._deadline:
                raise Dead("no_time")
            if self._copy is None:
                self._copy, self._next = self._template.copy(self._limits), 0
            try:
                while self._next < cell:
                    if self._next in self.dead:
                        self._next += 1
                    else:
                        self._run_next()
                return
            except LOST as error:
                self._bury(self._next, error)

    def _run_next(self) -> list[dict]:
        count, source = self._cells[self._next]
        self._send({"do": "run", "count": count, "source": source, "seconds": self._times.cell})
        outputs = checked(self._reply(self._times.cell + GRACE).get("outputs"), self._letters)
        self._next += 1
        return outputs

    def _last_alive(self) -> int:
        alive = [cell for cell in range(self._next) if cell not in self.dead]
        if not alive:  # nothing of the trainee's has run: it is not the trainee's doing
            raise CreditError("grading.run.no_process", why="–")
        return alive[-1]

    def _bury(self, cell: int, error: BaseException) -> str:
        self.dead[cell] = "cell_hung" if isinstance(error, TimeoutError) else "cell_died"
        self.end()
        return self.dead[cell]

    def _send(self, question: dict, *sockets: socket.socket) -> None:
        self._number += 1
        question |= {"number": self._number}
        wire.send(self._copy.socket, question, sockets=sockets, seconds=GRACE)

    def _reply(self, seconds: float) -> dict:
        left = self._deadline + GRACE - time.monotonic()
        reply = wire.receive(self._copy.socket, seconds=max(min(seconds, left), GRACE))
        if reply.get("number") != self._number:
            raise wire.WireError("an answer that was not asked for")
        return reply


class Checker:
    """The checker's process; a test that ends it has failed, and the process begins again."""

    def __init__(self, template: Template, limits: Limits, times: Times):
        self._template, self._limits, self._times = template, limits, times
        self._copy: Copy | None = None
        self._alone: list[Step] = []  # the steps done that need nothing of the trainee

    def check(self, steps: Sequence[Step], trainee: socket.socket | None) -> list[dict]:
        """Run steps of the instructor's and return the score, message and outputs of each.

        There are fewer outcomes than steps where one brought trouble with the trainee's process
        or ended the checker's: the rest need other processes.
        """
        outcomes: list[dict] = []
        try:
            self._begin()
            self._send({"steps": [step.as_message() for step in steps]}, trainee)
            while len(outcomes) < len(steps):
                outcomes.append(self._reply())
                step = steps[len(outcomes) - 1]
                if step.points is None and not step.fetched:
                    self._alone.append(step)
                if outcomes[-1]["trouble"]:
                    break
        except LOST:
            self.end()
            said = self.say("checker_died")
            outcomes.append({"score": 0.0, "message": said, "outputs": []})
        return outcomes

    def say(self, key: str) -> str:
        """Return a message in the language of the assignment, which is chosen in it."""
        self._begin()
        self._send({"say": f"grading.run.{key}"})
        return self._reply()["said"]

    def end(self) -> None:
        """End the process."""
        if self._copy is not None:
            self._copy.end()
            self._copy = None

    def _begin(self) -> None:
        if self._copy is None:
            self._copy = self._template.copy(self._limits)
            if self._alone:
                self._send({"steps": [step.as_message() for step in self._alone]})
                for _ in self._alone:
                    self._reply()

    def _send(self, question: dict, trainee: socket.socket | None = None) -> None:
        question |= {"call_seconds": self._times.call, "test_seconds": self._times.test}
        sockets = [] if trainee is None else [trainee]
        wire.send(self._copy.socket, question, sockets=sockets, seconds=GRACE)

    def _reply(self) -> dict:
        return wire.receive(self._copy.socket, seconds=self._times.test + 2 * GRACE)
