"""Every message stands in both languages and takes the same values in both."""

import string
import subprocess
import sys
import tomllib

import pytest

from creditlib import i18n
from creditlib.errors import CreditError


def messages(root):
    def walk(table, path):
        for name, entry in table.items():
            if isinstance(entry, dict) and not set(entry) & set(i18n.LANGUAGES):
                yield from walk(entry, f"{path}.{name}")
            else:
                yield f"{path}.{name}", entry

    for file in sorted((root / "creditlib/locale").glob("*.toml")):
        yield from walk(tomllib.loads(file.read_text(encoding="utf-8")), file.stem)


def fields(message):
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_every_message_has_both_languages_with_the_same_values(root):
    incomplete = {
        key: entry
        for key, entry in messages(root)
        if set(entry) != set(i18n.LANGUAGES) or fields(entry["zh"]) != fields(entry["en"])
    }
    assert incomplete == {}


def test_an_unknown_language_says_which_there_are(in_english):
    with pytest.raises(CreditError, match=r"“fr”.*zh, en"):
        i18n.use_language("fr")


def test_the_language_follows_the_system_until_one_is_chosen(monkeypatch):
    monkeypatch.setattr(i18n, "_chosen", None)
    for name in ("CREDITLIB_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert i18n.language() == "zh"
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert i18n.language() == "en"
    monkeypatch.setenv("CREDITLIB_LANG", "zh")
    assert i18n.language() == "zh"


def test_importing_creditlib_loads_no_numpy_and_no_pandas():
    code = "import sys, creditlib; print({'numpy', 'pandas', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
