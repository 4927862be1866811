"""Where in the book to read again what a question asks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from creditlib.classroom import outline
from creditlib.classroom.pages import path_of

TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """A point of the outline, the title of the page that explains it, and that page's address."""

    point: str
    page: str
    address: str


@cache
def where_to_read(
    root: Path, assignment: str, lang: str, book: str = ""
) -> Mapping[str, Sequence[Place]]:
    """Return, per question of an assignment, the points that it checks and where they stand.

    `book` is the address of the published book; without it a place has no address. Empty where
    the course's source folder `root` has no outline.
    """
    if not (root / "course" / "syllabus.yml").exists():
        return {}
    found: dict[str, list[Place]] = {}
    for chapter, point in outline.points(outline.chapters(root)):
        if chapter.get("assignment") == assignment and point["pages"]:
            place = _place(root, point, lang, book.rstrip("/"))
            for question in point.get("checked", ()):
                found.setdefault(question, []).append(place)
    return found


def _place(root: Path, point: Mapping, lang: str, book: str) -> Place:
    page, _, anchor = point.get("explained", point["pages"][0]).partition("#")
    address = f"{book}/{lang}/{page}.html" + (f"#{anchor}" if anchor else "")
    name = f"{point['id']} {point[lang]}"
    return Place(name, _title(root, page, lang), address if book else "")


def _title(root: Path, page: str, lang: str) -> str:
    file = path_of(root, outline.source_name(f"{page}.md"), lang)
    found = TITLE.search(file.read_text(encoding="utf-8")) if file.exists() else None
    return found[1] if found else page
