"""expert_reviews.csv: what three to five raters thought of 120 customers on 30 April 2024."""

from datetime import date

import numpy as np
import pandas as pd

from creditlib.data.world import planted
from creditlib.data.world.dates import month_of
from creditlib.data.world.evidence import DIMENSIONS, EVIDENCE, NOT_SCORED
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.industries import INDUSTRIES
from creditlib.data.world.outcomes import under_review
from creditlib.data.world.seed import pick, stream

AS_OF = date(2024, 4, 30)
REVIEWED = 120
RATERS = (  # id, role, leaning: sales see their customers in a rosy light
    ("P01", "industry_expert", 0.05),
    ("P02", "industry_expert", -0.10),
    ("P03", "risk_control", -0.25),
    ("P04", "risk_control", -0.05),
    ("P05", "sales", 0.65),
    ("P06", "finance", -0.10),
)
HOW_MANY = (0.25, 0.45, 0.30)  # three to five raters
NOISE = 0.5
NOT_SCORED_SHARE = 0.03


def expert_reviews(seed: int, hidden: Hidden) -> pd.DataFrame:
    """Return the reviews, one row per customer, rater and dimension."""
    random = stream(seed, "reviews")
    rows = _chosen(random, hidden)
    truth = _truth(random, hidden)
    found = []
    for row, how_many in zip(rows, 3 + pick(random.random(len(rows)), HOW_MANY), strict=True):
        present = np.sort(np.argsort(random.random(len(RATERS)))[:how_many])
        for rater in present:
            found.extend(_opinions(random, row, truth[:, row], *RATERS[rater]))
    columns = ("customer_id", "as_of", "rater_id", "rater_role", "dimension", "score",
               "evidence_zh", "evidence_en")  # fmt: skip
    return pd.DataFrame(found, columns=columns).astype({"score": "Int64"})


def _chosen(random, hidden: Hidden) -> list[int]:
    """The planted stories and, for the rest, customers drawn from those under review."""
    told = (planted.FAILING, planted.SHAM_CASH, *planted.SHAM_SALES, *planted.GROUP)
    always = {planted.position(customer) for customer in told}
    order = random.random(hidden.size.size)
    others = sorted(set(under_review(hidden, AS_OF)) - always, key=lambda row: order[row])
    return sorted([*always, *others[: REVIEWED - len(always)]])


def _truth(random, hidden: Hidden) -> np.ndarray:
    """What a perfect rater would say, dimensions × customers, on the scale of 1 to 5."""
    quality = hidden.felt[:, month_of(AS_OF)]
    outlook = np.array([item.outlook for item in INDUSTRIES])[hidden.industry]
    own = 0.35 * random.standard_normal((len(DIMENSIONS), quality.size))
    return own + np.array(
        [
            2.9 + 0.50 * hidden.size + 0.45 * quality,
            2.9 + 0.80 * quality,
            3.1 + 2.60 * outlook + 0.20 * quality,
            3.0 + 0.70 * hidden.management + 0.15 * quality,
        ]
    )


def _opinions(random, row: int, truth: np.ndarray, rater: str, role: str, leaning: float):
    for dimension, true_score in zip(DIMENSIONS, truth, strict=True):
        noise = NOISE * random.standard_normal()
        silent, phrase = random.random(2)
        score = int(np.clip(np.round(true_score + leaning + noise), 1, 5))
        zh, en = EVIDENCE[dimension][score][int(phrase * 2)]
        if silent < NOT_SCORED_SHARE:
            score, (zh, en) = None, NOT_SCORED
        yield f"C{row + 1:04d}", AS_OF, rater, role, dimension, score, zh, en
