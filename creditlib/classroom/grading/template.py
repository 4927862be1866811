"""The engine's end of a warm process: starts it, has it copied, ends the copies."""

import errno
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import creditlib
from creditlib.classroom.grading import scratch, wire
from creditlib.classroom.grading.limits import Limits
from creditlib.errors import CreditError

START_SECONDS = 120.0
FORK_SECONDS = 30.0
LOST = (OSError, EOFError, wire.WireError)  # a TimeoutError is an OSError
SERVER = "creditlib.classroom.grading.warm"
# One thread each, so that the process can be copied; the same hashes, so that sets keep an order.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": str(Path(creditlib.__file__).parent.parent),
    "LANG": "C.UTF-8",
}
# Of the engine's own environment; the folders are those of the caches of fonts.
KEPT = ("PATH", "LD_LIBRARY_PATH", "TZ", "HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR")


@dataclass
class Copy:
    """A copy of a warm process, at work on one job; `socket` is where one talks to it."""

    template: "Template"
    process: int
    socket: socket.socket
    scratch: Path

    def end(self) -> None:
        """End it and everything that it started."""
        self.socket.close()
        self.template.end(self.process)
        scratch.remove(self.scratch)


class Template:
    """A warm process of one kind (`run` or `check`), started when it is first needed.

    `wanted` is the level of the sandbox; empty for the strongest that holds here, which `level`
    says.
    """

    def __init__(self, kind: str, wanted: str = ""):
        self.kind = kind
        self.wanted = wanted
        self._used: set[str] = set()  # libraries that it has been told to import
        self._known: Sequence[str] = ()  # cells
        self._level = ""
        self._closed = False
        self._process: subprocess.Popen | None = None
        self._engine: socket.socket | None = None
        self._lock = threading.Lock()

    def begin(self, libraries: Iterable[str] = (), language: str = "") -> None:
        """Let the process begin, without waiting until it is warm: two of them warm up together.

        It imports `libraries` beside what nearly every notebook does, and has them prepare for a
        language, or for each that there is.
        """
        with self._lock, suppress(OSError):  # whoever needs it hears why it could not begin
            self._begin(libraries, language)

    @property
    def level(self) -> str:
        """The sandbox that its copies are in; raises `CreditError` if it cannot be started."""
        with self._lock:
            try:
                self._start()
            except LOST as error:
                raise _no_process(error) from error
            return self._level

    def use(self, libraries: Iterable[str]) -> None:
        """Have libraries imported for the copies to come."""
        with self._lock:
            new = sorted(set(libraries) - self._used)
            self._used.update(new)
        if new:
            self._tell({"do": "use", "these": new})

    def know(self, cells: Sequence[str]) -> None:
        """Have steps of the checker compiled for the copies to come."""
        with self._lock:
            new, self._known = cells != self._known, cells
        if new:
            self._tell({"do": "know", "these": list(cells)})

    def copy(self, limits: Limits) -> Copy:
        """Return a copy that is ready to work.

        Raises `CreditError` where there can be none.
        """
        ours, its = socket.socketpair()
        try:
            with its:
                reply = self._ask({"do": "copy", "limits": asdict(limits)}, its)
            if "refused" in reply:
                raise OSError(reply["refused"])
        except LOST as error:
            ours.close()
            raise _no_process(error) from error
        return Copy(self, reply["child"], ours, Path(reply["scratch"]))

    def end(self, process: int) -> None:
        """End a copy and everything that it started."""
        with suppress(*LOST):
            self._ask({"do": "end", "child": process})

    def close(self) -> None:
        """End the warm process with all its copies, for good."""
        with self._lock:
            self._closed = True
            self._stop()

    def _tell(self, message: dict) -> None:
        with suppress(*LOST):  # then each copy does it for itself
            self._ask(message)

    def _ask(self, message: dict, *sockets: socket.socket) -> dict:
        with self._lock:
            self._start()
            try:
                wire.send(self._engine, message, sockets=sockets, seconds=FORK_SECONDS)
                return wire.receive(self._engine, seconds=FORK_SECONDS)
            except LOST:
                self._stop()
                raise

    def _start(self) -> None:
        self._begin()
        if self._level:
            return
        try:
            self._level = wire.receive(self._engine, seconds=START_SECONDS)["level"]
        except LOST:
            self._stop()
            raise

    def _begin(self, libraries: Iterable[str] = (), language: str = "") -> None:
        if self._closed:
            raise OSError(errno.ESHUTDOWN, os.strerror(errno.ESHUTDOWN))
        if self._process is not None and self._process.poll() is None:
            return
        self._stop()
        self._engine, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", SERVER, self.kind, str(its.fileno()), self.wanted],
                env=_environment(),
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the engine, which then ends this
            )
        self._used = set(libraries)
        assignment = {"libraries": sorted(libraries), "language": language}
        wire.send(self._engine, assignment, seconds=FORK_SECONDS)

    def _stop(self) -> None:
        self._level, self._known, self._used = "", (), set()
        if self._engine is not None:
            self._engine.close()
            self._engine = None
        if self._process is not None:
            try:
                self._process.wait(FORK_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return ENVIRONMENT | kept | {"TMPDIR": tempfile.gettempdir()}


def _no_process(error: BaseException) -> CreditError:
    return CreditError("grading.run.no_process", why=str(error) or type(error).__name__)
