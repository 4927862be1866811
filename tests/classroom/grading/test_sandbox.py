"""Each attack succeeds without the sandbox and fails in it, for root and for an ordinary user."""

import ctypes
import json
import mmap
import os
import resource
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from creditlib.classroom.grading import kernel, sandbox
from creditlib.classroom.grading.limits import MIB
from creditlib.i18n import text

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

NOBODY = 65534
USERS = ["root", "ordinary"] if os.geteuid() == 0 else ["ordinary"]
LEVELS = ["full", "namespaces", "landlock"]
VSOCK, SEIZE, NEW_USER = 40, 0x4206, 0x10000000


@pytest.fixture(params=LEVELS)
def level(request):
    known = {level.name: level for level in sandbox.candidates()}
    if request.param not in known:
        pytest.skip("this kernel has no Landlock")
    return known[request.param]


@pytest.fixture
def scratch():
    """A folder that an ordinary user can reach, unlike tmp_path when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="creditlib-sandbox-"))
    folder.chmod(0o755)
    scratch = folder / "scratch"
    scratch.mkdir()
    scratch.chmod(0o777)
    yield scratch
    shutil.rmtree(folder)


def forked(work):
    """Run `work` in a forked process; return its answer (JSON), or None if it died."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, json.dumps(work()).encode())
        except BaseException as trouble:
            os.write(writing, json.dumps(f"FAILED {trouble!r}").encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answer:
        said = answer.read()
    os.waitpid(pid, 0)
    return json.loads(said) if said else None


def grader(user, work):
    """Run `work` in a process of `user`, as a grader that was started by that user."""

    def as_user():
        if user == "ordinary" and os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            kernel.prctl(kernel.SET_DUMPABLE, 1)  # as after a login
        return work()

    answer = forked(as_user)
    if isinstance(answer, str) and answer.startswith("FAILED"):
        pytest.fail(answer)
    return answer


def sandboxed(main, scratch, level, readable=(), limits=None, keep=()):
    """Run `main` in the sandbox; return what it answers (JSON, None if it died), and its status."""
    reading, writing = os.pipe()

    def answer():
        os.write(writing, json.dumps(main()).encode())

    limits = limits or sandbox.Limits()
    child = sandbox.spawn_sandboxed(answer, scratch, readable, limits, level, [writing, *keep])
    os.close(writing)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    status = sandbox.kill_all(child.pid)
    with open(reading, "rb") as answered:
        said = answered.read()
    return (json.loads(said) if said else None), status


class Outside:
    """What an attack aims at: files, sockets and processes that anyone may use but for the box."""

    def __init__(self, folder):
        self.gradebook = folder / "gradebook.db"
        self.home = folder / "home"
        self.sibling_scratch = folder / "other"
        for path in (self.home, self.sibling_scratch):
            path.mkdir()
        for path in (self.gradebook, self.home / "notes", self.sibling_scratch / "answer.py"):
            path.write_text("secret")
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.abstract = listening(f"\0creditlib-test-{os.getpid()}")
        self.path_socket = listening(str(folder / "socket"))
        self.datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.datagrams.bind(str(folder / "datagrams"))
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o777)
        self.opened = os.open(self.gradebook, os.O_RDWR)
        self.grader = self.sibling = 0

    def close(self):
        for sock in (self.tcp, self.udp, self.abstract, self.path_socket, self.datagrams):
            sock.close()
        os.close(self.opened)


def listening(address):
    sock = socket.socket(socket.AF_UNIX)
    sock.bind(address)
    sock.listen()
    return sock


@pytest.fixture
def outside(scratch):
    with closing(Outside(scratch.parent)) as outside:
        yield outside


def call(name, *arguments):
    assert kernel.call(name, *arguments) >= 0


def peek(outside):
    with open(f"/proc/{outside.grader}/mem", "rb") as memory:
        memory.seek(ctypes.addressof(outside.buffer))
        assert memory.read(6) == b"secret"


def connect(address, family=socket.AF_UNIX):
    with socket.socket(family) as sock:
        sock.connect(address)


def datagram(outside):
    pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with pair[0], pair[1]:
        pair[0].connect(outside.datagrams.getsockname())
        pair[0].send(b"out")


def udp(outside):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"out", outside.udp.getsockname())


def symbolic_link(outside):
    Path("link").symlink_to(outside.gradebook)
    Path("link").read_text()


def found_in_environment(outside):
    started_with = Path("/proc/self/environ").read_bytes().strip(b"\0")
    assert "SECRET_TOKEN" in os.environ or started_with


def passed_on(outside):
    assert os.pread(outside.opened, 6, 0) == b"secret"


def sees_grader(outside):
    os.kill(outside.grader, 0)


def sparse_file(outside):
    with open("large", "wb") as file:
        os.ftruncate(file.fileno(), 10 << 30)


