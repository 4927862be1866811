"""Widgets and quizzes: controls declared as data, one pure function that draws.

`show(widget)` and `quiz(path)` are what pages call; the widgets themselves stand in one module per
chapter, for instance `creditlib.widgets.assessment`.
"""

import importlib

_HOMES = {"Control": "frame", "Widget": "frame", "show": "jupyter", "quiz": "quizzes"}
__all__ = ["Control", "Widget", "quiz", "show"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
