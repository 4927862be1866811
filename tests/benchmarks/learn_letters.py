"""Learns what `creditlib.collection.letter_likeness` knows, and writes it.

    python tests/benchmarks/learn_letters.py

From the sentences in `letters/sentences` and those of the letters in `letters/train` and of the
world's letters.csv; of a letter the labels say what is in it, and the rules where. The kept letters
are not read.
"""

import json
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from math import log, sqrt
from pathlib import Path

import numpy as np
from letters_review import SET, claims, labelled, of_the_world
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import creditlib.collection
from creditlib.collection import letter_demand
from creditlib.collection.letter_conduct import OFFENCES
from creditlib.collection.letter_draft import draft
from creditlib.collection.letter_elements import FRIENDLY, REQUIRED, STAGES, told
from creditlib.collection.letter_likeness import SCALE, pieces
from creditlib.collection.letter_matter import Matter
from creditlib.collection.letter_opinion import ELEMENTS
from creditlib.collection.letter_text import read

DEMANDS = ("dated_demand", "undated_demand")
KINDS = (*OFFENCES, "too_soft", "too_hard", *DEMANDS, *ELEMENTS)
# The kinds that a file of sentences tells apart; a sentence of it is surely none of the others.
TOLD_APART = {
    "conduct": {"threat", "unlawful_consequence", "false_authority"},
    "manner": {"insult", "disclosure", "personal_account", "empty_consequence"},
    "demand": {"too_soft", "too_hard", *DEMANDS},
    "elements": set(ELEMENTS),
    "offences": set(OFFENCES),
    "harmless": {*OFFENCES, "too_soft"},  # a sober next step in it would be too hard in a reminder
    "asking": set(DEMANDS),
    "parts": set(ELEMENTS),
    "mixed": set(OFFENCES),  # an offence in a sentence that does something else as well
}
HARMLESS = {"fine", "other", *DEMANDS}  # labels of sentences that surely offend in no way
LEAST = 3  # sentences that hold a piece
LOOSENESS = 30  # of the fit, scikit-learn's C: chosen by leaving out each hand in turn


def sentences(lang: str) -> list[tuple[str, set[str], set[str]]]:
    """Return sentences with the kinds that each is, and the kinds of which that is known."""
    found = []
    for name, apart in TOLD_APART.items():
        for line in (SET / "sentences" / f"{lang}_{name}.tsv").read_text("utf-8").splitlines():
            label, _, sentence = line.partition("\t")
            known = set(apart)
            if name in ("elements", "parts") or label in HARMLESS:
                known |= set(OFFENCES)
            if label in ELEMENTS[1:5]:
                known |= set(DEMANDS)
            kinds = {label} & set(KINDS)
            if label == "next_steps":  # which no first reminder names
                kinds.add("too_hard")
                known.add("too_hard")
            found.append((read(sentence, lang).flat.strip(), kinds, known))
    return found


def letters(lang: str) -> list[tuple[Matter, set[str]]]:
    """Return letters of a language with their labels: of `train`, the world's, and drafts."""
    reachable = [
        replace(claim, creditor=replace(claim.creditor, contact="000-8800 0168"))
        for claim in claims().values()
    ]
    drafts = [
        (Matter(read(draft(claim, stage, lang), lang), claim, stage), set())
        for claim in reachable
        for stage in STAGES
    ]
    return drafts + [
        (Matter(read(text, lang), claim, stage), kinds)
        for _, written_in, text, claim, stage, kinds in (*labelled("train"), *of_the_world())
        if written_in == lang
    ]


