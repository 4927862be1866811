"""The training outline, `course/syllabus.yml`, and the page that shows where it is taught."""

from collections.abc import Iterator
from pathlib import Path

from creditlib.classroom.pages import cells, path_of
from creditlib.i18n import LANGUAGES, text

PARTS = ("explained", "example", "try", "checked")


def chapters(root: Path) -> list[dict]:
    """Return the six chapters with their sections and points."""
    import yaml

    return yaml.safe_load((root / "course" / "syllabus.yml").read_text(encoding="utf-8"))


def points(outline: list[dict]) -> Iterator[tuple[dict, dict]]:
    """Yield every point of the outline with its chapter."""
    for chapter in outline:
        for section in chapter["sections"]:
            for point in section["points"]:
                yield chapter, point


def outline_page(outline: list[dict], lang: str) -> str:
    """Return the outline as a MyST page: point, the pages that teach it, what checks it."""

    def say(name: str, **values: object) -> str:
        return text(f"book.outline.{name}", lang, **values)

    count = sum(1 for _ in points(outline))
    lines = [f"# {say('title')}", "", say("about", points=count), ""]
    for chapter in outline:
        lines += [f"## {chapter['id']} {chapter[lang]}", ""]
        lines += [f"| {say('point')} | {say('page')} | {say('checked')} |", "|---|---|---|"]
        for section in chapter["sections"]:
            lines.append(f"| **{section['id']} {section[lang]}** | | |")
            for point in section["points"]:
                taught = say("joint").join(f"{{doc}}`/{page}`" for page in point["pages"])
                checked = _checked(chapter, point, say)
                name = f"{point['id']} {point[lang]}"
                lines.append(f"| {name} | {taught or say('soon')} | {checked} |")
        lines.append("")
    return "\n".join(lines)


def _checked(chapter: dict, point: dict, say) -> str:
    quizzes = [check for check in point.get("checked", ()) if is_quiz(check)]
    questions = [f"`{check}`" for check in point.get("checked", ()) if not is_quiz(check)]
    shown = [say("quiz")] if quizzes else []
    if questions:
        names = ", ".join(questions)
        shown.append(say("question", assignment=chapter["assignment"], questions=names))
    return say("joint").join(shown)


def is_quiz(check: str) -> bool:
    """Say whether what checks a point is a quiz beside a page (else it is a graded question)."""
    return check.endswith(".json")


def outline_findings(root: Path, outline: list[dict]) -> Iterator[tuple[str, dict]]:
    """Yield what is wrong in the outline, as the key and values of a message.

    Exists for the outline that promises a page, an anchor or a graded question that nobody wrote
    or that was renamed, and for a point of a finished chapter that lacks one of its four parts.
    """
    for chapter, point in points(outline):
        place = {"point": point["id"]}
        if not all(point.get(lang) for lang in LANGUAGES):
            yield "editions.outline.unnamed", place
        for page in point["pages"]:
            if missing := _missing(root, source_name(f"{page}.md")):
                yield "editions.outline.no_page", place | {"page": missing}
        if chapter.get("done"):
            for part in PARTS:
                if not point.get(part):
                    yield "editions.outline.part", place | {"part": part}
        yield from _broken_promises(root, chapter, point, place)


def _broken_promises(root: Path, chapter: dict, point: dict, place: dict):
    for part in ("explained", "example", "try"):
        if point.get(part):
            page, _, anchor = point[part].partition("#")
            name = source_name(f"{page}.md")
            if not all(_has_label(path_of(root, name, lang), anchor) for lang in LANGUAGES):
                yield "editions.outline.no_anchor", place | {"page": name, "anchor": anchor}
    for check in point.get("checked", ()):
        if is_quiz(check):
            if missing := _missing(root, source_name(check)):
                yield "editions.outline.no_quiz", place | {"page": missing}
        elif check not in _questions(root, chapter["assignment"]):
            known = {"question": check, "assignment": chapter["assignment"]}
            yield "editions.outline.no_question", place | known


def source_name(page: str) -> str:
    """Return the name, without its language, of the file that a page of the book is made of.

    >>> source_name("assessment/scorecard.md"), source_name("cases/industry-cap.md")
    ('course/assessment/scorecard.md', 'cases/industry-cap.md')
    """
    return page if page.startswith("cases/") else f"course/{page}"


def _has_label(file: Path, label: str) -> bool:
    return file.exists() and f"({label})=" in file.read_text(encoding="utf-8")


def _missing(root: Path, name: str) -> Path | None:
    for lang in LANGUAGES:
        if not path_of(root, name, lang).exists():
            return path_of(root, name, lang).relative_to(root)
    return None


def _questions(root: Path, assignment: str) -> set[str]:
    files = (root / "solutions").glob(f"*/{assignment}/*.md")
    marks = [cell.mark for file in files for cell in cells(file.read_text(encoding="utf-8"))]
    return {mark["grade_id"].removeprefix("test-") for mark in marks if "grade_id" in mark}
