"""Two editions, one course: what differs between them, and what was read side by side."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from creditlib.classroom.editions_compare import page_findings, quiz_findings
from creditlib.classroom.editions_prose import terms_used
from creditlib.classroom.glossary import terms, words
from creditlib.classroom.outline import chapters, outline_findings
from creditlib.classroom.pages import ROOT, names, needs_course, path_of
from creditlib.errors import InputError
from creditlib.i18n import LANGUAGES, text

RECORD = Path("course", "editions.json")
ALL = "all"


def check(root: Path = ROOT) -> bool:
    """Print what differs between the two editions, a sentence each; True if nothing does."""
    needs_course(root)
    found = list(findings(root))
    for finding in found:
        print(finding)
    pages = len(pages_of(root))
    print(
        text("editions.differ", count=len(found)) if found else text("editions.agree", pages=pages)
    )
    return not found


def confirm(pages: Sequence[str], root: Path = ROOT) -> bool:
    """Record that both texts of these pages, as they are now, were read side by side.

    A page is named without its language: `course/assessment/statements.md`; `all` names every one.
    """
    needs_course(root)
    known = pages_of(root)
    wanted = known if list(pages) == [ALL] else [_without_language(page) for page in pages]
    for page in wanted:
        if page not in known:
            raise InputError("editions.no_page", page=page, example=known[0] if known else "")
    record = {page: both for page, both in read_record(root).items() if page in known}
    record |= {page: hashes(root, page) for page in wanted}
    content = json.dumps(dict(sorted(record.items())), indent=1) + "\n"
    (root / RECORD).write_text(content, encoding="utf-8")
    print(text("editions.confirmed", count=len(wanted)))
    return True


def findings(root: Path) -> Iterator[str]:
    """Yield every finding as one sentence that begins with the file and the line."""
    yield from _missing_files(root)
    for name in pages_of(root):
        both = [path_of(root, name, lang).read_text(encoding="utf-8") for lang in LANGUAGES]
        for finding in page_findings(*both):
            yield _sentence(name, *finding)
        yield from _unknown_terms(root, name)
    for name in _common(root, ".json"):
        both = [path_of(root, name, lang).read_text(encoding="utf-8") for lang in LANGUAGES]
        for finding in quiz_findings(*both):
            yield _sentence(name, *finding)
    for key, values in outline_findings(root, chapters(root)):
        yield text(key, **values)
    yield from _unconfirmed(root)


def pages_of(root: Path) -> list[str]:
    """Return the pages that both editions have, named without their language."""
    return _common(root, ".md")


def hashes(root: Path, page: str) -> dict[str, str]:
    """Return the fingerprint of a page's two texts."""
    return {
        lang: hashlib.sha256(path_of(root, page, lang).read_bytes()).hexdigest()[:16]
        for lang in LANGUAGES
    }


def read_record(root: Path) -> dict[str, dict[str, str]]:
    """Return the fingerprints of the texts that were last read side by side, by page."""
    file = root / RECORD
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _missing_files(root: Path) -> Iterator[str]:
    """Exists for the page, picture or quiz that was added to one edition only."""
    present = {lang: set(names(root, lang)) for lang in LANGUAGES}
    for lang, other in (LANGUAGES, LANGUAGES[::-1]):
        for name in sorted(present[lang] - present[other]):
            here, there = (path_of(Path(), name, each).as_posix() for each in (lang, other))
            yield text("editions.one_only", file=here, missing=there)


def _unknown_terms(root: Path, name: str) -> Iterator[str]:
    """Exists for the term that a page explains by a glossary that does not have it."""
    entries = terms(root)
    for lang in LANGUAGES:
        known = {word for entry in entries for word in words(entry, lang)}
        file = path_of(root, name, lang)
        for term in sorted(terms_used(file.read_text(encoding="utf-8")) - known):
            shown = file.relative_to(root).as_posix()
            yield text("editions.term", file=shown, term=term)


def _unconfirmed(root: Path) -> Iterator[str]:
    """Exists for the sentence that was changed in one language and whose translation was not."""
    record = read_record(root)
    for page in pages_of(root):
        before, now = record.get(page), hashes(root, page)
        if before is None:
            yield text("editions.unread", page=page)
        elif changed := [lang for lang in LANGUAGES if before.get(lang) != now[lang]]:
            files = ", ".join(path_of(Path(), page, lang).as_posix() for lang in changed)
            yield text("editions.changed", page=page, files=files)


def _sentence(name: str, key: str, lang: str, line: int | None, values: dict) -> str:
    place = path_of(Path(), name, lang).as_posix() + (f":{line}" if line else "")
    return text("editions.at", place=place, finding=text(f"editions.{key}", **values))


def _common(root: Path, ending: str) -> list[str]:
    present = [set(names(root, lang)) for lang in LANGUAGES]
    return sorted(name for name in set.intersection(*present) if name.endswith(ending))


def _without_language(page: str) -> str:
    """Return the name of a page, whichever of its two files was meant.

    >>> _without_language("course/zh/assessment/statements.md")
    'course/assessment/statements.md'
    """
    room, _, inside = Path(page).as_posix().partition("/")
    first, _, rest = inside.partition("/")
    return f"{room}/{rest}" if first in LANGUAGES else f"{room}/{inside}"
