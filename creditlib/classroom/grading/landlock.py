"""Landlock: the kernel's own list of the files that a process may still open.

Source: Documentation/userspace-api/landlock.rst of Linux 6.18 (ABI 1 to 7).
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from creditlib.classroom.grading import kernel

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every processor
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_LOG_NOTHING = 1  # ABI 7: a hostile loop may not fill the audit log

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
_MAKE_DEVICES = 1 << 6 | 1 << 11
_REFER, _TRUNCATE, _DEVICE_CONTROL = 1 << 13, 1 << 14, 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _DEVICE_CONTROL

READ = _EXECUTE | _READ_FILE | _READ_DIR
DEVICE = _READ_FILE | _WRITE_FILE | _TRUNCATE
WRITE = (_TRUNCATE * 2 - 1) & ~_MAKE_DEVICES

NET_FROM, SCOPES_FROM, LOG_FLAGS_FROM = 4, 6, 7


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """Return the Landlock ABI of this kernel, 0 where there is none or it is switched off.

    >>> version() >= 0
    True
    """
    try:
        return kernel.syscall(_CREATE, None, 0, _VERSION_FLAG)
    except OSError:
        return 0


def restrict(rules: Iterable[tuple[Path, int]], abi: int) -> None:
    """Allow this process and its children the `rules`, (path, rights) pairs, and nothing else.

    With `abi` 4 no TCP port can be bound or connected to either, with `abi` 6 no process and no
    abstract socket outside can be reached. A path that does not exist is passed over: nothing is
    there to open.
    """
    files = _files_known_to(abi)
    ruleset = _Ruleset(files, 0b11, 0b11)
    # A kernel takes as much of the structure as it knows.
    size = 8 if abi < NET_FROM else 16 if abi < SCOPES_FROM else 24
    handle = kernel.syscall(_CREATE, ctypes.byref(ruleset), size, 0)
    try:
        for path, rights in rules:
            _allow(handle, path, rights & files)
        kernel.prctl(kernel.SET_NO_NEW_PRIVILEGES, 1)
        kernel.syscall(_RESTRICT, handle, _LOG_NOTHING if abi >= LOG_FLAGS_FROM else 0)
    finally:
        os.close(handle)


def _files_known_to(abi: int) -> int:
    known = _REFER - 1
    for right, since in ((_REFER, 2), (_TRUNCATE, 3), (_DEVICE_CONTROL, 5)):
        known |= right if abi >= since else 0
    return known


def _allow(handle: int, path: Path, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= _OF_A_FILE
        beneath = _Beneath(rights, parent)
        kernel.syscall(_ADD, handle, _PATH_BENEATH, ctypes.byref(beneath), 0)
    finally:
        os.close(parent)
