"""What the classifier sees of a sentence: words, pairs of them, and the ideas they stand for."""

import re
from functools import cache
from itertools import pairwise

from creditlib.collection.call_files import call_file

IDEA, NO_IDEA = "@", "@none"  # how an idea is marked; a sentence that holds none of them
_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[a-z']+|[#?%]")
_ENDING = re.compile(r"(?:'s|ies|ing|ed|es|s|ly|e|y)$")
_SHORT = (
    ("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"),
    ("'ll", " will"), ("'m ", " am "), ("'re ", " are "), ("'ve ", " have "), ("'d ", " would "),
    ("let's", "let us"), ("e-mail", "email"),
)  # fmt: skip
_NO_SIGN = re.compile(r"[^\w#?]")


def features(read: str, lang: str) -> set[str]:
    """Return what a text in small letters holds: words or signs, neighbours of two, and ideas.

    English words count without their endings, Chinese by single signs and pairs; numbers are all
    alike. Ideas (`call_ideas.toml`) are marked with @.

    >>> sorted(features("your boss?", "en"))
    ['?', '@senior', '^', '^ your', 'boss', 'boss ?', 'your', 'your boss']
    """
    plain = _NUMBER.sub("#", read)
    return _of_signs(_NO_SIGN.sub("", plain)) if lang == "zh" else _of_words(plain)


def _of_signs(signs: str) -> set[str]:
    pairs = list(map("".join, pairwise("^" + signs)))
    found = {*signs, *pairs}
    ideas, beginnings = _ideas("zh"), _beginnings()
    held: set[str] = set()
    for at, pair in enumerate(pairs[1:]):
        if pair in beginnings:
            rest = signs[at : at + 8]
            for word in beginnings[pair]:
                if rest.startswith(word):
                    held |= ideas[word]
    for sign in ideas.keys() & found:
        held |= ideas[sign]
    return found | (held or {NO_IDEA})


def _of_words(plain: str) -> set[str]:
    words = ["^", *_words(plain)]
    pairs = list(map(" ".join, pairwise(words)))
    found = {*words, *pairs}
    triples = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
    ideas = _ideas("en")
    held: set[str] = set()
    for part in ideas.keys() & {*found, *triples}:
        held |= ideas[part]
    return found | (held or {NO_IDEA})


def _words(plain: str) -> list[str]:
    for short, full in _SHORT:
        plain = plain.replace(short, full)
    return list(map(_stem, _WORD.findall(plain)))


@cache
def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 4 else word


@cache
def _ideas(lang: str) -> dict[str, set[str]]:
    """Return the marked ideas of every word that stands for one."""
    found: dict[str, set[str]] = {}
    for idea, words in call_file("ideas")[lang].items():
        for word in words:
            key = word if lang == "zh" else " ".join(_words(word))
            found.setdefault(key, set()).add(IDEA + idea)
    return found


@cache
def _beginnings() -> dict[str, list[str]]:
    """Return the Chinese words of three signs and more by their first two."""
    found: dict[str, list[str]] = {}
    for word in _ideas("zh"):
        if len(word) > 2:
            found.setdefault(word[:2], []).append(word)
    return found
