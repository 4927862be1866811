"""creditlib's Scorecard beside optbinning's: seconds to fit and to score, and AUC, in one run.

    python tests/benchmarks/scorecard_vs_optbinning.py --rows 1000000

Both fit on the same 70 % of a seeded portfolio of ten number columns (missing values, effects
that rise, fall and turn) and score the same other 30 %, after a warm-up on few rows. A fit is
timed `--repeats` times, each followed by three scorings; the best counts.
The exit status is 1 if a claim fails: at least 5 times as fast at fitting and at scoring, and an
AUC within 0.005.
"""

import argparse
import sys
import time
import warnings

import numpy as np
import pandas as pd
from optbinning import BinningProcess
from optbinning import Scorecard as OptbinningScorecard
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from creditlib.assessment.scorecard import Scorecard

FASTER = 5.0
AUC_WITHIN = 0.005
COLUMNS = [f"x{number}" for number in range(10)]


def portfolio(rows: int, seed: int = 20260101) -> tuple[pd.DataFrame, np.ndarray]:
    """Ten columns: four monotone effects, three that turn, one informative gap, two of noise."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame({name: random.normal(size=rows) for name in COLUMNS})
    frame["x2"] = np.exp(frame["x2"])
    frame["x3"] = np.floor(10 * random.random(rows))
    log_odds = (
        -2.6
        + 0.6 * frame["x0"]
        - 0.5 * frame["x1"]
        + 0.25 * frame["x2"]
        - 0.08 * frame["x3"]
        + 0.35 * (frame["x4"] ** 2 - 1)
        - 0.30 * (frame["x5"] ** 2 - 1)
        + 0.40 * np.sin(2 * frame["x6"])
    )
    gap = random.random(rows) < 0.10
    bad = random.random(rows) < 1 / (1 + np.exp(-(log_odds + 0.8 * gap)))
    frame.loc[gap, "x7"] = np.nan
    for name in ("x0", "x4", "x8"):
        frame.loc[random.random(rows) < 0.05, name] = np.nan
    return frame, bad.astype(int)


def optbinning_scorecard() -> OptbinningScorecard:
    return OptbinningScorecard(
        BinningProcess(COLUMNS),
        LogisticRegression(),
        scaling_method="pdo_odds",
        scaling_method_params={"pdo": 20, "odds": 50, "scorecard_points": 600},
    )


def seconds(action) -> tuple[float, object]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def measured(make, fit, train, test, bad_of_test, repeats: int) -> dict[str, float]:
    """Best time to fit and to score, and the AUC of the scores on the test part."""
    fit(make(), *(part[:5_000] for part in train))
    fitting, scoring = [], []
    for _ in range(repeats):
        card = make()
        took, _ = seconds(lambda card=card: fit(card, *train))
        fitting.append(took)
        for _ in range(3):
            took, score = seconds(lambda card=card: card.score(test))
            scoring.append(took)
    auc = roc_auc_score(bad_of_test, -np.asarray(score))
    return {"fit": min(fitting), "score": min(scoring), "auc": auc}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=2)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # optbinning's own, about scikit-learn's newer names

    frame, bad = portfolio(options.rows)
    cut = int(0.7 * options.rows)
    train, test = (frame[:cut], bad[:cut]), frame[cut:]
    here = measured(Scorecard, Scorecard.fit, train, test, bad[cut:], options.repeats)
    there = measured(
        optbinning_scorecard,
        # The fairer choice: missing values weigh what they weighed in training, as they do here.
        lambda card, X, y: card.fit(X, y, metric_missing="empirical"),
        train,
        test,
        bad[cut:],
        options.repeats,
    )

    print(f"{cut:,} rows to fit, {options.rows - cut:,} to score, 10 columns, bad {bad.mean():.1%}")
    print(f"{'':12}{'creditlib':>12}{'optbinning':>12}{'ratio':>9}")
    ratios = {name: there[name] / here[name] for name in ("fit", "score")}
    for name, ratio in ratios.items():
        print(f"{name + ' (s)':12}{here[name]:12.3f}{there[name]:12.3f}{ratio:8.1f}x")
    print(f"{'AUC':12}{here['auc']:12.4f}{there['auc']:12.4f}{here['auc'] - there['auc']:+9.4f}")

    failed = [f"{name} only {ratio:.1f} x" for name, ratio in ratios.items() if ratio < FASTER]
    if abs(here["auc"] - there["auc"]) > AUC_WITHIN:
        failed.append(f"AUC further apart than {AUC_WITHIN}")
    print("claims hold" if not failed else "failed: " + "; ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
