"""A scratch folder after the run: whatever somebody made in it, nothing of it stays."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path


def remove(folder: Path) -> None:
    """Remove a folder and all in it: folders that are thousands deep, or that nobody may read.

    Folders inside folders are moved up and emptied one by one, so that no path is too long and
    nothing calls itself. Nothing is raised for what cannot be removed.
    """
    with suppress(OSError):
        names = (name for name in map(str, count()) if not os.path.lexists(folder / name))
        while inner := list(os.scandir(folder)):
            for entry in inner:
                _remove(entry, folder, names)
        os.rmdir(folder)


def _remove(entry: os.DirEntry, top: Path, names: Iterator[str]) -> None:
    if not entry.is_dir(follow_symlinks=False):
        os.unlink(entry)
        return
    os.chmod(entry, 0o700)
    for inner in list(os.scandir(entry)):
        if inner.is_dir(follow_symlinks=False):
            os.chmod(inner, 0o700)  # a folder that is moved has to be writable itself
            os.rename(inner, top / next(names))
        else:
            os.unlink(inner)
    os.rmdir(entry)
