"""JupyterLab with the course's pages opening as notebooks."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from creditlib.classroom.console import command_line
from creditlib.classroom.pages import ROOT, needs_course
from creditlib.errors import MissingPackage
from creditlib.i18n import language, text

# A page is a Markdown file; JupyterLab would show its text unless told that it is a notebook.
OPENS_AS_NOTEBOOK = {
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {"markdown": "Jupytext Notebook", "myst": "Jupytext Notebook"}
    }
}


def open_lab(lang: str | None = None) -> bool:
    """Open JupyterLab at the first page of an edition, and wait until it ends."""
    for package in ("jupyterlab", "jupytext"):
        if find_spec(package) is None:
            raise MissingPackage(package, "classroom")
    command, environment = lab_command(ROOT, lang or language())
    print(text("book.lab"))
    if is_root():
        print(text("book.lab_as_root"))
    return subprocess.call(command, cwd=ROOT, env=environment) == 0


def jupyterlab() -> list[str]:
    """Return the command that starts JupyterLab, which refuses root, as containers have it."""
    return [sys.executable, "-m", "jupyterlab", *(["--allow-root"] if is_root() else [])]


def opened(folder: Path) -> str:
    """Return the command that opens a class in JupyterLab, for formgrader."""
    return f"{command_line('cd', folder)} && {command_line(*jupyterlab())}"


def is_root() -> bool:
    """Say whether the user may do anything on this machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def lab_command(
    root: Path, lang: str, options: Sequence[str] = ()
) -> tuple[list[str], dict[str, str]]:
    """Write the settings into `_build/lab`; return the command and environment of JupyterLab.

    The user's own Jupyter settings stay as they are.
    """
    needs_course(root)
    settings = root / "_build" / "lab"
    overrides = settings / "labconfig" / "default_setting_overrides.json"
    overrides.parent.mkdir(parents=True, exist_ok=True)
    overrides.write_text(json.dumps(OPENS_AS_NOTEBOOK), encoding="utf-8")
    command = [*jupyterlab(), f"--ServerApp.root_dir={root}"]
    command.append(f"--LabApp.default_url=/lab/tree/course/{lang}/index.md")
    path = os.pathsep.join(filter(None, [str(settings), os.environ.get("JUPYTER_CONFIG_PATH")]))
    environment = os.environ | {"JUPYTER_CONFIG_PATH": path, "CREDITLIB_LANG": lang}
    return [*command, *options], environment
