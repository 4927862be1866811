"""What no limit of one process can say: how much memory all processes of a run hold together.

Beside each grader stands one small process, its watcher. It is handed every run, ends one that
holds too much, and, when the grader dies, ends the runs that are left.
"""

import atexit
import os
import select
import signal
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from creditlib.classroom.grading import kernel

_RUN = struct.Struct("=qq?")  # process, bytes allowed in all, whether its group has to be killed
_LOOK_EVERY = 100  # milliseconds

_watchers: dict[int, socket.socket] = {}  # of this process; a fork of it starts its own


def hand_over(run: int, memory: int, own_processes: bool) -> None:
    """Have the `run`, a child of this process, watched from now on.

    `memory`: the bytes that it may hold together with its descendants, not counting what it still
    shares with this process, from which it was forked. `own_processes`: it has a process
    namespace, which the kernel clears when it ends; else the watcher clears its process group.
    """
    me = os.getpid()
    order = _RUN.pack(run, memory, not own_processes)
    handle = os.pidfd_open(run)
    try:
        if me in _watchers:
            with suppress(BrokenPipeError):  # the watcher has died: start another
                socket.send_fds(_watchers[me], [order], [handle])
                return
        for other in [*_watchers.values()]:
            other.close()
        _watchers.clear()
        _watchers[me] = _start()
        socket.send_fds(_watchers[me], [order], [handle])
    finally:
        os.close(handle)


def end(run: int) -> None:
    """Kill a sandboxed `run` and everything in its process group, which nothing in it can leave.

    Where it has a process namespace the kernel kills all that is in it, too.
    """
    for kill in (os.kill, os.killpg):
        with suppress(ProcessLookupError):
            kill(run, signal.SIGKILL)


def _start() -> socket.socket:
    me = os.getpid()
    grader = os.pidfd_open(me)
    mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        if os.fork() == 0:
            try:
                os.setsid()
                kernel.keep_only({grader, its.fileno()})
                _serve(me, grader, its)
            finally:
                os._exit(0)
    finally:
        its.close()
        os.close(grader)
    atexit.register(mine.close)
    return mine


def _serve(parent: int, grader: int, orders: socket.socket) -> None:
    runs: dict[int, tuple[int, int, bool]] = {}
    watched = select.poll()  # `select.select` takes no handle above 1,023
    for handle in (grader, orders.fileno()):
        watched.register(handle, select.POLLIN)
    while True:
        ready = {handle for handle, _ in watched.poll(_LOOK_EVERY if runs else None)}
        if grader in ready:
            break
        for handle in runs.keys() & ready:
            _finish(handle, *runs.pop(handle))
            watched.unregister(handle)
            os.close(handle)
        if orders.fileno() in ready:
            message, handles, _, _ = socket.recv_fds(orders, _RUN.size, 1)
            if not message:
                break
            runs[handles[0]] = _RUN.unpack(message)
            watched.register(handles[0], select.POLLIN)
        for handle, (run, allowed, grouped) in runs.items():
            if _holds_more_than(allowed, _family(run, parent), parent):
                _finish(handle, run, allowed, grouped)
    for handle, run in runs.items():
        _finish(handle, *run)


def _finish(handle: int, run: int, _allowed: int, grouped: bool) -> None:
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    if grouped:
        with suppress(ProcessLookupError):
            os.killpg(run, signal.SIGKILL)


def _family(first: int, parent: int) -> list[int]:
    """Return `first` and its descendants, as far as they can be seen.

    Orphans among them come to its `parent` where they have no process namespace.
    """
    found = [first, *(child for child in _children(parent) if _is_orphan_of(first, child))]
    for process in found:
        found += _children(process)
    return found


def _children(process: int) -> Iterator[int]:
    with suppress(OSError):
        for task in os.listdir(f"/proc/{process}/task"):
            children = Path(f"/proc/{process}/task/{task}/children").read_text()
            yield from map(int, children.split())


def _is_orphan_of(run: int, process: int) -> bool:
    with suppress(OSError):
        return process != run and os.getpgid(process) == run
    return False  # it has ended


def _holds_more_than(allowed: int, processes: list[int], parent: int) -> bool:
    # The quick sum counts shared pages in every process; only a large one is looked at closely.
    if sum(map(_resident, processes)) <= allowed:
        return False
    # A page that is still the parent's has the same share in every process that came of it. Shares
    # change while they are read, as processes begin and end: the larger one is taken.
    shares = [_held(parent, "Pss_Anon:")]
    held = [*filter(None, (_held(one, "Pss_Anon:", "Pss_Shmem:") for one in processes))]
    shares.append(_held(parent, "Pss_Anon:"))
    inherited = min(len(held) * max(shares), _held(parent, "Anonymous:"))
    return sum(held) - inherited > allowed


def _resident(process: int) -> int:
    with suppress(OSError, IndexError):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0  # it has ended


def _held(process: int, *kinds: str) -> int:
    """Return the memory of `process` of some kinds; of kinds "Pss", its share in shared pages.

    Pages of files are not asked for: the kernel takes them back when it needs room, and a forked
    process begins without them, so that they cannot be set against the parent's.
    """
    with suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        if held := [line.split() for line in lines if line.startswith(kinds)]:
            return sum(int(kib) * 1024 for _, kib, _ in held)
    return _resident(process)  # a process can hide its map, but not its size
