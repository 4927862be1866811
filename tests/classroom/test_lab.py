"""The lab opens the course's pages as notebooks."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from creditlib.classroom import lab
from creditlib.i18n import text

TOKEN = "for-this-test-only"


@pytest.fixture(scope="module")
def lab_address(root):
    """A running JupyterLab, as `creditlib lab` starts it but without a browser."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    options += ["--ServerApp.port_retries=0"]
    command, environment = lab.lab_command(root, "zh", options)
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=30)


def ask(address: str, path: str) -> dict:
    request = urllib.request.Request(
        f"{address}/{path}", headers={"Authorization": f"token {TOKEN}"}
    )
    for _ in range(120):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(path)


def test_a_page_is_a_notebook_with_cells_that_run(lab_address):
    page = ask(lab_address, "api/contents/course/zh/assessment/statements.md?type=notebook")
    assert page["type"] == "notebook"
    cells = page["content"]["cells"]
    assert "code" in {cell["cell_type"] for cell in cells}
    assert page["content"]["metadata"]["kernelspec"]["name"] == "python3"
    assert "python3" in ask(lab_address, "api/kernelspecs")["kernelspecs"]


def test_a_double_click_opens_a_page_as_a_notebook(lab_address):
    settings = ask(lab_address, "lab/api/settings/@jupyterlab/docmanager-extension:plugin")
    viewers = settings["schema"]["properties"]["defaultViewers"]["default"]
    assert viewers["markdown"] == "Jupytext Notebook"


@pytest.mark.parametrize("user", [0, 1000], ids=["root", "an ordinary user"])
def test_only_root_is_warned_and_let_in_by_jupyterlab(user, root, lang, monkeypatch, capsys):
    started = []
    monkeypatch.setattr(lab.os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(lab.subprocess, "call", lambda command, **_: started.append(command))
    lab.open_lab(lang)
    assert ("--allow-root" in started[0]) == (user == 0)
    assert (text("book.lab_as_root") in capsys.readouterr().out) == (user == 0)
