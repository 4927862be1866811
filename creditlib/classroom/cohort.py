"""A class on disk: one folder per cohort and language, an ordinary nbgrader course directory."""

import hashlib
import json
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import creditlib
from creditlib.errors import InputError, MissingPackage

# What a notebook of the course computes and draws with: another version may give other marks.
PACKAGES = (
    "ipython",
    "matplotlib",
    "numpy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "zhplot",
)


@dataclass(frozen=True)
class Cohort:
    """A class: its folder and the language that its trainees read."""

    folder: Path
    lang: str

    def source(self, assignment: str) -> Path:
        """Return the instructor's notebook, with answers and hidden tests."""
        return self._only_notebook(self.folder / "source" / assignment)

    def release(self, assignment: str) -> Path:
        """Return the trainees' notebook."""
        return self._only_notebook(self.folder / "release" / assignment)

    def submitted(self, assignment: str, trainee: str) -> Path:
        """Return where the notebook of a trainee stands, or would stand."""
        name = self.source(assignment).name
        return self.folder / "submitted" / trainee / assignment / name

    def trainees(self, assignment: str) -> list[str]:
        """Return who has handed in, by name."""
        name = self.source(assignment).name
        found = (self.folder / "submitted").glob(f"*/{assignment}/{name}")
        return sorted(path.parent.parent.name for path in found)

    def _only_notebook(self, folder: Path) -> Path:
        found = sorted(folder.glob("*.ipynb"))
        if len(found) != 1:
            raise InputError("class.one_notebook", folder=folder, found=len(found))
        return found[0]


def cohort_at(folder: str | Path, assignment: str | None = None) -> Cohort:
    """Return the class in `folder`; say how to make one if there is none.

    With `assignment`, also check that the class has it.
    """
    needs("nbgrader", "jupytext")
    folder = Path(folder).resolve()
    try:
        about = json.loads((folder / "class.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("class.no_class", folder=folder) from None
    known = sorted(path.name for path in (folder / "source").iterdir() if path.is_dir())
    if assignment is not None and assignment not in known:
        raise InputError("class.no_assignment", wanted=assignment, known=", ".join(known))
    return Cohort(folder, about["language"])


def handed_in_at(cohort: Cohort, assignment: str, trainee: str) -> datetime | None:
    """Return when a trainee's notebook was saved, as nbgrader keeps it; None if it does not say."""
    noted = cohort.submitted(assignment, trainee).with_name("timestamp.txt")
    try:
        said = noted.read_text(encoding="utf-8").strip().removesuffix("UTC").strip()
        when = datetime.fromisoformat(said)
    except (OSError, ValueError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def marking_guides(folder: Path, assignment: str) -> Path:
    """Return where a class keeps the instructor's guides for what is marked by hand."""
    return folder / "marking" / assignment


def needs(*packages: str, extra: str = "classroom") -> None:
    """Check that the packages, which come with an `extra` of the course, are installed."""
    for package in packages:
        if find_spec(package) is None:
            raise MissingPackage(package, extra)


def read_record(cohort: Cohort, assignment: str) -> dict:
    """Return what is known of an assignment beside nbgrader's gradebook.

    `problems`: what could not be collected; `graded`: per trainee the stamp of what was graded
    and the trouble there was, if any.
    """
    try:
        kept = (cohort.folder / "records" / f"{assignment}.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {"problems": [], "graded": {}}
    return json.loads(kept)


def write_record(cohort: Cohort, assignment: str, record: dict) -> None:
    """Keep the record of an assignment; a reader sees the old one or the new one, never half."""
    target = cohort.folder / "records" / f"{assignment}.json"
    write_whole(target, json.dumps(record, ensure_ascii=False, indent=1).encode())


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is never seen half written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    partial.write_bytes(data)
    os.replace(partial, target)


def stamp(*contents: bytes) -> str:
    """Return a hash of `contents` and of what else decides marks: the course's code, the packages.

    >>> stamp(b"a notebook") == stamp(b"a notebook"), stamp(b"a") == stamp(b"b")
    (True, False)
    """
    digest = hashlib.sha256(_code() + _environment())
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


@cache
def _code() -> bytes:
    package = Path(creditlib.__file__).parent
    files = sorted([*package.rglob("*.py"), *package.rglob("*.toml")])
    return b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)


@cache
def _environment() -> bytes:
    """Return the versions of Python and of the packages that notebooks compute and draw with."""
    found = [platform.python_version()]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} –")
    return "\n".join(found).encode()
