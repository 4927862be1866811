"""A time limit inside the process itself; the engine has a second one outside."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from creditlib.i18n import text

AGAIN = 1.0  # seconds until code that caught the interruption is interrupted again


class OutOfTime(KeyboardInterrupt):
    """Code took longer than it may; like an interruption, `except Exception` lets it pass."""

    def __init__(self, seconds: float):
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return text("grading.run.took_too_long", seconds=f"{self.seconds:g}")

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Interrupt what runs in this block, in the main thread, once it has taken `seconds`."""
    over = False

    def interrupt(number, frame):
        if not over:
            raise OutOfTime(seconds)

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
