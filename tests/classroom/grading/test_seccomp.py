"""The filter of system calls, run instruction by instruction as the kernel would."""

import errno
import os
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.classroom.grading import seccomp, system_calls

MACHINES = list(system_calls.AUDIT_NAMES)
ALLOWED, KILLED = 0x7FFF0000, 0x80000000
X32 = 0x40000000


def decide(program, architecture, number, *arguments):
    """Run classic BPF over struct seccomp_data; return what the filter says."""
    words = {0: number, 4: architecture}
    for index, value in enumerate((*arguments, *[0] * (6 - len(arguments)))):
        words[16 + 8 * index] = value & 0xFFFFFFFF
    accumulator, at = 0, 0
    while True:
        code, if_true, if_false, constant = program[at]
        at += 1
        if code == 0x06:
            return constant
        if code == 0x20:
            accumulator = words[constant]
        elif code == 0x54:
            accumulator &= constant
        else:
            holds = {
                0x15: accumulator == constant,
                0x25: accumulator > constant,
                0x45: accumulator & constant != 0,
            }[code]
            at += if_true if holds else if_false


def says(machine, name, *arguments, abi=7, own_files=True):
    tables = [t for t in vars(system_calls).values() if isinstance(t, dict)]
    number = next(t[name] for t in tables if name in t)[MACHINES.index(machine)]
    program = seccomp.program(machine, abi, own_files)
    said = decide(program, system_calls.AUDIT_NAMES[machine], number, *arguments)
    return "allowed" if said == ALLOWED else errno.errorcode[said & 0xFFFF]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("own_files", [True, False])
@pytest.mark.parametrize("abi", [3, 7])
@given(number=st.integers(0, 2**32 - 1), argument=st.integers(0, 2**32 - 1))
def test_the_filter_decides_every_call(machine, own_files, abi, number, argument):
    program = seccomp.program(machine, abi, own_files)
    said = decide(program, system_calls.AUDIT_NAMES[machine], number, argument, argument)
    assert said == ALLOWED or errno.errorcode[said & 0xFFFF] in ("EPERM", "ENOSYS")
    assert len(program) <= 4096  # the kernel takes no longer one


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_by_another_processors_numbers_end_the_process(machine):
    program = seccomp.program(machine, 7, own_files=True)
    assert decide(program, 0x40000003, 1) == KILLED  # i386
    for number in (X32, X32 + 41, system_calls.LAST_KNOWN + 1):
        said = decide(program, system_calls.AUDIT_NAMES[machine], number)
        assert errno.errorcode[said & 0xFFFF] == "ENOSYS"


@pytest.mark.parametrize("machine", MACHINES)
def test_no_namespace_can_be_made_by_any_of_the_three_ways(machine):
    fork, new_user = 17, 0x10000000 | 17
    assert says(machine, "clone", fork) == "allowed"
    assert says(machine, "clone", new_user) == "EPERM"
    assert says(machine, "clone3") == "ENOSYS"
    assert says(machine, "unshare", new_user) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("own_files", [True, False])
def test_all_processes_of_a_run_stay_in_one_session_with_one_share_of_the_processor(
    machine, own_files
):
    for name in ("setsid", "setpgid"):
        assert says(machine, name, own_files=own_files) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_only_local_sockets_and_none_that_could_send_elsewhere(machine):
    for family in range(1, 46):
        expected = "allowed" if family == socket.AF_UNIX else "EPERM"
        assert says(machine, "socket", family) == expected
        assert says(machine, "socket", family, own_files=False) == "EPERM"
    pair = (socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    assert says(machine, "socketpair", *pair, own_files=False) == "allowed"
    pair = (socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
    assert says(machine, "socketpair", *pair, own_files=False) == "EPERM"


@pytest.mark.parametrize("machine", MACHINES)
def test_signals_reach_only_itself_where_landlock_cannot_scope_them(machine):
    for name in ("kill", "tgkill"):
        for target, expected in ((os.getpid(), "allowed"), (0, "allowed"), (1, "EPERM")):
            assert says(machine, name, target, abi=5, own_files=False) == expected
        assert says(machine, name, -1, abi=5, own_files=False) == "EPERM"
        assert says(machine, name, 1, abi=6, own_files=False) == "allowed"


def test_an_unknown_processor_is_refused():
    with pytest.raises(OSError, match="pdp11"):
        seccomp.program("pdp11", 7, own_files=True)
