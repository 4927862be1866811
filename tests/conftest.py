"""What every test may ask for: golden numbers, a language, a real browser."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from creditlib import i18n

settings.register_profile("course", settings.default, deadline=None)  # a slow machine is no fault
settings.load_profile("course")

ROOT = Path(__file__).parent.parent
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


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


@pytest.fixture(scope="module")  # no longer: its event loop would be open under other tests
def browser():
    """A real Chromium that asks for nothing by itself."""
    sync_api = pytest.importorskip("playwright.sync_api")
    installed = shutil.which("chromium")  # without one, playwright's own
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield chromium
        chromium.close()
