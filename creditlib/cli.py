"""The `creditlib` command. It parses and prints; the work is done elsewhere, imported on demand."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from creditlib.errors import CreditError
from creditlib.i18n import LANGUAGES, checked_language, chosen_language, text, use_language

# command path → (function that does it, arguments). A function takes the arguments by name and
# returns False if a check failed; what it has to say, it prints. An argument's help is the message
# `cli.option.<name>`, or the one that its settings name.
_CLASS = (("folder",),)
_ASSIGNMENT = (("folder",), ("assignment",))
COMMANDS = {
    "book": ("creditlib.classroom.book:build", (("--out", {"default": "_build"}),)),
    "lab": ("creditlib.classroom.lab:open_lab", ()),
    "data build": (
        "creditlib.data.world.build:build",
        (
            ("--out", {"default": "datasets"}),
            ("--seed", {"type": int, "default": None}),
            ("--customers", {"type": int, "default": None}),
        ),
    ),
    "data check": ("creditlib.data.world.build:check", ()),
    "ledger": (
        "creditlib.data.ledger_summary:summary",
        (
            ("file", {"help": "cli.ledger_option.file"}),
            ("--out", {"help": "cli.ledger_option.out"}),
            ("--as-of", {"help": "cli.ledger_option.as_of"}),
            ("--sheet", {"help": "cli.ledger_option.sheet"}),
            (
                "--map",
                {
                    "dest": "mapping",
                    "nargs": "+",
                    "action": "extend",
                    "default": [],
                    "metavar": "HEADING=MEANING",
                    "help": "cli.ledger_option.map",
                },
            ),
        ),
    ),
    "editions check": ("creditlib.classroom.editions:check", ()),
    "editions confirm": ("creditlib.classroom.editions:confirm", (("pages", {"nargs": "+"}),)),
    "class new": ("creditlib.classroom.course:new", _CLASS),
    "class release": ("creditlib.classroom.course:release", _ASSIGNMENT),
    "class collect": ("creditlib.classroom.course:collect", (*_ASSIGNMENT, ("returned",))),
    "class grade": (
        "creditlib.classroom.course:grade",
        (
            *_ASSIGNMENT,
            ("--workers", {"metavar": "N"}),
            ("--dask", {"metavar": "ADDRESS"}),
            ("--unsandboxed", {"action": "store_true"}),
        ),
    ),
    "class feedback": ("creditlib.classroom.course:feedback", _ASSIGNMENT),
    "class report": ("creditlib.classroom.report:report", _ASSIGNMENT),
    "class demo": (
        "creditlib.classroom.demo:demo",
        (("folder",), ("--trainees", {"type": int, "default": 12})),
    ),
}
# These make something in one language, so `lang` is theirs too; None means both, or the one in use.
MAKES_AN_EDITION = {"book", "lab", "class new", "class demo"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (0 done, 1 a check or the user's data failed)."""
    argv = sys.argv[1:] if argv is None else list(argv)
    try:
        _choose_language(argv)
        options = vars(_parser().parse_args(argv))
        if options.pop("_command") not in MAKES_AN_EDITION:
            del options["lang"]
        if "folder" in options and not chosen_language():
            _speak_as_the_class(options["folder"])
        done = _function(options.pop("_does"))(**options)
        sys.stdout.flush()
    except CreditError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(text("cli.interrupted"), file=sys.stderr)
        return 130
    except BrokenPipeError:  # as in `creditlib … | head`: the reader has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 1 if done is False else 0


def _choose_language(argv: Sequence[str]) -> None:
    # Before parsing, so that --help and errors of use are in that language too.
    for word, following in zip(argv, [*argv[1:], ""], strict=True):
        if word == "--lang" or word.startswith("--lang="):
            use_language(checked_language(word.partition("=")[2] or following))


def _function(path: str) -> Callable:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _speak_as_the_class(folder: str) -> None:
    with suppress(CreditError, OSError, ValueError):  # the command itself says what is wrong
        use_language(_function("creditlib.classroom.cohort:cohort_at")(folder).lang)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="creditlib", description=text("cli.creditlib"))
    lang = {"choices": LANGUAGES, "help": text("cli.option.lang")}
    parser.add_argument("--lang", default=None, **lang)
    rooms = {(): parser.add_subparsers(required=True, metavar=text("cli.command"))}
    for path, (does, arguments) in COMMANDS.items():
        *room, _ = words = tuple(path.split())
        if room and tuple(room) not in rooms:
            words_of_room = rooms[()].add_parser(room[0], help=text(f"cli.{room[0]}.about"))
            rooms[tuple(room)] = words_of_room.add_subparsers(
                required=True, metavar=text("cli.command")
            )
        key = "cli." + ".".join(words)
        about = text(key)
        command = rooms[tuple(room)].add_parser(words[-1], help=about, description=about)
        command.set_defaults(_command=path, _does=does)
        # Left out here, the one before the command stays.
        command.add_argument("--lang", default=argparse.SUPPRESS, **lang)
        for name, *settings in arguments:
            settings = {"help": f"cli.option.{name.lstrip('-')}"} | (
                settings[0] if settings else {}
            )
            command.add_argument(name, **settings | {"help": text(settings["help"])})
    return parser
