"""What all processes of a run hold together, in graders small and large; run by test_sandbox."""

# ruff: noqa: F401, F811 (fixtures are used by name)

import os
import resource
import signal
import time
from pathlib import Path

import pytest

from creditlib.classroom.grading import sandbox
from creditlib.classroom.grading.limits import MIB
from tests.classroom.grading.test_sandbox import (
    USERS,
    grader,
    level,
    sandboxed,
    scratch,
)


def spread(memory):
    """Hold `memory` bytes in each of six processes."""
    for _ in range(5):
        if os.fork() == 0:
            break
    kept = bytearray(os.urandom(1)) * memory
    time.sleep(20)
    return len(kept)


def orphaned(memory):
    """Hold `memory` bytes in each of six processes whose parents have ended."""
    for _ in range(6):
        if os.fork() == 0:
            if os.fork() == 0:
                kept = bytearray(os.urandom(1)) * memory
                time.sleep(20)
                os._exit(len(kept) > 0)
            os._exit(0)
    time.sleep(20)


@pytest.mark.parametrize("user", USERS)
def test_processes_that_lost_their_parents_are_counted_too(user, scratch, level):
    limits = sandbox.Limits(memory=120 * MIB)

    def work():
        return sandboxed(lambda: orphaned(60 * MIB), scratch, level, limits=limits)

    assert grader(user, work) == [None, -signal.SIGKILL]


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("grader_holds", [0, 900 * MIB], ids=["small grader", "large grader"])
def test_processes_that_together_hold_too_much_memory_are_ended(grader_holds, user, scratch, level):
    limits = sandbox.Limits(memory=120 * MIB)

    def work():
        kept = bytearray(os.urandom(1)) * grader_holds
        started = time.monotonic()
        ended = sandboxed(lambda: spread(60 * MIB), scratch, level, limits=limits)
        return ended, time.monotonic() - started, len(kept)

    (answer, status), seconds, kept = grader(user, work)
    assert (answer, status, kept) == (None, -signal.SIGKILL, grader_holds)
    assert seconds < 15  # they would have slept for 20


def test_a_watcher_that_died_is_replaced(scratch, level):
    def work():
        sandboxed(lambda: 0, scratch, level)
        (watcher,) = map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
        os.kill(watcher, signal.SIGKILL)
        os.waitpid(watcher, 0)
        limits = sandbox.Limits(memory=120 * MIB)
        return sandboxed(lambda: spread(60 * MIB), scratch, level, limits=limits)

    assert grader(USERS[0], work) == [None, -signal.SIGKILL]


def test_a_grader_with_many_open_files_is_as_safe(scratch, level):
    def work():
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(2_048, most), most))
        many = [os.open(os.devnull, os.O_RDONLY) for _ in range(1_100)]
        limits = sandbox.Limits(memory=120 * MIB)
        ended = sandboxed(lambda: spread(60 * MIB), scratch, level, limits=limits)
        return sandboxed(lambda: 7, scratch, level, limits=limits), ended, max(many) > 1_023

    assert grader(USERS[0], work) == [[7, 0], [None, -signal.SIGKILL], True]


@pytest.mark.parametrize("grader_holds", [0, 900 * MIB], ids=["small grader", "large grader"])
def test_a_little_memory_in_several_processes_is_fine(grader_holds, scratch, level):
    def main():
        for _ in range(5):
            if os.fork() == 0:
                kept = bytearray(b"x") * (5 * MIB)
                time.sleep(0.5)
                os._exit(len(kept) == 0)
        time.sleep(0.5)
        return "ended by itself"

    def work():
        kept = bytearray(os.urandom(1)) * grader_holds
        limits = sandbox.Limits(memory=120 * MIB)
        return sandboxed(main, scratch, level, limits=limits), len(kept)

    assert grader(USERS[0], work) == [["ended by itself", 0], grader_holds]
