"""Calls: what each strategy gets from each debtor type, and how well words are understood.

    python tests/benchmarks/dialogue_strategies.py             the tables, 40 seeds
    python tests/benchmarks/dialogue_strategies.py --search    looks for a better fixed script, too

The world's transcripts were put together from phrases, not recorded: agreement with their labels
says that both count the same things, not that either is right about people.
"""

import argparse
import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from creditlib.collection.call_classify import classify, moves_in
from creditlib.collection.call_strategies import (
    SCRIPTS,
    adaptive,
    random_good_moves,
    random_play,
    script,
)
from creditlib.collection.claim import Claim
from creditlib.collection.dialogue import (
    BAD_MOVES,
    GOOD_MOVES,
    MOVES,
    PERSONAS,
    UNLAWFUL_MOVES,
    play,
)

CLAIM = Claim.of("480000", due=date(2025, 10, 31), as_of=date(2025, 12, 31))
KEPT_OUT = Path(__file__).parents[1] / "collection"


def mean_score(strategy: Callable, persona: str, seeds: range) -> float:
    """Return the mean score over seeds; `strategy` makes the strategy of a seed."""
    scores = [play(strategy(seed), persona, CLAIM, seed, "en").outcome().score for seed in seeds]
    return sum(scores) / len(scores)


def strategies() -> dict[str, Callable]:
    """Return every reference strategy, as a function of the seed."""
    fixed = {name: (lambda seed, name=name: script(name)) for name in SCRIPTS}
    return {
        "random": random_play,
        "random_good_moves": random_good_moves,
        **fixed,
        "adaptive": lambda seed: adaptive,
    }


def table(seeds: range) -> dict[str, dict[str, float]]:
    """Return strategy × debtor type → mean score."""
    return {
        name: {persona: mean_score(strategy, persona, seeds) for persona in PERSONAS}
        for name, strategy in strategies().items()
    }


def accuracy(lang: str) -> tuple[int, int]:
    """Return how many of the sentences kept out are understood, and of how many."""
    told = tomllib.loads((KEPT_OUT / f"kept_out_{lang}.toml").read_text(encoding="utf-8"))
    pairs = [(move, line) for move in MOVES for line in told[move]]
    return sum(classify(line, lang) == move for move, line in pairs), len(pairs)


def transcript_agreement(lang: str) -> dict[str, float]:
    """Compare what the classifier hears in the world's transcripts with their labels."""
    from creditlib.data import load

    speaker = {"zh": "催收员：", "en": "Collector: "}[lang]
    calls = load("calls").dropna(subset=[f"transcript_{lang}"])
    hits = {"caught": 0, "unlawful": 0, "false_alarm": 0, "lawful": 0}
    calm, rude = [], []
    for call in calls.itertuples():
        lines = getattr(call, f"transcript_{lang}").splitlines()
        said = [line.removeprefix(speaker) for line in lines if line.startswith(speaker)]
        moves = {move for line in said for move in moves_in(line, lang)}
        breach = bool(moves & set(UNLAWFUL_MOVES))
        hits["unlawful" if call.conduct != "ok" else "lawful"] += 1
        if breach:
            hits["caught" if call.conduct != "ok" else "false_alarm"] += 1
        bad = moves & set(BAD_MOVES)
        (rude if bad else calm).append(call.emotion + call.listening + call.cooperation)
    return {
        "recall": hits["caught"] / hits["unlawful"],
        "false alarms": hits["false_alarm"] / hits["lawful"],
        "agreement": (hits["caught"] + hits["lawful"] - hits["false_alarm"]) / len(calls),
        "labels, bad move heard": float(sum(rude)) / max(1, len(rude)),
        "labels, none heard": float(sum(calm)) / max(1, len(calm)),
    }


def searched_script(rounds: int, seeds: range) -> tuple[list[str], float]:
    """Climb from the best script by random changes; return the script and its worst type's mean."""
    random = Random(1)

    def worst(moves: list[str]) -> float:
        def fixed(state: dict) -> str:
            return moves[min(len(state["said"]), len(moves) - 1)]

        return min(mean_score(lambda seed: fixed, persona, seeds) for persona in PERSONAS)

    best = max((list(moves) for moves in SCRIPTS.values()), key=worst)
    top = worst(best)
    for _ in range(rounds):
        tried = list(best)
        place = random.randrange(len(tried) - 1)
        change = random.choice((_insert, _drop, _swap))
        change(tried, place, random)
        if (found := worst(tried)) > top:
            best, top = tried, found
    return best, top


def _insert(moves: list[str], place: int, random: Random) -> None:
    moves.insert(place, random.choice(GOOD_MOVES[:-1]))


def _drop(moves: list[str], place: int, random: Random) -> None:
    del moves[place]


def _swap(moves: list[str], place: int, random: Random) -> None:
    other = random.randrange(len(moves) - 1)
    moves[place], moves[other] = moves[other], moves[place]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--search", action="store_true")
    options = parser.parse_args()
    started = time.perf_counter()
    found = table(range(options.seeds))
    took = (time.perf_counter() - started) / (len(found) * len(PERSONAS) * options.seeds)
    print(
        f"{'strategy':20}" + "".join(f"{name[:9]:>10}" for name in PERSONAS) + "      mean  worst"
    )
    for name, row in found.items():
        scores = list(row.values())
        line = "".join(f"{score:10.1f}" for score in scores)
        print(f"{name:20}{line}{sum(scores) / len(scores):10.1f}{min(scores):7.1f}")
    print(f"\n{took * 1000:.1f} ms a call\n")
    for lang in ("zh", "en"):
        right, of = accuracy(lang)
        print(f"sentences {lang}, kept out: {right}/{of} = {right / of:.3f}")
        agreement = transcript_agreement(lang)
        print(f"transcripts {lang}", {name: round(value, 3) for name, value in agreement.items()})
    if options.search:
        best, worst = searched_script(250, range(3))
        print(f"\nbest script found by search: worst type {worst:.1f}\n  {' → '.join(best)}")


if __name__ == "__main__":
    main()
