"""A warm process: it has imported what notebooks use, and makes a copy of itself for each job.

`python -m … KIND HANDLE LEVEL` is started by `template`, with a socket as its HANDLE; LEVEL is the
sandbox that is wanted, or nothing for the strongest that holds. The first message on the socket
has the further `libraries` that the assignment uses, and its `language`, if it chooses one.
"""

import gc
import importlib
import os
import random
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from creditlib.classroom.grading import check, sandbox, wire
from creditlib.classroom.grading.libraries import ALWAYS
from creditlib.classroom.grading.sandbox import Level, Limits
from creditlib.classroom.grading.scratch import remove


def main(kind: str, handle: str, wanted: str) -> None:
    """Serve the engine until it hangs up: copy this process, or end a copy and all it started.

    What the copies leave on the disk goes with this process, however the engine ended.
    """
    engine = socket.socket(fileno=int(handle))
    if kind == "run":
        from creditlib.classroom.grading import run as work
    else:
        work = check
    try:
        assignment = wire.receive(engine)
    except EOFError:
        return
    use = partial(_use, language=assignment["language"])
    for name in (*ALWAYS[kind], *assignment["libraries"]):
        if _hung_up(engine):
            return
        use([name])
    material = work.prepare()
    level = sandbox.probe(wanted)
    _freeze()

    def begin(job: socket.socket) -> None:
        _same_for_all()
        work.main(job, material)

    scratch = Path(tempfile.mkdtemp(prefix="creditlib-grading-"))
    try:
        scratch.chmod(0o711)  # a copy reaches its own folder there as another user
        with suppress(EOFError, OSError):  # the engine has ended
            wire.send(engine, {"level": level.name})
            _serve(engine, begin, {"use": use, "know": check.know}, level, scratch)
    finally:
        remove(scratch)


def _freeze() -> None:
    """Keep what there is where it is, so that the copies share its pages."""
    gc.collect()
    gc.freeze()


def _hung_up(engine: socket.socket) -> bool:
    """Tell whether the engine has ended, as long as it has nothing to say."""
    watched = select.poll()
    watched.register(engine, select.POLLIN)
    return bool(watched.poll(0))


def _use(libraries: Sequence[str], language: str) -> None:
    """Import libraries, and let each do once what every copy would else do for itself, if it can.

    What fails here fails, or is slower, where it is wanted.
    """
    for name in libraries:
        with suppress(Exception):
            library = importlib.import_module(name)
            if hasattr(library, "prepare"):
                library.prepare(*([[language]] if language else []))


def _same_for_all() -> None:
    """Begin every copy at the same random numbers: a mark must not depend on chance."""
    random.seed(0)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(0)


def _serve(
    engine: socket.socket,
    work: Callable[[socket.socket], None],
    more: Mapping[str, Callable[[list[str]], None]],
    level: Level,
    folder: Path,
) -> None:
    readable = sandbox.course_readable()
    begin = partial(_unsandboxed, engine)
    if level.name != "none":
        begin = partial(_sandboxed, readable=readable, level=level)
    copies: set[int] = set()
    try:
        while True:
            asked, sockets = wire.receive_with_sockets(engine)
            try:
                if asked["do"] == "copy":
                    scratch = Path(tempfile.mkdtemp(dir=folder))
                    limits = Limits(**asked["limits"])
                    child = begin(partial(work, sockets[0]), sockets[0], scratch, limits)
                    copies.add(child)
                    reply = {"child": child, "scratch": str(scratch)}
                elif asked["do"] in more:
                    more[asked["do"]](asked["these"])
                    _freeze()
                    reply = {"done": True}
                else:
                    _end(asked["child"], level)
                    copies.discard(asked["child"])
                    reply = {"ended": True}
            except OSError as error:
                reply = {"refused": str(error)}
            for one in sockets:
                one.close()
            wire.send(engine, reply)
    finally:
        for child in copies:
            _end(child, level)


def _sandboxed(
    work: Callable, job: socket.socket, scratch: Path, limits: Limits, readable, level: Level
) -> int:
    handles = [job.fileno()]
    return sandbox.spawn_sandboxed(work, scratch, readable, limits, level, handles).pid


def _unsandboxed(
    engine: socket.socket, work: Callable, job: socket.socket, scratch: Path, _limits: Limits
) -> int:
    child = os.fork()
    if child == 0:
        try:
            engine.close()
            nothing = os.open(os.devnull, os.O_RDWR)
            for standard in range(3):
                os.dup2(nothing, standard)
            os.chdir(scratch)
            os.setsid()
            work()
        finally:
            os._exit(0)
    return child


def _end(child: int, level: Level) -> None:
    if level.name != "none":
        sandbox.kill_all(child)
        return
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
