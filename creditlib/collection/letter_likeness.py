"""How much the words of a sentence speak for each kind of sentence in a letter, as learnt.

Logistic regressions on the pieces that a sentence is made of (up to three signs or words that
follow each other; English also by beginnings of words), weighed by how few sentences hold them and
brought to length one. What was learnt lies in `letter_weights_zh.json` and `…_en.json`:
`tests/benchmarks/learn_letters.py` writes them, from sentences and letters labelled by hand.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt

FIGURE = re.compile(r"\d[\d,.]*")
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[^\sa-z\d]")
BEGINNING = 5  # letters by which an English word is known in all its forms
SCALE = 2  # of a weight in the file


def pieces(sentence: str, lang: str) -> set[str]:
    """Return the pieces of a sentence as it is read; all figures are one.

    >>> sorted(pieces("12日前付", "zh"))[1:5]
    ['0', '0日', '0日前', '^']
    """
    told = FIGURE.sub("0", sentence)
    if lang == "zh":
        signs = f"^{' '.join(told.split())}$"
        return {signs[i : i + n] for n in (1, 2, 3) for i in range(len(signs) - n + 1)}
    words = ["^", *WORD.findall(told), "$"]
    begun = [word[:BEGINNING] for word in words]
    found = {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
    return found | {
        "~" + " ".join(begun[i : i + n]) for n in (1, 2) for i in range(len(begun) - n + 1)
    }


@lru_cache(2_000)  # the same clauses are asked for each kind
def likeness(sentence: str, lang: str) -> dict[str, float]:
    """Return, for each kind of sentence, from 0 to 1 how like it a sentence in small letters is.

    >>> found = likeness("or the police will come to your home and arrest you.", "en")
    >>> found["threat"] > 0.5 > found["contact"]
    True
    """
    kinds, floors, weights = _learnt(lang)
    held = [weights[piece] for piece in pieces(sentence, lang) if piece in weights]
    length = sqrt(sum(rare * rare for rare, *_ in held)) or 1.0
    sums = [sum(column) for column in zip(*held, strict=True)][1:] if held else [0] * len(kinds)
    return {
        kind: 1 / (1 + exp(-floor - total / length / SCALE))
        for kind, floor, total in zip(kinds, floors, sums, strict=True)
    }


@cache
def _learnt(lang: str) -> tuple[list[str], list[float], dict[str, list[float]]]:
    """Return the kinds, what each begins at, and per piece its rarity and its weight for each."""
    source = files("creditlib.collection") / f"letter_weights_{lang}.json"
    read = json.loads(source.read_text(encoding="utf-8"))
    return read["kinds"], read["floors"], read["weights"]
