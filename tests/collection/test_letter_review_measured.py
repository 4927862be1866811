"""How well the review finds what people labelled: floors of precision and recall (micro).

`train` was used to write the rules: its 1.00 says that they fit, not that they generalise.
letters.csv is the world's, with phrases of its own: 0.99. `held_out` was written by another hand
and never read while the rules were written. Measured there: precision 0.79 and recall 0.89 in all
(Chinese 0.88 and 0.93, English 0.71 and 0.86). That is below the aim of 0.90 for both: about one
finding in five is false on wordings that the rules have not seen, above all in English
(unlawful_consequence, no_demand, and a demand without a day, which is missed). Of each kind there
are four letters, so the figure of one kind says little.
"""

import importlib.util

import pytest


@pytest.fixture(scope="module")
def measured(root):
    place = root / "tests/benchmarks/letters_review.py"
    spec = importlib.util.spec_from_file_location("letters_review", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def world(measured):
    return measured.of_the_world()


@pytest.mark.parametrize(
    ("part", "precision", "recall"), [("train", 0.97, 0.97), ("held_out", 0.77, 0.87)]
)
def test_labelled_letters_are_reviewed_as_labelled(measured, part, precision, recall):
    letters = measured.labelled(part)
    assert len(letters) >= 75
    found = measured.rates(measured.counted(letters)["all"])
    assert found[0] >= precision
    assert found[1] >= recall


def test_the_worlds_letters_are_reviewed_as_labelled(measured, world):
    assert len(world) == 240
    precision, recall = measured.rates(measured.counted(world)["all"])
    assert precision >= 0.97
    assert recall >= 0.97


def test_good_letters_of_the_world_are_left_alone(measured, world):
    good = [letter for letter in world if not letter[-1]]
    assert len(good) == 120
    assert sum(measured.counted(good)["all"].values()) == 0
