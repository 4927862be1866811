"""What every test may ask for: golden numbers and a language."""

import json
from pathlib import Path

import pytest

from creditlib import i18n

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def golden():
    """`golden("altman_demo")` is that case: inputs, expected, abs_tol."""
    cases = {case["id"]: case for case in json.loads((ROOT / "tests/golden.json").read_text())}
    return cases.__getitem__


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(params=i18n.LANGUAGES)
def lang(request, monkeypatch) -> str:
    """Run the test once in each language."""
    monkeypatch.setattr(i18n, "_chosen", request.param)
    return request.param


@pytest.fixture
def in_english(monkeypatch) -> None:
    monkeypatch.setattr(i18n, "_chosen", "en")
