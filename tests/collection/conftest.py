"""What several tests of letters need."""

import importlib

import pytest


@pytest.fixture(scope="session")
def benchmark_script(root):
    """`benchmark_script(name)` is a script of `tests/benchmarks` as a module."""

    def load(name):
        with pytest.MonkeyPatch.context() as patch:
            patch.syspath_prepend(root / "tests/benchmarks")
            return importlib.import_module(name)

    return load
