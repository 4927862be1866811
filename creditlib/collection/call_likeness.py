"""How much the words of a sentence speak for each move, learnt from example sentences.

Multinomial naive Bayes on features weighed by how few examples hold them, each example brought to
length one (Rennie, Shih, Teevan and Karger 2003). Learnt at first use, then kept.
"""

from collections import Counter
from functools import cache
from math import log, sqrt

from creditlib.collection.call_features import IDEA, features
from creditlib.collection.call_files import call_file

OFF_TOPIC = "off_topic"  # the class of what is no move
_SMOOTHING = 0.2
_IDEA_WEIGHT = 2.0  # of an idea, beside a word
_STRANGE = 2.5  # what a text of which no example holds a word is liker to what is no move


def likeness(read: str, lang: str) -> dict[str, float]:
    """Return for every move, and for `off_topic`, how much a text in small letters speaks for it.

    Only differences mean something: they are shares of a logarithm of odds.

    >>> found = likeness("which day will you pay us?", "en")
    >>> max(found, key=found.get)
    'ask_date'
    """
    rarity, moves = _learnt(lang)
    held = features(read, lang)
    weights = _weights(held, rarity)
    total = sum(weights.values())
    found = {
        move: floor * total + sum(weights[name] * told[name] for name in weights if name in told)
        for move, (floor, told) in moves.items()
    }
    found[OFF_TOPIC] += _STRANGE * (1 - len(weights) / len(held))
    return found


def _weights(held: set[str], rarity: dict[str, float]) -> dict[str, float]:
    found = {name: rarity[name] for name in held if name in rarity}
    length = sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {name: weight / length for name, weight in found.items()}


@cache
def _learnt(lang: str) -> tuple[dict[str, float], dict[str, tuple[float, dict[str, float]]]]:
    """Return how rare each feature is, and for each move its floor and what each feature adds."""
    read = {
        move: [features(line.lower(), lang) for line in lines]
        for move, lines in call_file(f"examples_{lang}").items()
    }
    number = sum(map(len, read.values()))
    held = Counter(name for lines in read.values() for line in lines for name in line)
    rarity = {
        name: log((number + 1) / (times + 1)) * (_IDEA_WEIGHT if name[0] == IDEA else 1)
        for name, times in held.items()
    }
    moves = {}
    for move, lines in read.items():
        counts: Counter[str] = Counter()
        for line in lines:
            for name, weight in _weights(line, rarity).items():
                counts[name] += weight
        floor = log(_SMOOTHING) - log(sum(counts.values()) + _SMOOTHING * len(rarity))
        told = {name: log(count / _SMOOTHING + 1) for name, count in counts.items()}
        moves[move] = (floor, told)
    return rarity, moves
