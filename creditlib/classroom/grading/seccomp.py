"""Seccomp: the kernel refuses the system calls that a sandboxed process has no business with.

It fills what Landlock and namespaces leave open: memory that no limit counts, nested namespaces,
sockets of other families (vsock reaches a virtual machine's host), and, where there are no
namespaces, signals to other processes and changes of files by name. Source: seccomp(2).
"""

import ctypes
import errno
import os
import socket
import struct
from collections.abc import Iterable

from creditlib.classroom.grading import kernel, landlock
from creditlib.classroom.grading import system_calls as calls

_FILTER_MODE = 2
_ALLOW, _REFUSE, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _IF_EQUAL, _IF_GREATER, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_MASK = 0x54  # accumulator &= constant
_NUMBER, _PROCESSOR = 0, 4
_NEW_NAMESPACES = 0x7E020000
_SOCKET_TYPE = 0xF

# (code, jump if true, jump if false, constant)
Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install(machine: str, abi: int, own_files: bool) -> None:
    """Filter the system calls of this process and its children, for good.

    `own_files`: it has namespaces, with a root of its own, so that what it can name is its own;
    else `abi`, the version of Landlock, decides what the filter has to add. Raises OSError for a
    processor whose numbers are not known.
    """
    code = b"".join(struct.pack("=HBBI", *step) for step in program(machine, abi, own_files))
    kernel.prctl(kernel.SET_NO_NEW_PRIVILEGES, 1)
    loaded = _Program(len(code) // 8, code)
    kernel.prctl(kernel.SET_SECCOMP, _FILTER_MODE, ctypes.addressof(loaded))


def program(machine: str, abi: int, own_files: bool) -> list[Instruction]:
    """Return the filter as classic BPF instructions; `install` says what decides it."""
    dangerous = calls.numbers(calls.DANGEROUS, machine)  # raises for an unknown processor
    steps = [
        (_LOAD, 0, 0, _PROCESSOR),
        (_IF_EQUAL, 1, 0, calls.AUDIT_NAMES[machine]),
        (_RETURN, 0, 0, _KILL_PROCESS),  # 32-bit calls have other numbers
        (_LOAD, 0, 0, _NUMBER),
        (_IF_GREATER, 0, 1, calls.LAST_KNOWN),
        _refusal(errno.ENOSYS),
    ]

    def refuse(table: dict, error: int = errno.EPERM) -> None:
        steps.extend(_refused(calls.numbers(table, machine), error))

    def refuse_unless(table: dict, argument: int, allowed: Iterable[int]) -> None:
        for number in calls.numbers(table, machine):
            steps.extend(_only_with(number, argument, list(allowed)))

    steps.extend(_refused(dangerous, errno.EPERM))
    refuse(calls.LEAVING_THE_GROUP)
    refuse(calls.CLONE3, errno.ENOSYS)  # its flags cannot be read here; libc falls back to clone
    for number in calls.numbers(calls.CLONE, machine):
        steps += [
            (_IF_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _argument(0)),
            (_IF_ANY_BIT, 0, 1, _NEW_NAMESPACES),
            _refusal(errno.EPERM),
            (_RETURN, 0, 0, _ALLOW),
        ]
    if own_files:
        refuse_unless(calls.SOCKET, 0, [socket.AF_UNIX])
    else:
        myself = [0, os.getpid()]
        refuse(calls.FILE_PROPERTIES)
        refuse(calls.OTHER_PROCESSES)
        refuse(calls.SOCKET)
        # A pair of datagram sockets could send to any socket that has a name.
        for number in calls.numbers(calls.SOCKET_PAIR, machine):
            steps.extend(_only_with(number, 1, [socket.SOCK_STREAM], mask=_SOCKET_TYPE))
        refuse_unless(calls.ONLY_ITSELF, 0, myself)
        if abi < landlock.SCOPES_FROM:
            refuse(calls.SIGNALS)
            refuse_unless(calls.SIGNALS_TO_ITSELF, 0, myself)
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _argument(index: int) -> int:
    return 16 + 8 * index  # the lower half, on a little-endian processor


def _refusal(error: int) -> Instruction:
    return (_RETURN, 0, 0, _REFUSE | error)


def _refused(numbers: Iterable[int], error: int) -> list[Instruction]:
    return [step for n in numbers for step in ((_IF_EQUAL, 0, 1, n), _refusal(error))]


def _only_with(
    number: int, argument: int, allowed: list[int], mask: int = 0xFFFFFFFF
) -> list[Instruction]:
    """Allow the call `number` only if its `argument` is one of `allowed`."""
    tests = [(_IF_EQUAL, len(allowed) - i, 0, value) for i, value in enumerate(allowed)]
    body = [
        (_LOAD, 0, 0, _argument(argument)),
        (_MASK, 0, 0, mask),
        *tests,
        _refusal(errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return [(_IF_EQUAL, 0, len(body), number), *body]
