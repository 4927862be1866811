"""How much a sandboxed run may use, and how the kernel is told."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

with suppress(ImportError):  # Windows has none; there the sandbox says that nothing holds
    import resource

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one sandboxed run may use; sizes in bytes.

    `memory` is for each process, on top of the address space that it was forked with, and for
    the resident memory of all processes of the run together. `processes` counts threads too.
    `scratch_bytes` is the room in the scratch folder where the sandbox has its own file system.

    >>> Limits(cpu_seconds=5).file_bytes // MIB
    50
    """

    memory: int = 2048 * MIB
    cpu_seconds: int = 60
    file_bytes: int = 50 * MIB
    open_files: int = 256
    processes: int = 64
    scratch_bytes: int = 256 * MIB


def apply(limits: Limits, inherited: int, others: int) -> None:
    """Set the limits of this process and its children; none can be raised again.

    `inherited`: the address space that it was forked with, in bytes. `others`: how many tasks the
    same user runs outside, where the kernel counts them together. The CPU limit kills: SIGXCPU
    would not reach the first process of a namespace.
    """
    for name, wanted in (
        (resource.RLIMIT_AS, inherited + limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, others + limits.processes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, MIB),
    ):
        most = resource.getrlimit(name)[1]
        bound = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(name, (bound, bound))


def address_space() -> int:
    """Return the size of this process's address space in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def prefer_to_end_this() -> None:
    """Have the kernel end this process and its children first when the machine's memory is full."""
    with suppress(OSError):  # a container may have /proc read-only; no promise hangs on it
        Path("/proc/self/oom_score_adj").write_text("1000")


def tasks_of(user: int) -> int:
    """Count the threads of every process that runs as `user`."""
    count = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if process.stat().st_uid == user:
                    count += len(os.listdir(process / "task"))
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue  # ended meanwhile, or not ours
    return count
