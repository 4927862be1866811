"""A telephone and a JupyterLab, for the tests that see what a trainee sees."""

import json
import os
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture(scope="module")
def telephone(browser):
    """An empty page, 360 pixels wide."""
    return browser.new_page(viewport={"width": 360, "height": 800})


@pytest.fixture
def lab(tmp_path):
    """A JupyterLab of its own in a folder of its own; gives its address."""
    folders = {
        name: str(tmp_path / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    settings = ["--ServerApp.token=", "--ServerApp.password=", "--ServerApp.open_browser=False"]
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--port=0", *settings]
    environment = os.environ | folders | {"PYTHONWARNINGS": "ignore"}
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(
            command, cwd=tmp_path, stdout=log, stderr=subprocess.STDOUT, env=environment
        ) as server,
    ):
        try:
            yield _address(tmp_path, server)
        finally:
            server.terminate()


def _address(folder, server):
    for _ in range(120):
        assert server.poll() is None, (folder / "log").read_text()
        for file in (folder / "jupyter_runtime_dir").glob("jpserver-*.json"):
            url = json.loads(file.read_text())["url"]
            try:
                urllib.request.urlopen(url + "api").close()
            except OSError:
                continue
            return url
        time.sleep(0.5)
    raise AssertionError((folder / "log").read_text())
