"""A ratio as its two parts, for one statement or a whole table.

A measure states what is divided by what. Called with a `Statement` it gives the quotient, or
raises `Undefined` if the divisor is zero, negative or not given; `statement_tables` divides the
same two parts for every row of a frame. That is why the parts use nothing but arithmetic.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from math import isnan

from creditlib.assessment.accounts import consecutive
from creditlib.errors import Undefined
from creditlib.i18n import text

Parts = tuple[float, float]


def measure(undefined: str) -> Callable[[Callable[..., Parts]], Callable[..., float]]:
    """Make a measure of a function that returns (numerator, denominator).

    `undefined` is the message for a denominator that is not positive, such as
    `statements.no_revenue`. The measure keeps both, as `.parts` and `.undefined`, for whoever
    computes it over a table.
    """
    subject = undefined.partition(".")[0]

    def decorate(parts: Callable[..., Parts]) -> Callable[..., float]:
        signature = inspect.signature(parts)

        @wraps(parts)
        def ratio(statement, previous=None, **options):
            if previous is not None:
                signature.bind(statement, previous)  # a TypeError where there is no previous year
                consecutive(previous, statement)
                options["previous"] = previous
            numerator, denominator = parts(statement, **options)
            if denominator > 0 and not isnan(numerator):
                return numerator / denominator
            given = not (isnan(numerator) or isnan(denominator))
            name = text(f"{subject}.label.{parts.__name__}")
            raise Undefined(
                undefined if given else "statements.not_given", measure=name, year=statement.year
            )

        ratio.parts = parts
        ratio.undefined = undefined
        ratio.__signature__ = signature.replace(return_annotation=float)
        return ratio

    return decorate


def options(of: Callable[..., float], previous: object, vat_rate: float) -> dict[str, object]:
    """Return those of the two optional arguments that a measure takes."""
    offered = {"previous": previous, "vat_rate": vat_rate}
    return {name: offered[name] for name in inspect.signature(of).parameters if name in offered}
