"""The sandbox: a trainee's code runs with its own scratch folder and nothing else of the machine.

`probe` finds out what holds here, `spawn_sandboxed` forks into it, `kill_all` ends it.
"""

import errno
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import creditlib
from creditlib.classroom.grading import inside, kernel, landlock, namespaces, watch
from creditlib.classroom.grading.limits import Limits, tasks_of

__all__ = ["Child", "Level", "Limits", "course_readable", "kill_all", "probe", "spawn_sandboxed"]

_TRUNCATE_FROM = 3  # below, Landlock lets a file outside be emptied by name


@dataclass(frozen=True)
class Level:
    """What the sandbox keeps out on this machine.

    `name`: "full" (namespaces, Landlock), "namespaces", "landlock" or "none"; all but the last
    with limits, a filter of system calls and no new privileges. `landlock_abi`: the version of
    Landlock in use, 0 if none. `says`: the message keys of what holds.
    """

    name: str
    landlock_abi: int = 0

    @property
    def own_namespaces(self) -> bool:
        """Tell whether it has processes, network and file tree of its own."""
        return self.name in ("full", "namespaces")

    @property
    def says(self) -> tuple[str, ...]:
        """Return the keys of the messages that say what holds, strongest first.

        >>> Level("none").says
        ('grading.sandbox.nothing',)
        """
        if self.name == "none":
            return ("grading.sandbox.nothing",)
        held = ["grading.sandbox.namespaces"] if self.own_namespaces else []
        held += ["grading.sandbox.landlock"] if self.landlock_abi else []
        held += [] if self.own_namespaces else ["grading.sandbox.names_visible"]
        return (*held, "grading.sandbox.always")


@dataclass(frozen=True)
class Child:
    """One sandboxed run. `pid` is a child of the caller, who ends and collects it by `kill_all`."""

    pid: int


def candidates() -> list[Level]:
    """Return the levels that this system could have, strongest first."""
    if sys.platform != "linux":
        return []
    abi = landlock.version()
    levels = [Level("full", abi)] if abi else []
    levels.append(Level("namespaces"))
    return levels + ([Level("landlock", abi)] if abi >= _TRUNCATE_FROM else [])


def probe(wanted: str = "") -> Level:
    """Return the strongest level that holds here, found by trying each in a throwaway child.

    With `wanted`, only that level is tried. Level "none" if none holds: the caller refuses to run
    a trainee's code.
    """
    asked = [level for level in candidates() if wanted in ("", level.name)]
    return next((level for level in asked if _holds(level)), Level("none"))


def course_readable() -> tuple[Path, ...]:
    """Return what a course notebook has to read: Python, libraries, creditlib, data, fonts.

    The folder of the course itself is not among them: it holds the answers.
    """
    package = Path(creditlib.__file__).parent
    places = {sys.prefix, sys.base_prefix, sys.executable, *sysconfig.get_paths().values()}
    system = (
        *("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/bin", "/bin", "/usr/share/fonts"),
        *("/usr/share/zoneinfo", "/usr/share/locale", "/usr/local/lib", "/etc/ld.so.cache"),
        *("/etc/localtime", "/etc/fonts", "/etc/mime.types", "/var/cache/fontconfig"),
    )
    own = (package, package.parent / "datasets")
    return tuple(sorted({*map(Path, places), *map(Path, system), *own}))


def spawn_sandboxed(
    main: Callable[[], int | None],
    scratch: Path,
    readable: Sequence[Path],
    limits: Limits,
    level: Level,
    pass_fds: Sequence[int] = (),
) -> Child:
    """Fork, and run `main` in the sandbox; its result is the exit status.

    `main` finds `scratch` as its working folder and the only one that it can write to, `readable`
    as all that it can read, the file descriptors `pass_fds` (the caller closes its own copies) and
    no others, 0, 1 and 2 leading nowhere unless passed. What it leaves in `scratch` is lost where
    the level has namespaces; it is process 1 there, on which a signal that it sends itself has no
    effect unless it handles it. The sandbox ends with its caller, who gets one more child, the
    watcher, and at level "landlock" the orphans of the run.

    Returns when `main` is about to start; raises OSError, with nothing left running, if the level
    does not hold or is "none".
    """
    if level.name == "none":
        raise OSError(errno.ENOTSUP, "no sandbox holds on this system")
    reports, report = os.pipe()
    go, goes = os.pipe()
    cell = inside.Cell(
        main=main,
        scratch=Path(os.path.realpath(scratch)),
        readable=tuple(Path(os.path.abspath(path)) for path in readable),
        limits=limits,
        landlock_abi=level.landlock_abi,
        namespaces=level.own_namespaces,
        pass_fds=tuple(pass_fds),
        report=report,
        go=go,
        other_tasks=0 if level.own_namespaces else tasks_of(namespaces.user_inside()),
    )
    try:
        if not level.own_namespaces:
            kernel.prctl(kernel.SET_CHILD_SUBREAPER, 1)  # for `kill_all` to collect orphans
        pid = namespaces.fork() if level.own_namespaces else os.fork()
        if pid == 0:
            inside.run(cell)
    except BaseException:
        os.close(reports)
        os.close(goes)
        raise
    finally:
        os.close(report)
        os.close(go)
    try:
        _see_it_ready(pid, reports, goes, limits, level)
    except BaseException:
        kill_all(pid)
        raise
    finally:
        os.close(reports)
        os.close(goes)
    return Child(pid)


def _see_it_ready(pid: int, reports: int, goes: int, limits: Limits, level: Level) -> None:
    said = os.read(reports, 4096)
    if said == inside.FORKED:
        if level.own_namespaces:
            namespaces.map_users(pid)
        watch.hand_over(pid, limits.memory, level.own_namespaces)
        os.write(goes, b"g")
        said = os.read(reports, 4096)
    if said != inside.READY:
        number, why = json.loads(said) if said else (errno.ECHILD, "it ended while being set up")
        raise OSError(number, f"sandbox level {level.name}: {why}")


def kill_all(pid: int) -> int | None:
    """End the sandboxed run `pid`, a child of this process, with everything that it started.

    Returns when nothing is left: the exit status of a run that had ended by itself, -n if signal n
    ended it (-9: this call, the watcher of its memory, or its CPU time was used up), None if it
    had been collected before.
    """
    try:
        # Not collected until the group is killed: till then its number belongs to no one else.
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    watch.end(pid)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with suppress(ChildProcessError):
        while True:  # what is left of its group came to this process
            os.waitpid(-pid, 0)
    return status


def _holds(level: Level) -> bool:
    """Try `level`: a file outside stays closed, Python's own library opens."""
    with tempfile.TemporaryDirectory(prefix="creditlib-probe-") as folder:
        os.chmod(folder, 0o711)  # only the sandbox is to keep another user out of it
        scratch = Path(folder, "scratch")
        scratch.mkdir()
        secret = Path(folder, "secret")
        secret.touch()

        def main() -> int:
            Path("mine").write_text("mine")
            os.listdir(os.path.dirname(os.__file__))
            try:
                secret.read_text()
            except OSError:
                return 0
            return 1

        try:
            child = spawn_sandboxed(main, scratch, course_readable(), Limits(), level)
        except OSError:
            return False
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        return kill_all(child.pid) == 0
