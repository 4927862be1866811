"""The glossary: `course/glossary.yml`, and the page that is made of it."""

from pathlib import Path

from creditlib.i18n import text

OTHER = {"zh": "en", "en": "zh"}


def terms(root: Path) -> list[dict]:
    """Return the entries: `zh`, `en`, `also` per language, `meaning` per language, `points`."""
    import yaml

    return yaml.safe_load((root / "course" / "glossary.yml").read_text(encoding="utf-8"))


def words(entry: dict, lang: str) -> list[str]:
    """Return every word that `{term}` may use for an entry.

    >>> words({"en": "probability of default", "also": {"en": ["PD"]}}, "en")
    ['probability of default', 'PD']
    """
    return [entry[lang], *entry.get("also", {}).get(lang, [])]


def glossary_page(entries: list[dict], lang: str) -> str:
    """Return the glossary as a MyST page: by topic in Chinese, by the alphabet in English."""
    if lang == "en":
        entries = sorted(entries, key=lambda entry: entry["en"].casefold())
    lines = [f"# {text('book.glossary.title', lang)}", "", text("book.glossary.about", lang), ""]
    lines += ["::::{glossary}"]
    for entry in entries:
        notes = [
            entry["meaning"][lang],
            text("book.glossary.other", lang, term=entry[OTHER[lang]]),
            text("book.glossary.points", lang, points=", ".join(map(str, entry["points"]))),
        ]
        lines += [*words(entry, lang), f"  {('' if lang == 'zh' else ' ').join(notes)}", ""]
    return "\n".join([*lines, "::::", ""])
