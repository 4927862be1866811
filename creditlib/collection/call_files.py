"""The data behind the calls: moves, debtors, common lines and the classifier's words, read once."""

from functools import cache
from pathlib import Path

PERSONAS = (
    "forgetful", "process_bound", "disputing", "cash_strapped", "strategic", "evasive", "failing",
    "refusing",
)  # fmt: skip


@cache
def call_file(name: str) -> dict:
    """Return a data file of the calls as nested tables.

    >>> call_file("moves")["ask_date"]["minutes"]
    0.3
    """
    import tomllib  # only once a call is made: importing the room stays light

    source = Path(__file__).parent / f"call_{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def persona_file(persona: str) -> dict:
    """Return what is written about one of the eight debtor types.

    >>> persona_file("disputing")["reason"]
    'dispute'
    """
    return call_file(f"personas/{persona}")