def anonymous_file(outside):
    os.close(os.memfd_create("hidden"))


def shared_segment(outside):
    segment = kernel.call("shmget", 0, 4096, 0o1600)
    kernel.call("shmctl", segment, 0, None)


def three_gibibytes(outside):
    mmap.mmap(-1, 3 << 30).close()


def many_children(outside):
    children = []
    try:
        for _ in range(150):
            child = os.fork()
            if child == 0:
                signal.pause()
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


ATTACKS = {
    "read the gradebook": lambda o: o.gradebook.read_text(),
    "read another trainee's work": lambda o: (o.sibling_scratch / "answer.py").read_text(),
    "read a file at home": lambda o: (o.home / "notes").read_text(),
    "list the home folder": lambda o: os.listdir(o.home),
    "read through a symbolic link": symbolic_link,
    "take a hard link": lambda o: os.link(o.gradebook, "gradebook"),
    "read the grader's memory": peek,
    "read the grader's environment": lambda o: Path(f"/proc/{o.grader}/environ").read_bytes()[0],
    "find a token in the environment": found_in_environment,
    "use a file the grader has open": passed_on,
    "write a new file": lambda o: (o.home / "new").write_text("mine"),
    "change the gradebook": lambda o: o.gradebook.write_text("mine"),
    "empty the gradebook by name": lambda o: os.truncate(o.gradebook, 0),
    "delete the gradebook": lambda o: o.gradebook.unlink(),
    "move the gradebook": lambda o: o.gradebook.rename(o.home / "gone"),
    "lock a folder": lambda o: o.home.chmod(0) if os.geteuid() == 0 else o.mine.chmod(0o700),
    "change the time of a file": lambda o: os.utime(o.gradebook),
    "connect by TCP": lambda o: connect(o.tcp.getsockname(), socket.AF_INET),
    "send by UDP": udp,
    "open a vsock": lambda o: socket.socket(VSOCK, socket.SOCK_STREAM).close(),
    "open a netlink socket": lambda o: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    "connect to an abstract socket": lambda o: connect(o.abstract.getsockname()),
    "connect to a socket file": lambda o: connect(o.path_socket.getsockname()),
    "send a datagram to a socket file": datagram,
    "signal the grader": sees_grader,
    "signal another run": lambda o: os.kill(o.sibling, signal.SIGCONT),
    "trace the grader": lambda o: call("ptrace", SEIZE, o.grader, 0, 0),
    "trace another run": lambda o: call("ptrace", SEIZE, o.sibling, 0, 0),
    "limit the grader": lambda o: resource.prlimit(o.grader, resource.RLIMIT_CORE, (0, 0)),
    "slow the grader down": lambda o: os.setpriority(os.PRIO_PROCESS, o.grader, 19),
    "make a user namespace": lambda o: call("unshare", NEW_USER),
    "hide memory in a nameless file": anonymous_file,
    "hide memory in a shared segment": shared_segment,
    "write a file of 10 GiB": sparse_file,
    "take 3 GiB of memory": three_gibibytes,
    "start 150 processes": many_children,
}


def attempted(attack, outside):
    try:
        attack(outside)
    except (OSError, AssertionError, MemoryError) as refusal:
        return f"refused: {refusal!r}"
    return "succeeded"


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_that_works_outside_is_refused_inside(attack, user, scratch, outside, level):
    def work():
        os.environ["SECRET_TOKEN"] = "SECRET_TOKEN"
        os.chdir(scratch)
        outside.buffer = ctypes.create_string_buffer(b"secret")
        outside.grader = os.getpid()
        outside.mine = Path(tempfile.mkdtemp(dir=outside.home))
        outside.sibling = os.fork()
        if outside.sibling == 0:
            if os.geteuid() == 0:
                os.setresuid(NOBODY, NOBODY, NOBODY)
                kernel.prctl(kernel.SET_DUMPABLE, 1)
            signal.pause()
        time.sleep(0.02)
        try:
            inside = sandboxed(lambda: attempted(ATTACKS[attack], outside), scratch, level)
            os.chdir(outside.mine)
            without = forked(lambda: attempted(ATTACKS[attack], outside))
        finally:
            os.kill(outside.sibling, signal.SIGKILL)
        return inside, without

    (inside, _), without = grader(user, work)
    if without != "succeeded":
        pytest.skip(f"this system refuses it anyway: {without}")
    assert inside is None or inside.startswith("refused")


@pytest.mark.parametrize("user", USERS)
def test_signals_stay_inside_on_a_kernel_whose_landlock_cannot_hold_them(user, scratch, level):
    """ABI 6 has the scope; before it the filter of system calls does the work."""
    if level.name != "landlock":
        pytest.skip("namespaces hold signals")

    def work():
        grader = os.getpid()

        def main():
            os.kill(os.getpid(), 0)
            return attempted(lambda _: os.kill(grader, 0), None)

        return [sandboxed(main, scratch, sandbox.Level("landlock", abi))[0] for abi in (3, 4, 5)]

    assert all(said.startswith("refused") for said in grader(user, work))