def of_a_letter(matter: Matter, labels: set[str]) -> list[tuple[str, set[str], set[str]]]:
    """Return the sentences of a letter as `sentences` does."""
    reading, places = matter.reading, defaultdict(set)
    wanted = dict.fromkeys((kind for kind in OFFENCES if kind in labels), True)
    for kind in OFFENCES:
        if kind in labels:
            places[kind] = set(matter.rules.offences(reading, kind))
    tone = "too_hard" if matter.stage in FRIENDLY else "too_soft"
    if tone in labels:
        wanted[tone] = True
        places[tone] = (
            {place for place, _ in matter.rules.hits(reading, "tone", tone)}
            if tone == "too_hard"
            else set(matter.rules.all_found(reading.flat, "tone", tone))
        )
    known = {*OFFENCES, tone, *DEMANDS}
    if "vague" in labels:
        wanted["undated_demand"] = True
        places["undated_demand"] = {letter_demand.asked(matter)} - {None}
    elif "no_demand" not in labels:
        wanted["dated_demand"] = True
        places["dated_demand"] = {letter_demand.dated_demand(matter)} - {None}
        known -= {"undated_demand"}
    doubtful = defaultdict(set)  # sentences of which nobody knows whether they are an element
    for element in ELEMENTS:
        if element not in REQUIRED[matter.stage]:
            continue
        known.add(element)
        if f"no_{element}" not in labels:
            wanted[element] = True
            lists = [element, "next_steps_loose"] if element == "next_steps" else [element]
            firsts = [place for name in lists if (place := told(matter, name)) is not None]
            places[element] = set(firsts[:1])
            for name in lists:
                for place in matter.rules.all_found(matter.unnumbered, "elements", name):
                    doubtful[reading.sentence(place.start)].add(element)
    known -= {kind for kind in wanted if not places[kind]}  # it is there, and nobody knows where
    kinds = defaultdict(set)
    for kind in wanted:
        for place in places[kind]:
            kinds[reading.sentence(place.start)].add(kind)
    return [
        (matter.impersonal(span), kinds[span], known - (doubtful[span] - kinds[span]))
        for span in reading.sentences
    ]


def learn(rows: list[tuple[str, set[str], set[str]]], lang: str) -> dict:
    """Return kinds, floors, and per piece its rarity and weights, as the file has them."""
    held = [pieces(sentence, lang) for sentence, _, _ in rows]
    times = Counter(piece for one in held for piece in one)
    vocabulary = {piece: place for place, piece in enumerate(sorted(
        piece for piece in times if times[piece] >= LEAST))}  # fmt: skip
    rarity = [log((len(rows) + 1) / (times[piece] + 1)) + 1 for piece in vocabulary]
    values, columns, ends = [], [], [0]
    for one in held:
        places = [vocabulary[piece] for piece in one if piece in vocabulary]
        length = sqrt(sum(rarity[place] ** 2 for place in places)) or 1.0
        columns += places
        values += [rarity[place] / length for place in places]
        ends.append(len(columns))
    table = csr_matrix((values, columns, ends), shape=(len(rows), len(vocabulary)))
    floors, weights = [], []
    for kind in KINDS:
        chosen = [place for place, (_, _, known) in enumerate(rows) if kind in known]
        model = LogisticRegression(C=LOOSENESS, class_weight="balanced", max_iter=300)
        model.fit(table[chosen], [kind in rows[place][1] for place in chosen])
        floors.append(round(float(model.intercept_[0]), 2))
        weights.append(model.coef_[0] * rarity)
    whole = np.rint(np.array(weights) * SCALE).astype(int).T
    told = {
        piece: [round(rarity[place], 1), *map(int, whole[place])]
        for piece, place in vocabulary.items()
    }
    return {"kinds": list(KINDS), "floors": floors, "weights": told}


def learnt(lang: str) -> dict:
    """Learn all that there is in a language."""
    rows = sentences(lang)
    for matter, labels in letters(lang):
        rows += of_a_letter(matter, labels)
    once = {(said, *map(frozenset, kinds)): (said, *kinds) for said, *kinds in rows if said}
    return learn([*once.values()], lang)


def main() -> int:
    """Write the weights of both languages."""
    for lang in ("zh", "en"):
        found = learnt(lang)
        head = {name: found[name] for name in ("kinds", "floors")}
        lines = ",\n".join(
            json.dumps(piece, ensure_ascii=False) + ":" + json.dumps(row, separators=(",", ":"))
            for piece, row in found["weights"].items()
        )
        target = Path(creditlib.collection.__file__).parent / f"letter_weights_{lang}.json"
        text = json.dumps(head, ensure_ascii=False)[:-1] + ',"weights":{\n' + lines + "}}\n"
        target.write_text(text, encoding="utf-8")
        print(f"{target.name}: {len(found['weights'])} pieces, {len(text.encode()) >> 10} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
