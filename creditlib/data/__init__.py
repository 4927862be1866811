"""The course's data: loaders, and the generator of the fictional company's world."""

__all__ = ["load"]


def __getattr__(name: str):
    if name == "load":  # pandas is only needed by those who load
        from creditlib.data.loaders import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
