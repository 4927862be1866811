"""The trainee's process: runs the cells of the notebook, and answers for what they made.

It never sees a test. When a test is due, a copy of the process is made that answers the checker
(values by name, calls of functions); what happens to the copy, this process does not notice.
A function sees what it is called with, and may leave that in its scratch folder for cells that run
after it; what a test expects never comes here.
"""

import os
import random
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

from creditlib.classroom.grading import codec, wire
from creditlib.classroom.grading.clock import limited
from creditlib.classroom.grading.outputs import error_output
from creditlib.classroom.grading.shell import NotebookShell, make_shell

prepare = make_shell
MOST_FUNCTIONS = 10_000


def main(engine: socket.socket, shell: NotebookShell) -> None:
    """Do what the engine asks, until it hangs up; every reply has the number of its question."""
    own = os.getpid()
    shell.settle()
    while True:
        try:
            asked, sockets = wire.receive_with_sockets(engine)
        except EOFError:
            return
        if asked["do"] == "run":
            outputs = _run(shell, asked)
            if os.getpid() != own:  # the cell made a copy of the process and this is it
                return
            reply = {"outputs": outputs}
        else:
            reply = {"served": _serve_in_a_copy(engine, sockets, shell.user_ns, asked["seconds"])}
        wire.send(engine, reply | {"number": asked["number"]})


def _run(shell: NotebookShell, asked: dict) -> list[dict]:
    try:
        with limited(asked["seconds"]):
            return shell.run(asked["source"], asked["count"])
    except BaseException as error:  # raised where IPython does not look
        return [*shell.outputs.items, error_output(type(error).__name__, str(error))]


def _serve_in_a_copy(engine, sockets, names: Mapping, seconds: float) -> bool:
    at_random = random.getstate()  # Python begins anew in a copy, a notebook does not
    copy = os.fork()
    if copy == 0:
        random.setstate(at_random)
        engine.close()
        with suppress(Exception):
            answer(sockets[0], names, seconds)
        os._exit(0)
    for one in sockets:
        one.close()
    wire.receive(engine)  # the checker has what it wants
    os.kill(copy, signal.SIGKILL)
    os.waitpid(copy, 0)
    return True


def answer(checker: socket.socket, names: Mapping[str, object], seconds: float) -> None:
    """Answer the checker until it hangs up; a call may take `seconds`.

    `{"get": name}` gives a value, `{"call": number, "args": …, "kwargs": …}` the result of a
    function that was given before; either may instead be an error, or too large.
    """
    functions: list[Callable] = []

    def refer(function: Callable) -> int:
        if len(functions) >= MOST_FUNCTIONS:
            raise wire.TooLarge("functions")
        functions.append(function)
        return len(functions) - 1

    sys.stdin = sys.stdout = sys.stderr = open(os.devnull, "r+")  # noqa: SIM115
    while True:
        try:
            asked = wire.receive(checker)
        except EOFError:
            return
        reply = _reply(asked, names, functions, refer, seconds)
        try:
            wire.send(checker, reply)
        except wire.TooLarge:
            wire.send(checker, {"too_large": True})


def _reply(asked, names, functions, refer, seconds) -> dict:
    try:
        with limited(seconds):
            if "get" in asked:
                if asked["get"] not in names:
                    return {"missing": True}
                return {"value": codec.encode(names[asked["get"]], refer)}
            inputs = codec.decode(asked["args"])
            named = {name: codec.decode(one) for name, one in asked["kwargs"].items()}
            result = functions[asked["call"]](*inputs, **named)
            return {"value": codec.encode(result, refer)}
    except wire.TooLarge:
        return {"too_large": True}
    except BaseException as error:
        return {"error": codec.encode_error(error)}
