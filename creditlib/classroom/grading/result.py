"""What grading says of one submission."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """Marks, messages and the executed notebook of a submission.

    `scores` and `maximum`: points per graded cell; `messages`: what each test says, empty where
    it passed; `waiting`: answered cells that an instructor marks (an untouched one has a score of
    0); `findings`: keys of messages with their values; `problem`: why nothing could be graded,
    or None; `level`: the sandbox that held; `seconds`: how long it took.
    """

    scores: dict[str, float]
    maximum: dict[str, float]
    messages: dict[str, str]
    waiting: list[str]
    notebook: dict
    findings: list[tuple[str, dict]]
    problem: tuple[str, dict] | None
    level: str
    seconds: float

    @classmethod
    def not_graded(
        cls,
        maximum: dict[str, float],
        problem: tuple[str, dict],
        level: str = "",
        seconds: float = 0.0,
    ) -> "Result":
        """Return the result of a submission of which nothing could be graded."""
        return cls({}, maximum, {}, [], {}, [], problem, level, seconds)

    def to_bytes(self) -> bytes:
        """Return the result as JSON."""
        return json.dumps(asdict(self), ensure_ascii=True).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Result":
        """Return the result that `to_bytes` wrote."""
        read = json.loads(data)
        read["findings"] = [(key, values) for key, values in read["findings"]]
        read["problem"] = tuple(read["problem"]) if read["problem"] else None
        return cls(**read)
