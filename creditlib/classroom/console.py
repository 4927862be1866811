"""What an instructor reads in the terminal: tables that line up in Chinese, and one bar."""

import os
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from creditlib.i18n import text

if TYPE_CHECKING:
    from tqdm import tqdm

BAR = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}{postfix}]"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a head, columns aligned by what the screen shows.

    >>> print_table(("who", "what"), [("张三", "ok"), ("Li", "late")])
    who   what
    ----  ----
    张三  ok
    Li    late
    """
    rows = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, ["-" * width for width in widths], *rows):
        print("  ".join(map(_padded, row, widths)).rstrip())


def progress(results: Iterable, total: int, key: str) -> Iterator:
    """Pass `results` on while a bar shows how many of `total` are done and the time left."""
    with progress_bar(total, key) as bar:
        for result in results:
            bar.update()
            yield result


def progress_bar(total: int, key: str) -> "tqdm":
    """Return a bar that shows how many of `total` are done and the time left.

    It is shown only where there is a terminal and something to wait for.
    """
    from tqdm import tqdm

    hidden = None if total else True  # None: hidden where there is no terminal
    return tqdm(total=total, desc=text(key), bar_format=BAR, disable=hidden)


def command_line(*words: object) -> str:
    """Return a command as it can be pasted into a terminal, whatever its paths hold.

    >>> command_line("cd", "spring-class")
    'cd spring-class'
    """
    join = subprocess.list2cmdline if os.name == "nt" else shlex.join
    return join(map(str, words))


def this_program() -> list[str]:
    """Return how this program is called in the terminal in use."""
    return ["creditlib"] if shutil.which("creditlib") else [sys.executable, "-m", "creditlib"]


def visible(words: str) -> str:
    """Return `words` without signs that would move the cursor.

    >>> visible("Li\x1b[2J Min")
    'Li?[2J Min'
    """
    return "".join(letter if letter.isprintable() else "?" for letter in words)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(shown: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in shown)
