"""What a posting is, by its document type or by what its description says."""

import re
from functools import cache

import numpy as np
import pandas as pd

from creditlib.data.ledger.rules import lookup, plain, rules
from creditlib.data.ledger.texts import contains, escaped

KINDS = ("refund", "write_off", "credit_note", "payment", "invoice")


def types_of(
    document_type: pd.Series | None, description: pd.Series | None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return per row one of `KINDS` or "", whether its document type says so, and unknown types.

    The document type decides; only where it says nothing, the description does.
    """
    size = len(document_type if document_type is not None else description)
    found = np.full(size, "", dtype=object)
    unknown: list[str] = []
    if document_type is not None:
        codes, distinct = pd.factorize(document_type)
        read = [_type(str(word)) for word in distinct]
        unknown = [
            str(word) for word, kind in zip(distinct, read, strict=True) if word and not kind
        ]
        found = np.array([*read, ""], dtype=object)[codes]
    sure = found != ""
    if description is not None and (found == "").any():
        open_ones = found == ""
        words = description[open_ones]
        said = np.full(len(words), "", dtype=object)
        for kind in reversed(KINDS):
            said[contains(words, _pattern(kind))] = kind
        found[open_ones] = said
    return found, sure, unknown


def _type(word: str) -> str:
    known = lookup("type").get(plain(word))
    if known:
        return known[0]
    for kind in KINDS:
        if re.search(_pattern(kind), word, flags=re.IGNORECASE):
            return kind
    return ""


@cache
def _pattern(kind: str) -> str:
    """A word of the kind as a part of a text: from two Chinese signs, or four letters, on."""
    words = [word for word in rules()["type"][kind] if len(word) >= (4 if word.isascii() else 2)]
    return "|".join(escaped(word) for word in words)
