"""What an edition of the book is made of: its files, its configuration, and their fingerprint."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path

from creditlib.classroom.glossary import glossary_page, terms
from creditlib.classroom.outline import chapters, outline_page

STAMP = "stamp.json"
# Of creditlib, what no cell of a page imports.
UNREAD = {"classroom", "cli.py", "__main__.py"}
MAKERS = ("book", "glossary", "outline", "pages")
FRAME = ("_toc.yml", "_config.yml", "course/syllabus.yml", "course/glossary.yml")
KEPT = {"_build", STAMP, "build.log"}


def words(root: Path, lang: str) -> dict:
    """Return what is particular to an edition: title, captions, words of the page's frame."""
    return _yaml(root / "course" / lang / "edition.yml")


def copy(root: Path, work: Path, lang: str) -> int:
    """Bring the sources of one edition into `work`, touching only what differs; count the pages.

    What is no longer in the course goes from `work` too; what the build made there stays.
    """
    wanted = {path: source.read_bytes() for path, source in _sources(root, lang).items()}
    wanted |= {path: made.encode() for path, made in _made(root, lang).items()}
    for path, content in wanted.items():
        target = work / path
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    for path in sorted(work.rglob("*"), reverse=True):
        inside = path.relative_to(work)
        if inside.parts[0] in KEPT or inside.as_posix() in wanted:
            continue
        if path.is_file():
            path.unlink()
        elif not any(path.iterdir()):
            path.rmdir()
    return sum(path.endswith(".md") for path in wanted)


def stamp(root: Path, lang: str) -> dict[str, str]:
    """Return two fingerprints: of what cells can read, and of everything the edition is made of."""
    packages = sorted(f"{item.name} {item.version}" for item in distributions())
    library = _files(root / "creditlib", root)
    sources = _sources(root, lang)
    cells = {path: file for path, file in library.items() if path.split("/")[1] not in UNREAD}
    cells |= {path: file for path, file in sources.items() if "quizzes" in path.split("/")}
    cells |= _files(root / "datasets", root)
    everything = cells | sources
    everything |= {path: file for path, file in library.items() if file.stem.startswith(MAKERS)}
    everything |= {name: root / name for name in (*FRAME, f"course/{lang}/edition.yml")}
    return {
        "cells": _fingerprint(cells, packages),
        "everything": _fingerprint(everything, packages),
    }


def read_stamp(work: Path) -> dict[str, str]:
    """Return the fingerprints of the last build in `work`; empty if there was none."""
    try:
        return json.loads((work / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_stamp(work: Path, fingerprints: Mapping[str, str]) -> None:
    """Keep the fingerprints of a build; without `everything`, the build is not finished."""
    work.mkdir(parents=True, exist_ok=True)
    (work / STAMP).write_text(json.dumps(fingerprints), encoding="utf-8")


def _sources(root: Path, lang: str) -> dict[str, Path]:
    """Return the files that are copied, by where they go."""
    pages = _files(root / "course" / lang, root / "course" / lang)
    pages.pop("edition.yml", None)
    cases = _files(root / "cases" / lang, root / "cases" / lang)
    shared = _files(root / "course" / "_static", root / "course")
    shared |= _files(root / "course" / "_templates", root / "course")
    return pages | {f"cases/{path}": file for path, file in cases.items()} | shared


def _made(root: Path, lang: str) -> dict[str, str]:
    """Return the files that are written for the edition, by where they go."""
    import yaml

    edition = words(root, lang)
    captions = edition.pop("captions")
    contents = _yaml(root / "_toc.yml")
    for part in contents["parts"]:
        part["caption"] = captions[part["caption"]]
    configuration = _merged(_yaml(root / "_config.yml"), edition)
    return {
        "_toc.yml": yaml.safe_dump(contents, allow_unicode=True, sort_keys=False),
        "_config.yml": yaml.safe_dump(configuration, allow_unicode=True, sort_keys=False),
        "glossary.md": glossary_page(terms(root), lang),
        "outline.md": outline_page(chapters(root), lang),
    }


def _files(folder: Path, base: Path) -> dict[str, Path]:
    return {
        file.relative_to(base).as_posix(): file
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and file.suffix not in (".pyc", ".ipynb")
        and not any(part.startswith(".") for part in file.relative_to(base).parts)
    }


def _fingerprint(files: Mapping[str, Path], words: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join(words).encode())
    for path, file in sorted(files.items()):
        digest.update(f"\n{path}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _merged(below: dict, above: Mapping) -> dict:
    merged = dict(below)
    for key, value in above.items():
        inner = isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
        merged[key] = _merged(below[key], value) if inner else value
    return merged


def _yaml(file: Path) -> dict:
    import yaml

    return yaml.safe_load(file.read_text(encoding="utf-8"))
