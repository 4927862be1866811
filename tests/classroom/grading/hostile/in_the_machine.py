"""Attacks on the machine: processes, signals, memory, files of others, the network."""

from tests.classroom.grading.hostile.assignment import NOTHING, in_code

# Says what worked; nothing of this list may.
TRY = """
def attempt(what):
    try:
        print("GOT", what() if callable(what) else what)
    except BaseException as error:
        print("refused", type(error).__name__)
"""
ATTACKS = [
    in_code(
        "os._exit", "ends its process", before="import os\nos._exit(0)", finding="finding_cell_died"
    ),
    in_code(
        "kills itself",
        "sends signals to itself, its group and everybody",
        before=(
            "import contextlib, os\nfor who in (1, os.getppid(), 0, -1):\n"
            "    for signal in (9, 15, 6, 11):\n        with contextlib.suppress(OSError):\n"
            "            os.kill(who, signal)\nos.abort()"
        ),
        finding="finding_cell_died",
    ),
    in_code(
        "KeyboardInterrupt swallowed",
        "a cell catches every interruption",
        before="while True:\n    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass",
        finding="finding_cell_hung",
    ),
    in_code(
        "SIGALRM and SIGSTOP",
        "switches the alarm off and stops itself",
        before="import os, signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0)\nos.kill(os.getpid(), signal.SIGSTOP)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 60))\nwhile True:\n    pass",
        finding="finding_cell_hung",
    ),
    in_code(
        "fork bomb",
        "makes processes without end",
        before="import os\nwhile True:\n    try:\n        os.fork()\n"
        "    except OSError:\n        pass",
        # Whether the first of them all still answers in time, and its tests then pass, is chance.
        scores=None,
    ),
    in_code(
        "memory bomb",
        "takes all memory that there is",
        before="many = []\nwhile True:\n    many.append(bytearray(50_000_000))",
    ),
    in_code(
        "memory by children",
        "takes memory in many processes at once",
        before="import os, time\nfor _ in range(20):\n    if os.fork() == 0:\n"
        "        many = bytearray(100_000_000)\n        time.sleep(60)\n        os._exit(0)\n"
        "time.sleep(1)",
    ),
    in_code(
        "network",
        "TCP, UDP, DNS, a unix socket, an abstract one, raw packets",
        before=TRY
        + """import socket
def to(family, kind, where):
    one = socket.socket(family, kind)
    one.settimeout(1)
    one.connect(where)
    one.send(b"x")
    return where
attempt(lambda: to(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", PORT)))
attempt(lambda: to(socket.AF_INET, socket.SOCK_DGRAM, ("192.0.2.1", 53)))
attempt(lambda: to(socket.AF_INET6, socket.SOCK_STREAM, ("::1", PORT)))
attempt(lambda: socket.getaddrinfo("example.org", 80))
attempt(lambda: to(socket.AF_UNIX, socket.SOCK_STREAM, "VICTIM/socket"))
attempt(lambda: to(socket.AF_UNIX, socket.SOCK_STREAM, "\\0creditlib-victim"))
attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))""".replace("PORT", "9"),
    ),
    in_code(
        "endless output",
        "prints for ever, to every handle",
        before="import os\nwhile True:\n    print('x' * 10_000)\n    os.write(1, b'x' * 10_000)",
    ),
    in_code(
        "gradebook",
        "writes points into the gradebook, directly and by a link",
        before=TRY
        + """import os, sqlite3
def raise_marks(path):
    with sqlite3.connect(path) as book:
        book.execute("update grade set score = 100")
    return path
attempt(lambda: raise_marks("VICTIM/gradebook.db"))
os.symlink("VICTIM/gradebook.db", "mine.db")
attempt(lambda: raise_marks("mine.db"))
attempt(lambda: os.link("VICTIM/gradebook.db", "hard.db"))
attempt(lambda: open("VICTIM/gradebook.db", "ab").write(b"x"))
attempt(lambda: os.truncate("VICTIM/gradebook.db", 0))
attempt(lambda: os.rename("VICTIM/gradebook.db", "VICTIM/gone.db"))
attempt(lambda: os.chmod("VICTIM", 0o777) or "chmod")""",
    ),
    in_code(
        "reads others",
        "reads other people's work, the solutions, home, environment, other processes",
        before=TRY
        + """import glob, os, pathlib
import creditlib
course = pathlib.Path(creditlib.__file__).parent.parent
attempt(lambda: open("VICTIM/secret.py").read())
attempt(lambda: open("VICTIM/submitted/other/pages.ipynb").read())
attempt(lambda: os.listdir("VICTIM"))
attempt(lambda: os.listdir(course / "solutions"))
attempt(lambda: next((course / "solutions").rglob("*.md")).read_text())
attempt(lambda: next((course / "tests").rglob("*.py")).read_text())
attempt(lambda: os.listdir(os.path.expanduser("~root")))
attempt(lambda: open("/etc/passwd").read())
attempt(lambda: open("/etc/shadow").read())
attempt(lambda: [one for one in glob.glob("/proc/[0-9]*/environ")
                 if b"SECRET" in open(one, "rb").read()][0])
attempt(lambda: os.environ["CREDITLIB_VICTIM"])
attempt(lambda: open(f"/proc/{os.getppid()}/environ").read()[0])""",
    ),
    in_code(
        "writes outside",
        "writes to the temp folder, home, the course, the interpreter, /dev and /proc",
        before=TRY
        + """import os, pathlib, sys
import creditlib
package = pathlib.Path(creditlib.__file__).parent
for place in ("VICTIM/owned", "VICTIM/submitted/other/pages.ipynb", "/tmp/../VICTIM/owned2",
              "/etc/owned", "/root/owned", package / "owned.py", package / "checks/__init__.py",
              sys.prefix + "/owned.pth", "/dev/sda", "/proc/sysrq-trigger"):
    attempt(lambda: pathlib.Path(place).write_text("owned"))""",
    ),
    in_code(
        "ptrace",
        "ptrace, process_vm_readv, pidfd_getfd and /proc/…/mem of the parent",
        before=TRY
        + """import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *values):
    if libc.syscall(number, *values) < 0:
        raise OSError(ctypes.get_errno(), "")
    return number
for who in {os.getppid(), 1} - {os.getpid()}:
    attempt(lambda: call(101, 16, who, 0, 0))
    attempt(lambda: call(310, who, 0, 0, 0, 0, 0))
attempt(lambda: call(321, 0, 0, 0))
attempt(lambda: call(165, 0, 0, 0, 0, 0))
attempt(lambda: call(272, 0x10000000))
attempt(lambda: call(175, 0, 0, 0))
attempt(lambda: open(f"/proc/{os.getppid() or 'none'}/mem", "r+b"))""",
    ),
    in_code(
        "processor",
        "asks for more of the processor than its share: sessions, priorities, real time",
        before=TRY
        + """import os
def in_a_child(what):
    child = os.fork()
    if child == 0:
        try:
            what()
            os._exit(0)
        except OSError:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise PermissionError
    return what
attempt(lambda: in_a_child(os.setsid))
attempt(lambda: in_a_child(lambda: os.nice(-1)))
attempt(lambda: in_a_child(lambda: os.setpriority(os.PRIO_USER, 0, -1)))
attempt(lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)))
attempt(lambda: open("/proc/self/autogroup", "w").write("-20"))""",
    ),
    in_code(
        "outlives the grader",
        "undoes its death signal, hides its memory from the watcher, adopts orphans",
        before="import ctypes, os, time\nfor what in ((1, 0), (4, 0), (36, 1)):\n"
        "    ctypes.CDLL(None).prctl(*what, 0, 0, 0)\n"
        "if os.fork() == 0:\n    many = bytearray(300_000_000)\n    time.sleep(600)",
    ),
    in_code(
        "deep folders",
        "leaves folders thousands deep, some of which nobody may read, and files of odd names",
        before="""import os
os.mkdir("closed", 0o300)
for name in (b"closed/x", b"\\xff\\n", b"-rf"):
    open(name, "w").close()
os.symlink("VICTIM", "away")
for _ in range(2_000):
    os.mkdir("in")
    os.chdir("in")""",
    ),
    in_code(
        "limits lowered",
        "lets itself open no more files, so that no copy of it can answer for its answers",
        before="import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (4, 4))",
        scores=NOTHING,
    ),
    in_code(
        "/dev/shm",
        "fills the shared memory",
        before="import os\ntry:\n    for number in range(200):\n"
        "        open(f'/dev/shm/{number}', 'wb').write(b'x' * 10_000_000)\n"
        "except OSError as error:\n    print(error)\n",
    ),
    in_code(
        "fills the disk",
        "writes large files and thousands of small ones",
        before="import os\ntry:\n    for number in range(50):\n"
        "        open(f'large-{number}', 'wb').write(b'x' * 10_000_000)\n"
        "except OSError as error:\n    print(error)\n"
        "try:\n    for number in range(30_000):\n        open(f'small-{number}', 'w').close()\n"
        "except OSError as error:\n    print(error)",
    ),
    in_code(
        "left behind",
        "leaves a thread, a child, a daemon that forked twice, and a group of its own",
        before="""import os, subprocess, threading, time
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
subprocess.Popen(["sleep", "600"], start_new_session=True)
if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        pass
    if os.fork() == 0:
        while True:
            time.sleep(1)
    os._exit(0)""",
    ),
    in_code(
        "left behind by a test",
        "the tested function leaves daemons that hold every handle",
        answers={
            "limit": "import os, time\ndef limit(equity, rating):\n    if os.fork() == 0:\n"
            "        while True:\n            time.sleep(1)\n    return 0"
        },
    ),
]
