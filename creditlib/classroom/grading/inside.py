"""The way into the sandbox, walked by the forked process itself before it runs anything else."""

import errno
import json
import os
import select
import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from creditlib.classroom.grading import kernel, landlock, limits, namespaces, seccomp

FORKED, READY = b"forked", b"ready"


@dataclass(frozen=True)
class Cell:
    """Everything that a process has to know on its way into the sandbox."""

    main: Callable[[], int | None]
    scratch: Path
    readable: tuple[Path, ...]
    limits: limits.Limits
    landlock_abi: int  # 0: not used
    namespaces: bool
    pass_fds: tuple[int, ...]
    report: int  # where to say how the set-up goes
    go: int  # where the word comes that the grader has done its part
    other_tasks: int  # of the same user, where the kernel counts them together


def run(cell: Cell) -> None:
    """Enter the sandbox, run `cell.main`, exit with its result. Never returns."""
    code = 1
    try:
        _enter(cell)
    except BaseException as trouble:
        _say(cell.report, trouble)
        os._exit(code)
    try:
        os.write(cell.report, READY)
        os.close(cell.report)
        code = cell.main() or 0
    finally:
        os._exit(code)


def _enter(cell: Cell) -> None:
    _forget_handlers()
    kernel.keep_only({*cell.pass_fds, cell.report, cell.go})
    os.setsid()
    kernel.prctl(kernel.SET_DUMPABLE, 1)  # else /proc/self and the user map belong to root
    os.write(cell.report, FORKED)
    if not os.read(cell.go, 1):
        raise OSError(errno.ECHILD, "the grader has ended")
    # What has to be read in the system's own /proc, before it is out of sight.
    kernel.erase_environment()
    inherited = limits.address_space()
    limits.prefer_to_end_this()
    if cell.namespaces:
        namespaces.make_root(cell.scratch, cell.readable, cell.limits)
    elif os.geteuid() == 0:
        namespaces.give_away(cell.scratch)
    if os.geteuid() == 0:
        namespaces.become_nobody()
    kernel.drop_capabilities()
    # A change of user makes the kernel forget both: only now.
    kernel.prctl(kernel.SET_DUMPABLE, 1)
    kernel.prctl(kernel.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    grader = select.poll()  # `select.select` takes no handle above 1,023
    grader.register(cell.go, select.POLLIN)
    if grader.poll(0):
        raise OSError(errno.ECHILD, "the grader has ended")
    os.close(cell.go)

    os.umask(0o077)
    os.chdir(cell.scratch)
    os.environ.update(environment(cell.scratch))
    tempfile.tempdir = str(cell.scratch)  # it may remember the grader's
    limits.apply(cell.limits, inherited, cell.other_tasks)
    if cell.landlock_abi:
        landlock.restrict(_rules(cell), cell.landlock_abi)
    seccomp.install(kernel.machine(), cell.landlock_abi, cell.namespaces)


def environment(scratch: Path) -> dict[str, str]:
    """Return the environment of sandboxed code: nothing of ours, every folder in `scratch`.

    >>> environment(Path("/run/one"))["HOME"]
    '/run/one'
    """
    folders = ("HOME", "TMPDIR", "MPLCONFIGDIR", "IPYTHONDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    threads += ("LOKY_MAX_CPU_COUNT",)  # `n_jobs=-1` would start a process for each processor
    return {
        **dict.fromkeys(folders, str(scratch)),
        **dict.fromkeys(threads, "1"),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "USER": "trainee",
        "LOGNAME": "trainee",
        "MPLBACKEND": "agg",
    }


def _rules(cell: Cell) -> list[tuple[Path, int]]:
    system = (Path("/proc"),) if cell.namespaces else ()
    own = (namespaces.SHARED_MEMORY,) if cell.namespaces else ()
    return [
        *((path, landlock.READ) for path in (*cell.readable, *system)),
        *((path, landlock.DEVICE) for path in namespaces.DEVICES),
        *((path, landlock.WRITE) for path in (cell.scratch, *own)),
    ]


def _forget_handlers() -> None:
    """Undo what the grader arranged for its own signals."""
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _say(report: int, trouble: BaseException) -> None:
    """Send the grader what went wrong: an error number and a text."""
    number = getattr(trouble, "errno", None) or errno.EPERM
    os.write(report, json.dumps([number, f"{type(trouble).__name__}: {trouble}"]).encode())
