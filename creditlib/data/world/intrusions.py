"""What the access log hides: four intrusions, and an honest auditor who looks like a fifth."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from creditlib.data.world.team import LEAVER


@dataclass(frozen=True)
class Story:
    """Whose account, from when to when, from which address; blank: the person's own."""

    person_id: str
    begins: datetime
    ends: datetime
    address: str
    many: int  # documents touched; a day, where the story goes on for days


# Each is found by something else: the day of leaving, the hour, the failures before, the customers.
INTRUSIONS = {
    "leaver_account": Story(
        LEAVER, datetime(2025, 9, 16, 21, 12), datetime(2025, 9, 16, 21, 58), "172.20.31.77", 9
    ),
    "mass_export": Story(
        "S05", datetime(2025, 10, 19, 2, 30), datetime(2025, 10, 19, 2, 56), "172.20.8.15", 64
    ),
    "guessed_password": Story(
        "F02", datetime(2025, 11, 6, 22, 14), datetime(2025, 11, 6, 23, 5), "172.20.44.190", 18
    ),
    "slow_trickle": Story("S07", datetime(2025, 9, 1), datetime(2025, 9, 30, 23, 59), "", 3),
}
FAILED_LOGINS = 14
# The yearly audit: many files of many customers, in working hours, as it should be.
LOOK_ALIKE = Story("A01", datetime(2025, 12, 8), datetime(2025, 12, 19, 23, 59), "", 40)


def story_of(log: pd.DataFrame, master: pd.DataFrame) -> pd.Series:
    """Return for each row of the access log the name of its intrusion, or an empty text.

    `log` is access_log.csv, `master` the customer master: the truth to mark a detector by. The
    auditor is not in it.
    """
    at = pd.to_datetime(log["at"])
    seller = log["customer_id"].map(master.set_index("customer_id")["sales_rep"])
    found = pd.Series("", index=log.index, dtype=object)
    for name, story in INTRUSIONS.items():
        rows = (log["person_id"] == story.person_id) & at.between(story.begins, story.ends)
        if name == "slow_trickle":
            rows &= seller.notna() & (seller != story.person_id) & (log["outcome"] == "granted")
        found[rows] = name
    return found


def planted_rows(
    random: np.random.Generator, files: pd.DataFrame, workdays: np.ndarray
) -> pd.DataFrame:
    """Return the rows of the four stories and of the audit: at, person_id, document, action…

    `files` has the documents that may be touched, with `seller`; `document` is a row of it, −1
    for none. `workdays` are the working days of the log.
    """
    parts = [
        _burst(random, files, "leaver_account", "read"),
        _burst(random, files[files["seller"] != "S05"], "mass_export", "export"),
        _guessed(random, files),
        _daily(random, files[files["seller"] != "S07"], INTRUSIONS["slow_trickle"], workdays),
        _daily(random, files, LOOK_ALIKE, workdays),
    ]
    return pd.concat(parts, ignore_index=True)


def _burst(random, files: pd.DataFrame, name: str, action: str) -> pd.DataFrame:
    """A login and many documents in one go, each a few seconds or minutes after the last."""
    story = INTRUSIONS[name]
    documents = _documents(random, files, story.many)
    length = (story.ends - story.begins).total_seconds()
    moments = np.sort(random.random(story.many)) * (length - 40) + 35
    at = np.datetime64(story.begins, "s") + np.concatenate([[12], moments.astype(int)])
    return pd.DataFrame(
        {
            "at": at,
            "person_id": story.person_id,
            "document": np.concatenate([[-1], documents]),
            "action": ["login"] + [action] * story.many,
            "outcome": "granted",
            "address": story.address,
        }
    )


def _guessed(random, files: pd.DataFrame) -> pd.DataFrame:
    """Fourteen wrong passwords, then the right one."""
    story = INTRUSIONS["guessed_password"]
    tries = np.cumsum(20 + (95 * random.random(FAILED_LOGINS)).astype(int))
    begins = np.datetime64(story.begins, "s")
    failed = pd.DataFrame(
        {
            "at": begins + tries,
            "person_id": story.person_id,
            "document": -1,
            "action": "login_failed",
            "outcome": "denied",
            "address": story.address,
        }
    )
    entered = _burst(random, files, "guessed_password", "read")
    waited = np.arange(len(entered)) * 60 + tries[-1] + 45
    entered["at"] = begins + waited + (20 * random.random(len(entered))).astype(int)
    entered.loc[entered.index % 3 == 0, "action"] = "download"
    entered.loc[0, "action"] = "login"
    return pd.concat([failed, entered])


def _daily(random, files: pd.DataFrame, story: Story, workdays: np.ndarray) -> pd.DataFrame:
    """The same number of documents on every working day, at ordinary hours."""
    first, last = (np.datetime64(end, "D") for end in (story.begins, story.ends))
    days = np.repeat(workdays[(workdays >= first) & (workdays <= last)], story.many)
    seconds = 9 * 3600 + (8.5 * 3600 * random.random(days.size)).astype(int)
    return pd.DataFrame(
        {
            "at": days.astype("M8[s]") + seconds,
            "person_id": story.person_id,
            "document": _documents(random, files, days.size),
            "action": "read",
            "outcome": "granted",
            "address": story.address,
        }
    )


def _documents(random, files: pd.DataFrame, many: int) -> np.ndarray:
    """Documents at random, none that sales may not open."""
    open_ones = files.index[files["confidentiality"] != "strictly_confidential"].to_numpy()
    return open_ones[(random.random(many) * open_ones.size).astype(int)]
