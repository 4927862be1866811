"""Which of eight types a late payer is, and how each behaves when it is called."""

import numpy as np

from creditlib.data.world.dates import month_of
from creditlib.data.world.hidden import Hidden
from creditlib.data.world.overdue import Claim

TYPES = (
    "forgetful", "process_bound", "disputing", "cash_strapped", "strategic", "evasive", "failing",
    "refusing",
)  # fmt: skip

# What comes of a contact: chances by type.
RESULTS = {
    "forgetful": {"promise": 0.55, "partial_promise": 0.05, "no_commitment": 0.05,
                  "callback": 0.12, "no_answer": 0.15, "referred": 0.08},
    "process_bound": {"promise": 0.40, "partial_promise": 0.08, "no_commitment": 0.10,
                      "callback": 0.17, "no_answer": 0.10, "referred": 0.15},
    "disputing": {"dispute": 0.62, "partial_promise": 0.16, "callback": 0.10, "no_answer": 0.12},
    "cash_strapped": {"promise": 0.22, "partial_promise": 0.33, "no_commitment": 0.15,
                      "callback": 0.08, "no_answer": 0.17, "referred": 0.03, "refused": 0.02},
    "strategic": {"promise": 0.28, "partial_promise": 0.15, "no_commitment": 0.27,
                  "callback": 0.10, "no_answer": 0.08, "referred": 0.07, "refused": 0.05},
    "evasive": {"promise": 0.24, "partial_promise": 0.10, "no_commitment": 0.19,
                "callback": 0.12, "no_answer": 0.29, "referred": 0.06},
    "failing": {"promise": 0.05, "partial_promise": 0.24, "no_commitment": 0.25,
                "callback": 0.07, "no_answer": 0.30, "referred": 0.03, "refused": 0.06},
    "refusing": {"partial_promise": 0.06, "no_commitment": 0.22, "callback": 0.05,
                 "no_answer": 0.24, "referred": 0.03, "refused": 0.40},
}  # fmt: skip

# How readily a type promises what it will do, on the log-odds scale.
HONESTY = {
    "forgetful": 1.3, "process_bound": 1.2, "disputing": 0.8, "cash_strapped": 0.6,
    "strategic": 0.5, "evasive": -0.6, "failing": -1.0, "refusing": -0.8,
}  # fmt: skip


class Debtors:
    """Every customer's type by month; disputing is told from the ledger, not from here."""

    def __init__(self, random: np.random.Generator, hidden: Hidden):
        self._hidden = hidden
        self._own = random.gumbel(size=(hidden.size.size, len(TYPES)))
        self._felt = hidden.felt

    def kind(self, row: int, month: int) -> str:
        """Return the type of the customer in `row` in a month: what it leans to most."""
        felt, size = self._felt[row, month], self._hidden.size[row]
        habit, default = self._hidden.habit[row], self._hidden.default[row]
        near = default is not None and month_of(default) - month < 5
        leaning = np.array(
            [
                0.7 + 0.5 * felt - 0.3 * size,
                0.3 + 0.3 * felt + 0.7 * size,
                -np.inf,
                0.4 - 0.7 * felt,
                -0.1 + 0.2 * felt + 0.6 * size + 0.7 * habit,
                -0.1 - 0.5 * felt + 0.5 * habit,
                -2.2 - 0.9 * felt + 3.5 * near,
                -1.7 - 0.3 * felt + 0.3 * habit + 2.3 * near,
            ]
        )
        return TYPES[int(np.argmax(leaning + self._own[row]))]

    def felt(self, claim: Claim, month: int) -> float:
        """Return the credit quality of the customer behind a claim as others can feel it."""
        return float(self._felt[claim.row, month])

    def size(self, row: int) -> float:
        """Return the customer's log size in standard deviations."""
        return float(self._hidden.size[row])
