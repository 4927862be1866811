"""How like the examples of each move a text is: the second ear of the classifier, beside its rules.

Words (in Chinese pairs and triples of signs) are weighed by how few examples hold them (tf–idf:
Salton and Buckley 1988); a move's likeness is the mean cosine with its three nearest examples and
half of the nearest again.
"""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from math import log, sqrt

from creditlib.collection.call_files import call_file

_STRANGE = 3.0  # weight of a word that no example holds
_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[a-z']+|#")
_NO_SIGN = re.compile(r"[^\w#(.]")


def likeness(read: str, lang: str) -> dict[str, float]:
    """Return for every move how like its examples a text in small letters is, 0 to 1.5.

    >>> found = likeness("which day will you pay us?", "en")
    >>> max(found, key=found.get)
    'ask_date'
    """
    _, postings, moves = _index(lang)
    cosines = [0.0] * len(moves)
    for feature, weight in _vector(_features(read, lang), lang).items():
        for place, other in postings.get(feature, ()):
            cosines[place] += weight * other
    by_move: dict[str, list[float]] = {}
    for move, cosine in zip(moves, cosines, strict=True):
        by_move.setdefault(move, []).append(cosine)
    return {move: sum(sorted(found)[-3:]) / 3 + max(found) / 2 for move, found in by_move.items()}


def _features(read: str, lang: str) -> Counter:
    plain = _NUMBER.sub("#", read)
    if lang == "zh":
        signs = _NO_SIGN.sub("", plain)
        parts = [signs[at : at + size] for size in (1, 2, 3) for at in range(len(signs) - size + 1)]
        return Counter(parts)
    words = ["^", *_WORD.findall(plain)]
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return Counter(words + pairs + [word[:5] for word in words if len(word) > 5])


def _vector(features: Counter, lang: str) -> dict[str, float]:
    rarity, _, _ = _index(lang)
    found = {
        feature: (1 + log(times)) * rarity[feature]
        for feature, times in features.items()
        if feature in rarity
    }
    unheard = sum(" " not in name and (lang == "en" or len(name) == 1) for name in features)
    unheard -= sum(" " not in name and (lang == "en" or len(name) == 1) for name in found)
    # A word that no example holds makes the text less like all of them.
    strange = unheard * _STRANGE**2
    length = sqrt(sum(weight * weight for weight in found.values()) + strange) or 1.0
    return {feature: weight / length for feature, weight in found.items()}


@cache
def _index(lang: str) -> tuple[dict[str, float], dict[str, list], list[str]]:
    """Return how rare each feature is, where each stands with its weight, and each one's move."""
    told = call_file("examples")[lang]
    moves = [move for move, lines in told.items() for _ in lines]
    read = [_features(line.lower(), lang) for lines in told.values() for line in lines]
    held = Counter(feature for features in read for feature in features)
    rarity = {feature: log((len(read) + 1) / (times + 1)) for feature, times in held.items()}
    postings: dict[str, list] = {}
    for place, features in enumerate(read):
        weights = {name: (1 + log(times)) * rarity[name] for name, times in features.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for name, weight in weights.items():
            postings.setdefault(name, []).append((place, weight / length))
    return rarity, postings, moves
