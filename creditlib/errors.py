"""What goes wrong, said in one sentence that the user can act on."""

from creditlib.i18n import text


class CreditError(Exception):
    """A failure that the user can mend.

    It keeps the key and the values of its message, so that the sentence is in the language in
    use when it is read, and shows itself in a notebook without a traceback.
    """

    def __init__(self, key: str, /, **values: object):
        super().__init__(key)
        self.key = key
        self.values = values

    @property
    def reason(self) -> str:
        """The short code of what happened, the last part of the message's key."""
        return self.key.rpartition(".")[2]

    def __str__(self) -> str:
        return text(self.key, **self.values)

    def __reduce__(self):
        return (_rebuild, (type(self), self.key, self.values))

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class Undefined(CreditError, ArithmeticError):
    """A measure that has no value for this input; `.reason` says why in one word.

    >>> str(Undefined("errors.zero_denominator", measure="DSO", denominator="sales"))[:3]
    'DSO'
    """


class InputError(CreditError, ValueError):
    """Data that cannot be used: where it stands, what is wrong, what to do."""

    def __init__(
        self,
        key: str,
        /,
        *,
        file: object = None,
        row: object = None,
        column: object = None,
        **values: object,
    ):
        super().__init__(key, **values)
        self.file = file
        self.row = row
        self.column = column

    def __str__(self) -> str:
        place = {"file": self.file, "row": self.row, "column": self.column}
        parts = [
            text(f"errors.where.{name}", **{name: value})
            for name, value in place.items()
            if value is not None
        ]
        message = text(
            self.key, **{"file": self.file, "row": self.row, "column": self.column} | self.values
        )
        if not parts:
            return message
        return text("errors.where.joint").join(parts) + text("errors.where.then") + message

    def __reduce__(self):
        place = {"file": self.file, "row": self.row, "column": self.column}
        return (_rebuild, (type(self), self.key, place | self.values))


class MissingPackage(CreditError, ImportError):
    """A package that a command needs and that is not installed: says what to install."""

    def __init__(self, package: str, extra: str):
        super().__init__("errors.missing_package", package=package, extra=extra)

    def __reduce__(self):
        return (type(self), (self.values["package"], self.values["extra"]))


def _rebuild(kind: type, key: str, values: dict) -> CreditError:
    return kind(key, **values)
