"""The trainee's work as the checker sees it: values, and functions that are called far away."""

import socket
import time
from collections.abc import Callable

from creditlib.classroom.grading import codec, wire
from creditlib.i18n import text

GRACE = 2.0  # seconds for an interrupted call to say so


class Trouble(Exception):
    """The trainee's process did not answer as it must; its text says what happened.

    The names of the classes below are read by trainees, in "stopped with an error: …".
    """

    def __init__(self, **values: object):
        super().__init__(text(f"grading.run.{self.key}", **values))


class Died(Trouble):
    """The process ended in the call."""

    key = "died"


class OutOfTime(Trouble):
    """The call did not end, not even when it was interrupted."""

    key = "took_too_long"


class TooLarge(Trouble):
    """The result is larger than may cross."""

    key = "too_large"


class Garbled(Trouble):
    """What came back is no answer."""

    key = "garbled"


class Trainee:
    """What a trainee's notebook made, asked over a socket.

    `trouble` is the first thing that went wrong for good; from then on every call raises it.
    """

    def __init__(self, process: socket.socket, call_seconds: float, test_seconds: float):
        self._process = process
        self._call_seconds = call_seconds
        self._deadline = time.monotonic() + test_seconds
        self.trouble: Trouble | None = None

    def bind(self, name: str, namespace: dict) -> None:
        """Put what the trainee calls `name` into a namespace; take it out where there is none."""
        namespace.pop(name, None)
        reply = self._ask({"get": name})
        if reply.get("missing") is not True:
            namespace[name] = self._value(reply)

    def function(self, name: str, number: int) -> Callable:
        """Return a function that calls the trainee's; what it does to its arguments stays there."""

        def stand_in(*args, **kwargs):
            question = {
                "call": number,
                "args": [codec.encode(one) for one in args],
                "kwargs": {key: codec.encode(one) for key, one in kwargs.items()},
            }
            return self._value(self._ask(question))

        stand_in.__name__ = stand_in.__qualname__ = name
        return stand_in

    def _ask(self, question: dict) -> dict:
        if self.trouble:
            raise self.trouble
        seconds = min(self._call_seconds + GRACE, self._deadline - time.monotonic())
        try:
            wire.send(self._process, question, seconds=max(seconds, 0.01))
            return wire.receive(self._process, seconds=max(seconds, 0.01))
        except TimeoutError:
            self.trouble = OutOfTime(seconds=f"{self._call_seconds:g}")
        except wire.WireError:
            self.trouble = Garbled()
        except (EOFError, OSError):
            self.trouble = Died()
        raise self.trouble

    def _value(self, reply: dict) -> object:
        try:
            if "error" in reply:
                error = codec.decode_error(reply["error"])
                if isinstance(error, StopIteration):  # it would end a test's own loop, as passed
                    error = RuntimeError(f"StopIteration({error})")
            elif "too_large" in reply:
                error = TooLarge()
            else:
                return codec.decode(reply.get("value"), self.function)
        except wire.WireError:
            error = self.trouble = Garbled()
        except (LookupError, TypeError, ValueError):
            error = self.trouble = Garbled()
        raise error
