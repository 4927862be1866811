"""Building the book: both editions at once, only what changed, red when anything is wrong."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from creditlib.classroom import book_inputs, book_site
from creditlib.classroom.pages import ROOT, needs_course
from creditlib.errors import CreditError, MissingPackage
from creditlib.i18n import LANGUAGES, text

SHOWN_WARNINGS = 3
COLOUR = re.compile(r"\x1b\[[\d;]*m")
EXECUTED = re.compile(r"(\S+\.md): Executed notebook in ([\d.]+) seconds")
WARNING = re.compile(r"(?P<page>\S+\.(?:md|yml))(?::\d+)*: (?:WARNING|ERROR|CRITICAL|SEVERE)")
# Numbers must not depend on how many cores the machine has; two editions share them.
ENVIRONMENT = {
    "CREDITLIB_STATIC": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONUTF8": "1",
}
# Jupyter Book 1 has no `python -m`; its script need not be on the path. What a busy kernel prints
# in several pieces is put together as it comes in: myst-nb's own merging leaves a piece behind.
START = """
from functools import partialmethod
from nbclient import NotebookClient
NotebookClient.__init__ = partialmethod(NotebookClient.__init__, coalesce_streams=True)
from jupyter_book.cli.main import main
main()
"""


@dataclass(frozen=True)
class Edition:
    """One language of the book: where its sources are, and where it is built."""

    root: Path
    out: Path
    lang: str
    title: str

    @property
    def work(self) -> Path:
        """The folder that Jupyter Book builds in."""
        return self.out / self.lang

    @property
    def site(self) -> Path:
        """The finished pages."""
        return self.out / "book" / self.lang

    @property
    def log(self) -> Path:
        """All that Jupyter Book said."""
        return self.work / "build.log"


def build(out: str | Path = "_build", lang: str | None = None, root: Path = ROOT) -> bool:
    """Build the book into `out`/book, both editions or one; False if one of them failed.

    An edition whose sources, data and packages are as they were is left as it is. Cells run again
    only where their code, or anything that they read, changed.
    """
    needs_course(root)
    _needs_packages()
    out = Path(out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    editions = [
        Edition(root, out, each, book_inputs.words(root, each)["title"])
        for each in ([lang] if lang else LANGUAGES)
    ]
    with _one_build_at_a_time(out):
        stale = [edition for edition in editions if not _is_current(edition)]
        if stale:
            _make_font_cache()
        with ThreadPoolExecutor(len(editions)) as pool:
            failures = [failure for failure in pool.map(_attempt, stale) if failure]
        if not failures:
            book_site.write_entrance(root, out / "book")
    for failure in failures:
        print(failure, file=sys.stderr)
    if not failures:
        print(text("book.ready", index=out / "book" / "index.html", folder=out / "book"))
    return not failures


def _attempt(edition: Edition) -> CreditError | None:
    try:
        _build_edition(edition)
    except CreditError as failure:
        return failure
    return None


def _build_edition(edition: Edition) -> None:
    started = time.monotonic()
    stamp = book_inputs.stamp(edition.root, edition.lang)
    before = book_inputs.read_stamp(edition.work)
    # A failed or changed build must not hide behind what Sphinx remembers: pages are read anew each
    # time. Only the cells' results are kept, while all that they can read stays the same.
    for made in ("html", ".doctrees", "jupyter_execute"):
        shutil.rmtree(edition.work / "_build" / made, ignore_errors=True)
    if before.get("cells") != stamp["cells"]:
        shutil.rmtree(edition.work / "_build" / ".jupyter_cache", ignore_errors=True)
    book_inputs.write_stamp(edition.work, {"cells": stamp["cells"]})

    pages = book_inputs.copy(edition.root, edition.work, edition.lang)
    _say("building", edition, pages=pages)
    if _run_jupyter_book(edition) != 0:
        raise _failure(edition)
    try:
        book_site.collect(edition.work / "_build", edition.site)
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or error.stdout or str(error)).strip()
        raise CreditError("book.search_failed", title=edition.title, reason=reason) from None
    book_inputs.write_stamp(edition.work, stamp)
    _say("built", edition, seconds=round(time.monotonic() - started))


def _is_current(edition: Edition) -> bool:
    made = (edition.site / "index.html").exists()
    stamp = book_inputs.stamp(edition.root, edition.lang)
    current = made and book_inputs.read_stamp(edition.work) == stamp
    if current:
        _say("unchanged", edition)
    return current


def _run_jupyter_book(edition: Edition) -> int:
    options = ["build", str(edition.work), "-n", "-W", "--keep-going"]
    process = subprocess.Popen(
        [sys.executable, "-c", START, *options],
        cwd=edition.work,
        env=os.environ | ENVIRONMENT | {"CREDITLIB_LANG": edition.lang},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    with process, edition.log.open("w", encoding="utf-8") as log:
        for coloured in process.stdout:
            line = COLOUR.sub("", coloured)
            log.write(line)
            if ran := EXECUTED.search(line):
                ran_in = round(float(ran[2]))
                _say("executed", edition, page=_source(edition, ran[1]), seconds=ran_in)
    return process.returncode


def _failure(edition: Edition) -> CreditError:
    lines = edition.log.read_text(encoding="utf-8").splitlines()
    found = [(match["page"], line) for line in lines if (match := WARNING.search(line))]
    page = _source(edition, found[0][0]) if found else "_config.yml"
    said = [line for _, line in found] or [line for line in lines if line.startswith("WARNING")]
    shown = said[:SHOWN_WARNINGS] or [line for line in lines if line.strip()][-SHOWN_WARNINGS:]
    for report in sorted((edition.work / "_build" / "html" / "reports").rglob("*.err.log")):
        error = COLOUR.sub("", report.read_text(encoding="utf-8")).strip()
        shown.append(error.splitlines()[-1])
    return CreditError(
        "book.failed",
        title=edition.title,
        page=page,
        log=edition.log,
        warnings="\n".join(line.replace(f"{edition.work}/", "") for line in shown),
    )


def _source(edition: Edition, copied: str) -> str:
    """Return the page in the course that this copy was made of."""
    inside = copied.removeprefix(f"{edition.work}/")
    room, _, rest = inside.partition("/")
    return f"cases/{edition.lang}/{rest}" if room == "cases" else f"course/{edition.lang}/{inside}"


def _say(name: str, edition: Edition, **values: object) -> None:
    # In one piece, because both editions speak.
    sys.stdout.write(text(f"book.{name}", title=edition.title, **values) + "\n")
    sys.stdout.flush()


@contextmanager
def _one_build_at_a_time(out: Path) -> Iterator[None]:
    # The lock of a database file is let go when its process ends, however it ends.
    with closing(sqlite3.connect(out / "book.lock", timeout=3600, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def _make_font_cache() -> None:
    # Else the first figure of a fresh machine says on its page that the cache is being built.
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], capture_output=True)


def _needs_packages() -> None:
    from importlib.util import find_spec

    for package in ("jupyter_book", "pagefind"):
        if find_spec(package) is None:
            raise MissingPackage(package, "book")
