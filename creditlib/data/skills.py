"""The list of skills by which trainees rate themselves, for the pages that show it."""

from pathlib import Path

import pandas as pd

from creditlib.errors import InputError
from creditlib.i18n import checked_language, language


def load_skills(lang: str | None = None) -> pd.DataFrame:
    """Return the course's skills, one row each, in the order of the chapters.

    `lang` is the language of the texts, by default the one in use. Columns: `skill` (its id),
    `name`, `level_0` … `level_4` (what each level looks like in one's own work) and `points` (the
    ids of the outline's points that it rests on, a list). Raises `InputError` where the list is
    neither in the installed package nor in the course's source folder.

    >>> skills = load_skills("en")
    >>> skills.loc[skills["skill"] == "receivables", ["name", "level_0"]].values.tolist()
    [['Measuring receivables', 'I have never heard of DSO or an ageing report.']]
    """
    import yaml

    lang = checked_language(lang or language())
    path = skills_file()
    if not path.is_file():
        raise InputError("errors.not_found", path=path)
    rows = [
        {"skill": skill["id"], "name": skill[lang]}
        | {f"level_{level}": about[lang] for level, about in enumerate(skill["levels"])}
        | {"points": skill["points"]}
        for skill in yaml.safe_load(path.read_text(encoding="utf-8"))["skills"]
    ]
    return pd.DataFrame(rows)


def skills_file() -> Path:
    """Return where the list stands: in an installed creditlib, else in the repository."""
    installed = Path(__file__).with_name("skills.yml")
    return installed if installed.is_file() else Path(__file__).parents[2] / "course" / "skills.yml"
