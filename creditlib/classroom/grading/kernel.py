"""The calls of the Linux kernel that Python 3.11 lacks, each raising OSError when refused."""

import ctypes
import errno
import os
import platform
import signal
import struct
from contextlib import suppress
from functools import cache
from pathlib import Path

SET_PARENT_DEATH_SIGNAL = 1
SET_DUMPABLE = 4
SET_SECCOMP = 22
SET_CHILD_SUBREAPER = 36
SET_NO_NEW_PRIVILEGES = 38

_GET_TID_ADDRESS = 40
_CLONE3 = 435
_CLEAR_TID, _SET_TID = 0x00200000, 0x01000000
_CHILD_OF_THE_CALLER = 0x00008000  # of whoever called the process that clones
_NUMBER = struct.Struct("=q")
_CAPABILITY_VERSION_3 = 0x20080522


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments: object) -> int:
    """Call the function `name` of the C library; integers are passed as 64 bits.

    >>> call("getppid") == os.getppid()
    True
    """
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = getattr(_libc(), name)(*passed)
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """Make the system call `number`, for what the C library has no function of its own."""
    return call("syscall", number, *arguments)


def prctl(option: int, value: object, *more: int) -> None:
    """Set one property of this process: see prctl(2)."""
    call("prctl", option, value, *(more + (0,) * (3 - len(more))))


def fork_with(flags: int) -> int:
    """Fork with further `flags` of clone(2): os.fork for a child that starts in new namespaces.

    One fork instead of two (unshare, then fork): forking a process that has pandas loaded is
    what a sandbox costs. Python's own hooks run as for os.fork. The handlers that C libraries gave
    to pthread_atfork do not run, without which a lock that another thread held would stay locked in
    the child for ever: a process of several threads forks by os.fork, and has that copy of one
    thread make the child.
    """
    if len(os.listdir("/proc/self/task")) == 1:
        return _clone(flags, signal.SIGCHLD)
    told, tells = os.pipe()
    between = os.fork()
    if between == 0:
        try:
            answer = _clone(flags | _CHILD_OF_THE_CALLER, 0)
        except OSError as error:
            answer = -error.errno
        except BaseException:  # an interruption: nothing of the caller's may go on in a copy
            os._exit(1)
        if answer == 0:
            os.close(told)
            os.close(tells)
            return 0
        os.write(tells, _NUMBER.pack(answer))
        os._exit(0)
    os.close(tells)
    said = os.read(told, _NUMBER.size)
    os.close(told)
    os.waitpid(between, 0)
    (answer,) = _NUMBER.unpack(said) if said else (-errno.ECHILD,)
    if answer < 0:
        raise OSError(-answer, f"clone3: {os.strerror(-answer)}")
    return answer


def _clone(flags: int, exit_signal: int) -> int:
    thread = ctypes.c_void_p()
    with suppress(OSError):  # a kernel without checkpoint/restore: then raise() fails in the child
        prctl(_GET_TID_ADDRESS, ctypes.byref(thread))
    address = thread.value or 0
    flags |= (_CLEAR_TID | _SET_TID) if address else 0
    # struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls
    arguments = (ctypes.c_uint64 * 8)(flags, 0, address, 0, exit_signal, 0, 0, 0)
    # PyDLL: the interpreter's lock stays with this thread, in the child as in the parent.
    libc = ctypes.PyDLL(None, use_errno=True)
    python = ctypes.pythonapi
    python.PyOS_BeforeFork()
    pid = libc.syscall(_CLONE3, ctypes.byref(arguments), ctypes.sizeof(arguments))
    code = ctypes.get_errno()
    if pid == 0:
        python.PyOS_AfterFork_Child()
    else:
        python.PyOS_AfterFork_Parent()
    if pid < 0:
        raise OSError(code, f"clone3: {os.strerror(code)}")
    return pid


def machine() -> str:
    """Return the processor's name, as the tables of system calls have it.

    >>> machine() == platform.machine()
    True
    """
    return platform.machine()


def drop_capabilities() -> None:
    """Give up every capability of this process, for good once no new privileges is set."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    call("capset", header, (ctypes.c_uint32 * 6)())


def keep_only(kept: set[int]) -> None:
    """Close every file descriptor but `kept`; 0, 1 and 2 lead nowhere unless they are kept."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in {0, 1, 2} - kept - {nowhere}:
        os.dup2(nowhere, standard)
    edges = sorted({0, 1, 2, *kept})
    for below, above in zip(edges, [*edges[1:], os.sysconf("SC_OPEN_MAX")], strict=True):
        os.closerange(below + 1, above)


def erase_environment() -> None:
    """Empty the environment, the copy that /proc/self/environ shows included.

    What the interpreter itself has read before may linger in freed memory: a process that must
    hold no secret is started with a clean environment in the first place.
    """
    os.environ.clear()
    after_name = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = int(after_name[47]), int(after_name[48])  # fields 50 and 51 of proc(5)
    if start:
        ctypes.memset(start, 0, end - start)
