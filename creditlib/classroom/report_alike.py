"""Pairs of submissions that are more alike than chance makes them: a hint to talk, no verdict.

The numbers of the rule were chosen on simulated classes (`tests/classroom/test_report_alike.py`
prints how many independent pairs it names and how many copies it misses).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from creditlib.classroom.report_prints import prints_of_code, prints_of_prose

FEWEST = 6  # trainees from whom on it can be told what is common in a class
COMMON = 0.20  # share of the class from which on a print is common ...
AT_LEAST = 3  # ... if more than so many have it
ANSWERS = 3  # answers that must be nearly the same, and answers of both that must count ...
HALF = 0.5  # ... and the share of all the answers of both that they must be
NAMED = 0.50  # mean likeness of these from which on a pair is named ...
MANY = 100  # ... and from so many trainees on, who make far more pairs,
NAMED_OF_MANY = 0.60
NEARLY_SAME = 0.6  # likeness of two answers from which on they are shown as nearly the same
RARE = 2  # how often an answer counts in which both made the same rare mistake


@dataclass(frozen=True)
class Alike:
    """Two trainees whose answers are alike.

    `likeness`: per answer that counts, the share of prints in common; `mistakes`: the questions
    in which both made the same mistake, one that few make.
    """

    pair: tuple[str, str]
    likeness: Mapping[str, float]
    mistakes: Sequence[str]

    @property
    def mean(self) -> float:
        """Mean likeness of the answers, those with the same rare mistake counted twice."""
        total = sum(self.likeness.values()) + sum(
            (RARE - 1) * self.likeness[question] for question in self.mistakes
        )
        return total / (len(self.likeness) + (RARE - 1) * len(self.mistakes))

    @property
    def nearly_same(self) -> list[str]:
        """The questions answered nearly the same, the most alike first."""
        same = [name for name, one in self.likeness.items() if one >= NEARLY_SAME]
        return sorted(same, key=lambda name: -self.likeness[name])


def alike(
    answers: Mapping[str, Mapping[str, str]],
    given: Sequence[str] = (),
    prose: Sequence[str] = (),
    faults: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Alike]:
    """Return the pairs of trainees to talk to, the most alike first; none in a class under six.

    `answers`: per trainee and question what was written, blanks left out; `given`: what everybody
    was given (the cells of the release); `prose`: the questions answered in words; `faults`: per
    trainee and question the mistake that the checks named.
    """
    if len(answers) < FEWEST:
        return []
    questions = dict.fromkeys(question for own in answers.values() for question in own)
    found: dict[tuple[str, str], dict[str, float]] = {}
    known = {
        prints_of: frozenset().union(*map(prints_of, given))
        for prints_of in (prints_of_code, prints_of_prose)
    }
    for question in questions:
        prints_of = prints_of_prose if question in prose else prints_of_code
        own = _own_prints(question, answers, known[prints_of], prints_of)
        for (one, ours), (other, theirs) in combinations(own.items(), 2):
            both = (ours & theirs).bit_count()
            likeness = both / (ours | theirs).bit_count()
            found.setdefault((one, other), {})[question] = likeness
    rare = _rare(faults or {}, len(answers))
    pairs = [
        Alike(pair, likeness, _same_mistakes(pair, likeness, rare))
        for pair, likeness in found.items()
        if len(likeness) >= max(ANSWERS, HALF * _both(answers, pair))
    ]
    least = NAMED if len(answers) < MANY else NAMED_OF_MANY
    named = [one for one in pairs if one.mean >= least and len(one.nearly_same) >= ANSWERS]
    return sorted(named, key=lambda one: (-one.mean, one.pair))


def _own_prints(
    question: str,
    answers: Mapping[str, Mapping[str, str]],
    known: frozenset[str],
    prints_of: Callable[[str], frozenset[str]],
) -> dict[str, int]:
    """Return, as a set of bits, the prints of each answer that were not given and are not common.

    Only of those answers that have any: a short standard answer has none.
    """
    written = {
        trainee: prints_of(own[question]) - known
        for trainee, own in answers.items()
        if question in own
    }
    counts = Counter(one for prints in written.values() for one in prints)
    limit = max(AT_LEAST, COMMON * len(answers))
    places = {one: place for place, one in enumerate(counts) if counts[one] <= limit}
    own = {
        trainee: [places[one] for one in prints if one in places]
        for trainee, prints in written.items()
    }
    # As the bits of one number, sets are compared ten times as fast.
    return {trainee: sum(1 << place for place in found) for trainee, found in own.items() if found}


def _both(answers: Mapping[str, Mapping[str, str]], pair: tuple[str, str]) -> int:
    one, other = pair
    return len(answers[one].keys() & answers[other].keys())


def _rare(faults: Mapping[str, Mapping[str, str]], trainees: int) -> dict[str, dict[str, str]]:
    counts = Counter(pair for own in faults.values() for pair in own.items())
    limit = max(AT_LEAST, COMMON * trainees)
    return {
        trainee: {name: fault for name, fault in own.items() if counts[name, fault] <= limit}
        for trainee, own in faults.items()
    }


def _same_mistakes(
    pair: tuple[str, str], likeness: Mapping[str, float], rare: Mapping[str, Mapping[str, str]]
) -> list[str]:
    one, other = (rare.get(trainee, {}) for trainee in pair)
    return [name for name in likeness if name in one and one[name] == other.get(name)]
