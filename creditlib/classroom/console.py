"""What an instructor reads in the terminal: tables that line up in Chinese, and one bar."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from creditlib.i18n import text


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a head, columns aligned by what the screen shows.

    >>> print_table(("who", "what"), [("张三", "ok"), ("Li", "late")])
    who   what
    ----  ----
    张三  ok
    Li    late
    """
    rows = [["".join(map(_visible, cell)) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, ["-" * width for width in widths], *rows):
        print("  ".join(map(_padded, row, widths)).rstrip())


def progress(results: Iterable, total: int, key: str) -> Iterator:
    """Pass `results` on while a bar shows how many of `total` are done and the time left.

    The bar is shown only where there is a terminal and something to wait for.
    """
    from tqdm import tqdm

    return iter(tqdm(results, total=total, desc=text(key), disable=None if total else True))


def _visible(letter: str) -> str:
    return letter if letter.isprintable() else "?"


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(shown: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in shown)
