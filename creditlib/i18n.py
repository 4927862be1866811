"""The words that creditlib itself says, in Chinese and English.

A message has a key such as `statements.unbalanced`; its two texts stand side by side in
`locale/statements.toml`, so that neither language is changed without the other in view.
"""

import os
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")

_chosen: str | None = None


def use_language(lang: str) -> None:
    """Choose the language of every message, label and finding from here on.

    >>> before = language()
    >>> use_language("en")
    >>> language()
    'en'
    >>> use_language(before)
    """
    global _chosen
    _chosen = checked_language(lang)


def checked_language(lang: str) -> str:
    """Return `lang` if the course has it; say which it has if not."""
    if lang not in LANGUAGES:
        from creditlib.errors import CreditError

        raise CreditError("errors.unknown_language", wanted=lang, known=", ".join(LANGUAGES))
    return lang


def chosen_language() -> str | None:
    """Return the language chosen, by command or by `CREDITLIB_LANG`; None if there is none."""
    from_environment = os.environ.get("CREDITLIB_LANG")
    return _chosen or (from_environment if from_environment in LANGUAGES else None)


def language() -> str:
    """Return the language in use: the one chosen, else the system's."""
    if chosen := chosen_language():
        return chosen
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh" if (system or "").lower().startswith("zh") else "en"


def text(key: str, /, lang: str | None = None, **values: object) -> str:
    """Return the message `key` in the language in use (or `lang`), with `values` filled in.

    A key that no catalogue has is a programming error and raises `KeyError`.

    >>> text("errors.where.row", lang="en", row=12)
    'row 12'
    """
    subject, _, name = key.partition(".")
    entry = catalogue(subject)
    for part in name.split("."):
        entry = entry[part]
    return entry[lang or language()].format(**values)


@cache
def catalogue(subject: str) -> dict:
    """Return the messages of one subject, as nested tables that end in `{zh, en}`."""
    import tomllib  # only when there is something to say: importing creditlib stays light

    source = Path(__file__).parent / "locale" / f"{subject}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
