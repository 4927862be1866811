"""One grading of a class at a time: two would write the same files and the same gradebook."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from creditlib.errors import CreditError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = ".being-graded"  # a file in the class; it stays, and that it is there says nothing
TAKEN = (errno.EWOULDBLOCK, errno.EACCES)  # as Linux and macOS, and as Windows say it
NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)  # what some network drives say


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep the class in `folder` to this process; refuse with a `CreditError` if another has it.

    The system itself gives it back when the process ends, however it ends. On a drive that knows
    no locks nothing is kept.
    """
    with (folder / LOCK).open("ab") as lock:
        try:
            if sys.platform == "win32":
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in TAKEN:
                raise CreditError("class.being_graded", folder=folder) from None
            if error.errno not in NO_LOCKS:
                raise
        yield
