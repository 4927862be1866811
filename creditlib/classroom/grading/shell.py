"""The interpreter of the trainee's notebook: IPython, as a notebook has it, without a kernel.

No sockets, no history file, no threads: it is made once, before the process is copied.
"""

import ast
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any, Type
from traitlets.config import Config

from creditlib.classroom.grading.outputs import Outputs, Stream, bundle


class Publisher(DisplayPublisher):
    """Takes what `display` and the figures publish."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs):
        """Keep the forms that a notebook may hold."""
        self.shell.outputs.add(
            {"output_type": "display_data", "data": bundle(data), "metadata": {}}
        )

    def clear_output(self, wait=False):
        """Begin the cell's outputs again."""
        self.shell.outputs.clear()


class Result(DisplayHook):
    """Takes the value of a cell's last line."""

    def write_output_prompt(self):
        """Show no prompt: the output has its number."""

    def write_format_data(self, format_dict, md_dict=None):
        """Keep the forms that a notebook may hold."""
        self.shell.outputs.add(
            {
                "output_type": "execute_result",
                "data": bundle(format_dict),
                "metadata": {},
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self):
        """Print no line end."""


class NotebookShell(InteractiveShell):
    """An interpreter that collects outputs instead of printing them."""

    displayhook_class = Type(Result)
    display_pub_class = Type(Publisher)
    outputs = Any()

    def _showtraceback(self, etype, evalue, stb):
        self.outputs.add(
            {
                "output_type": "error",
                "ename": str(getattr(etype, "__name__", etype)),
                "evalue": str(evalue),
                "traceback": [str(line) for line in stb],
            }
        )

    @contextmanager
    def _tee(self, channel):
        # IPython would keep all that is printed a second time, without bounds.
        yield

    def ask_exit(self):
        """Go on: `exit` ends no notebook."""

    def enable_gui(self, gui=None):
        """Open no window."""

    def enable_matplotlib(self, gui=None):
        """Show figures in the notebook, whatever window `%matplotlib` asks for."""
        return super().enable_matplotlib("inline")

    def settle(self):
        """Begin in the working folder, where a notebook finds modules that it wrote itself."""
        sys.path.insert(0, "")
        self.user_ns["_dh"][:] = [Path.cwd()]
        if matplotlib := sys.modules.get("matplotlib"):
            # With pyplot imported before the notebook, asking for a window would be an error.
            matplotlib.use = partial(matplotlib.use, force=False)

    def system(self, command: str):
        """Run `!command` without a terminal and show what it prints."""
        done = subprocess.run(
            self.var_expand(command, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        print(done.stdout.decode(errors="replace"), end="")
        self.user_ns["_exit_code"] = done.returncode

    def transform_cell(self, raw_cell):
        """Return a cell as Python: lines such as `%matplotlib inline` are calls in it."""
        try:  # IPython looks at every word for what is its own; in valid Python nothing is
            ast.parse(raw_cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return super().transform_cell(raw_cell)
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    def run(self, source: str, number: int) -> list[dict]:
        """Run a cell as `In [number]` and return its outputs."""
        self.outputs.clear()
        self.execution_count = number
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = (Stream(self.outputs, name) for name in ("stdout", "stderr"))
        try:
            self.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = before
        return self.outputs.items


def make_shell() -> NotebookShell:
    """Return the interpreter of this process."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    shell = NotebookShell.instance(config=settings, outputs=Outputs())
    shell.show_rewritten_input = False
    shell.db = {}  # else `%cd` and `%bookmark` write into the home folder
    return shell
