"""Regular expressions over whole columns of texts, by Arrow.

pandas hands a pattern with other than plain letters to Python, row by row; Arrow's engine (RE2)
takes them all.
"""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

BLANKS = r"[\s\x{a0}\x{3000}]*"


def contains(column: pd.Series, pattern: str) -> np.ndarray:
    """Which texts hold the pattern, whatever the case.

    >>> contains(pd.Series(["Total", "I1"]), "total|sum").tolist()
    [True, False]
    """
    words = pa.array(column.array, type=pa.large_string())
    found = pc.match_substring_regex(words, pattern, ignore_case=True)
    return found.to_numpy(zero_copy_only=False).astype(bool)


def any_of(words: set[str]) -> str:
    """A pattern for any of some words; Chinese ones may have blanks between their signs."""
    return "|".join(
        escaped(word).replace(" ", BLANKS) if word.isascii() else BLANKS.join(map(escaped, word))
        for word in sorted(words)
    )


def escaped(words: str) -> str:
    """The words as a pattern: RE2 knows no escaped letters of other scripts."""
    return re.sub(r"([.*+?()\[\]{}|^$\\/-])", r"\\\1", words)
