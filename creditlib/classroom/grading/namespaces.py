"""Namespaces: a sandbox with processes, network and file tree of its own.

Works for an ordinary user where the system lets users make user namespaces, and for root, who
becomes the user `nobody` inside. Needs Linux 5.12 (mount_setattr). Source: user_namespaces(7).
"""

import ctypes
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from creditlib.classroom.grading import kernel, system_calls
from creditlib.classroom.grading.limits import MIB, Limits

NOBODY = 65534
DEVICES = tuple(Path("/dev", name) for name in ("null", "zero", "full", "random", "urandom"))
SHARED_MEMORY = Path("/dev/shm")

_NEW_FILE_TREE, _NEW_NAMES, _NEW_IPC = 0x00020000, 0x04000000, 0x08000000
_NEW_USERS, _NEW_PROCESSES, _NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
_ALL_NEW = _NEW_FILE_TREE | _NEW_NAMES | _NEW_IPC | _NEW_USERS | _NEW_PROCESSES | _NEW_NETWORK
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _NO_PROGRAMS = 1, 2, 4, 8
_BIND, _RECURSIVE, _PRIVATE = 4096, 16384, 1 << 18
_DETACH = 2
_MOUNT_SETATTR, _HERE, _RECURSIVE_AT = 442, -100, 0x8000
_FILES = 20_000  # how many files the scratch folder may hold


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple((n, ctypes.c_uint64) for n in ("add", "clear", "propagation", "user"))


def fork() -> int:
    """Fork as os.fork does, the child as the first process in namespaces of its own.

    The child has all rights there and none outside; when it ends, the kernel ends every process
    that it left. The file tree is the caller's until it calls `make_root`.
    """
    return kernel.fork_with(_ALL_NEW)


def map_users(process: int) -> None:
    """Tell the kernel who is who in the user namespace of `process`; called from outside it."""
    user, group, root = os.geteuid(), os.getegid(), os.geteuid() == 0
    if not root:
        _write(process, "setgroups", "deny")
    for name, number in (("uid_map", user), ("gid_map", group)):
        lines = [f"{number} {number} 1"] + [f"{NOBODY} {NOBODY} 1"] * root
        _write(process, name, "\n".join(lines))


def _write(process: int, name: str, content: str) -> None:
    handle = os.open(f"/proc/{process}/{name}", os.O_WRONLY)
    try:
        os.write(handle, content.encode())
    finally:
        os.close(handle)


def user_inside() -> int:
    """Return the number of the user as whom sandboxed code runs."""
    return os.geteuid() or NOBODY


def become_nobody() -> None:
    """Give up root's number, so that root's files and root's exemption from limits are gone."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def make_root(scratch: Path, readable: Iterable[Path], limits: Limits) -> None:
    """Replace the file tree by one with `readable` (read-only), `scratch` and a few devices.

    `scratch` is a file system in memory that begins as a copy of the folder; it is gone with the
    sandbox, and the folder outside stays as it was. Leaves the process in `/`.
    """
    _mount(None, "/", None, _RECURSIVE | _PRIVATE)
    # Any folder that exists will do to build on; until the pivot it hides what it holds.
    _mount("tmpfs", str(scratch), "tmpfs", _NO_SETUID | _NO_DEVICES, f"size={MIB},mode=755")
    os.chdir(scratch)
    os.mkdir(".outside")
    (pivot_root,) = system_calls.numbers(system_calls.PIVOT_ROOT, kernel.machine())
    kernel.syscall(pivot_root, b".", b".outside")
    os.chdir("/")
    outside = Path("/.outside")

    _show(outside, readable)
    for device in DEVICES:
        _bind(outside, device)
    Path("/proc").mkdir(exist_ok=True)
    with suppress(OSError):  # refused where the system's own /proc is partly hidden
        _mount("proc", "/proc", "proc", _READ_ONLY | _NO_SETUID | _NO_DEVICES | _NO_PROGRAMS)
    _make_folder(SHARED_MEMORY)
    _make_folder(scratch)
    _in_memory(SHARED_MEMORY, 64 * MIB)
    _in_memory(scratch, limits.scratch_bytes)
    shutil.copytree(outside / scratch.relative_to("/"), scratch, symlinks=True, dirs_exist_ok=True)
    give_away(scratch)
    kernel.call("umount2", b"/.outside", _DETACH)
    os.rmdir("/.outside")
    _make_read_only(Path("/"))


def _show(outside: Path, readable: Iterable[Path]) -> None:
    """Bind each path of `readable` where it stood, links as links."""
    shown: list[Path] = []
    for path in sorted(readable):
        real = _follow(outside, path)
        if real is None or any(real.is_relative_to(s) for s in shown):
            continue
        _bind(outside, real)
        shown.append(real)


def _follow(outside: Path, path: Path) -> Path | None:
    """Return where `path` really stands, and make the links that lead there."""
    for _ in range(40):  # as many links as the kernel follows
        for part in (*reversed(path.parents[:-1]), path):
            there = outside / part.relative_to("/")
            if there.is_symlink():
                target = os.readlink(there)
                if not part.is_symlink() and not part.exists():
                    _make_folder(part.parent)
                    part.symlink_to(target)
                rest = path.relative_to(part)
                path = Path(os.path.normpath(part.parent / target / rest))
                break
        else:
            return path if os.path.lexists(outside / path.relative_to("/")) else None
    return None


def _bind(outside: Path, path: Path) -> None:
    source = outside / path.relative_to("/")
    if source.is_dir():
        _make_folder(path)
    else:
        _make_folder(path.parent)
        path.touch()
    _mount(str(source), str(path), None, _BIND | _RECURSIVE)
    _make_read_only(path, _RECURSIVE_AT)


def _make_folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)


def _in_memory(path: Path, size: int) -> None:
    options = f"size={size},nr_inodes={_FILES},mode=700"
    _mount("tmpfs", str(path), "tmpfs", _NO_SETUID | _NO_DEVICES, options)
    give_away(path)


def give_away(folder: Path) -> None:
    """Make `nobody` the owner of `folder` where root made it."""
    if os.geteuid() == 0:
        for place, folders, files in os.walk(folder):
            os.chown(place, NOBODY, NOBODY)
            for name in folders + files:
                os.chown(os.path.join(place, name), NOBODY, NOBODY, follow_symlinks=False)


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    texts = [t if t is None else os.fsencode(t) for t in (source, target, kind, options)]
    kernel.call("mount", texts[0], texts[1], texts[2], flags, texts[3])


def _make_read_only(path: Path, flags: int = 0) -> None:
    wanted = _MountAttributes(_READ_ONLY | _NO_SETUID, 0, 0, 0)
    size = ctypes.sizeof(wanted)
    kernel.syscall(_MOUNT_SETATTR, _HERE, bytes(path), flags, ctypes.byref(wanted), size)