@pytest.mark.parametrize("user", USERS)
def test_honest_work_goes_on(user, scratch, level):
    def main():
        Path("notes").mkdir()
        Path("notes/a.csv").write_text("客户,金额\n")
        with tempfile.TemporaryFile("w") as file:
            file.write("x")
        results = []
        threads = [threading.Thread(target=results.append, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        listed = subprocess.run(["/bin/ls", "notes"], capture_output=True, text=True, check=True)
        left, right = socket.socketpair()
        with left, right:
            left.send(b"ping")
            answer = right.recv(9).decode()
        return [Path.cwd() == scratch, sorted(results), listed.stdout.strip(), answer]

    def work():
        readable = [Path("/usr/lib"), Path("/usr/bin"), Path("/bin"), Path("/lib"), Path("/lib64")]
        return sandboxed(main, scratch, level, readable)

    assert grader(user, work) == [[True, [0, 1, 2, 3], "a.csv", "ping"], 0]


def test_python_can_import_what_was_not_yet_loaded(scratch):
    level = sandbox.probe()

    def main():
        sys.modules.pop("sqlite3", None)
        import colorsys
        import sqlite3

        return [colorsys.__name__, sqlite3.connect("own.db").execute("select 1").fetchone()[0]]

    answer, status = sandboxed(main, scratch, level, sandbox.course_readable())
    assert (answer, status) == (["colorsys", 1], 0)


def test_the_answers_of_the_course_are_not_readable(root):
    open_to_all = [Path(os.path.realpath(path)) for path in sandbox.course_readable()]
    for secret in (root / "solutions", root / "tests/answers"):
        assert not any(secret.is_relative_to(path) for path in open_to_all)


def test_what_stands_in_the_scratch_folder_can_be_used(scratch, level):
    (scratch / "data.csv").write_text("1\n")
    (scratch / "folder").mkdir()
    (scratch / "folder/more.csv").write_text("2\n")

    def main():
        Path("data.csv").write_text(Path("data.csv").read_text() + "3\n")
        return Path("data.csv").read_text() + Path("folder/more.csv").read_text()

    assert sandboxed(main, scratch, level) == ("1\n3\n2\n", 0)
    if level.own_namespaces:
        assert (scratch / "data.csv").read_text() == "1\n"


def test_only_the_file_descriptors_passed_are_open(scratch, level):
    def main():
        found = []
        for number in range(200):
            with suppress(OSError):
                os.fstat(number)
                found.append(number)
        return found

    reading, writing = os.pipe()
    found, _ = sandboxed(main, scratch, level, keep=[writing])
    os.close(reading)
    os.close(writing)
    assert writing in found
    assert len(set(found) - {0, 1, 2, writing}) == 1  # the answer's own


def bomb():
    while True:
        with suppress(OSError):
            os.fork()


def daemon():
    """Start a process that leaves its parent, its session and its group, as far as it can."""
    if os.fork() == 0:
        with suppress(OSError):
            os.setsid()
        if os.fork() == 0:
            signal.pause()
        os._exit(0)
    time.sleep(0.1)


def nothing_left(reading, seconds=60):
    """Tell whether all who held the pipe's other end are gone: processes cannot hide from that."""
    return bool(select.select([reading], [], [], seconds)[0]) and os.read(reading, 1) == b""


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("main", [bomb, daemon, signal.pause], ids=lambda main: main.__name__)
def test_nothing_is_left_after_kill_all(main, user, scratch, level):
    def work():
        reading, writing = os.pipe()
        limits = sandbox.Limits()
        child = sandbox.spawn_sandboxed(main, scratch, (), limits, level, [writing])
        os.close(writing)
        time.sleep(0.5)
        sandbox.kill_all(child.pid)
        return nothing_left(reading, seconds=0.5), sandbox.kill_all(child.pid)

    assert grader(user, work) == [True, None]


def test_without_the_sandbox_a_daemon_outlives_its_run():
    reading, writing = os.pipe()
    kernel.prctl(
        kernel.SET_CHILD_SUBREAPER, 1
    )  # this process becomes the reaper of orphans, to end it afterwards
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    before = mine.read_text().split()
    try:
        run = os.fork()
        if run == 0:
            with suppress(BaseException):
                daemon()
            os._exit(0)
        os.waitpid(run, 0)
        os.close(writing)
        assert not nothing_left(reading, seconds=0.3)
    finally:
        kernel.prctl(kernel.SET_CHILD_SUBREAPER, 0)
        for child in set(mine.read_text().split()) - set(before):
            os.kill(int(child), signal.SIGKILL)
            os.waitpid(int(child), 0)
        os.close(reading)


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("main", [bomb, daemon, signal.pause], ids=lambda main: main.__name__)
def test_the_run_ends_with_its_grader(main, user, scratch, level):
    def work():
        reading, writing = os.pipe()

        def short_lived():
            sandbox.spawn_sandboxed(main, scratch, (), sandbox.Limits(), level, [writing])
            time.sleep(0.3)
            os.kill(os.getpid(), signal.SIGKILL)

        forked(short_lived)
        os.close(writing)
        return nothing_left(reading)

    assert grader(user, work)


def test_what_the_processes_of_a_run_hold_together_is_watched(root):
    """In a new process, as a warm one is: a fork of this one would inherit the suite's memory."""
    claims = Path(__file__).with_name("watched_memory.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(claims)]
    run = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout
    assert " passed" in run.stdout


def test_cpu_time_ends(scratch, level):
    def main():
        while True:
            pass

    limits = sandbox.Limits(cpu_seconds=1)
    assert sandboxed(main, scratch, level, limits=limits) == (None, -signal.SIGKILL)


def test_many_small_files_fill_only_the_scratch_folders_own_room(scratch, level):
    if not level.own_namespaces:
        pytest.skip("without namespaces the scratch folder is on the system's disk")

    def main():
        return attempted(lambda _: [Path(str(n)).write_bytes(bytes(MIB)) for n in range(30)], None)

    answer, _ = sandboxed(main, scratch, level, limits=sandbox.Limits(scratch_bytes=20 * MIB))
    assert "No space left" in answer
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("end", ["os.abort()", "ctypes.string_at(0)"])
def test_a_run_that_crashes_says_so(end, scratch, level):
    answer, status = sandboxed(lambda: eval(end), scratch, level)
    assert answer is None
    assert status in (-signal.SIGABRT, -signal.SIGSEGV)


def test_a_sandbox_that_cannot_be_set_up_is_an_error_and_leaves_nothing(scratch, level):
    def work():
        reading, writing = os.pipe()
        try:
            sandboxed(lambda: 0, scratch / "missing", level, keep=[writing])
        except OSError as trouble:
            os.close(writing)
            return str(trouble), nothing_left(reading)

    said, left_nothing = grader(USERS[0], work)
    assert said.startswith(f"[Errno 2] sandbox level {level.name}")
    assert left_nothing


def test_no_level_no_run(scratch, monkeypatch):
    with pytest.raises(OSError, match="no sandbox"):
        sandboxed(lambda: 0, scratch, sandbox.Level("none"))
    monkeypatch.setattr(kernel, "machine", lambda: "pdp11")
    assert sandbox.probe() == sandbox.Level("none")


def test_a_level_holds_here_and_says_what_it_keeps_out(lang):
    level = sandbox.probe()
    assert level.name in LEVELS
    for key in (*level.says, *sandbox.Level("landlock", 7).says, *sandbox.Level("none").says):
        assert text(key)


MANY_THREADS = """
import ctypes, os, threading, time
from creditlib.classroom.grading import namespaces

libc = ctypes.CDLL(None)  # lets go of the interpreter's lock: both threads really run
libc.malloc.restype = libc.realloc.restype = ctypes.c_void_p
libc.realloc.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
own = [libc.malloc(3_000) for _ in range(64)]  # of this thread's memory: the other locks it

def work():
    turn = 0
    while True:
        own[turn % 64] = libc.realloc(own[turn % 64], 2_000 + turn * 7_919 % 30_000)
        turn += 1

threading.Thread(target=work, daemon=True).start()
for _ in range(600):
    pid = namespaces.fork()
    if pid == 0:
        many = [bytes(700 + size) for size in range(200)]
        os._exit(0)
    begun = time.monotonic()
    while not os.waitpid(pid, os.WNOHANG)[0]:
        if time.monotonic() - begun > 20:
            os.kill(pid, 9)
            os._exit(1)
        time.sleep(0.001)
os._exit(0)
"""


def test_a_run_starts_whatever_another_thread_has_locked(root, level):
    if not level.own_namespaces:
        pytest.skip("without namespaces the fork is Python's own")
    subprocess.run([sys.executable, "-c", MANY_THREADS], cwd=root, check=True)


def test_how_long_it_takes(scratch, level):
    """Prints only: how long a machine takes is no claim."""
    seconds = []
    readable = sandbox.course_readable()
    for _ in range(50):
        begun = time.perf_counter()
        child = sandbox.spawn_sandboxed(lambda: 0, scratch, readable, sandbox.Limits(), level)
        seconds.append(time.perf_counter() - begun)
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert sandbox.kill_all(child.pid) == 0
    print(f"{level}: ready after {1000 * statistics.median(seconds):.1f} ms (median of 50)")
