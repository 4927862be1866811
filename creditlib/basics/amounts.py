"""Numbers given to the measures of chapter 1, checked before anything is computed from them."""

import math
from numbers import Real

from creditlib.errors import InputError


def check_numbers(**values: object) -> None:
    """Refuse the first of the named values that is not a finite number.

    >>> check_numbers(receivables=500_000, days=90)
    """
    for name, value in values.items():
        number = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
        if not number:
            raise InputError("errors.not_a_number", column=name, value=value)


def check_amounts(**values: object) -> None:
    """Refuse the first of the named values that is not a number of zero or more.

    >>> check_amounts(receivables=500_000, days=90)
    """
    check_numbers(**values)
    for name, value in values.items():
        if value < 0:
            raise InputError("errors.negative", column=name, value=value)


def check_positive(**values: object) -> None:
    """Refuse the first of the named values that is not a number above zero.

    >>> check_positive(days=90)
    """
    check_numbers(**values)
    for name, value in values.items():
        if value <= 0:
            raise InputError("basics.not_positive", column=name, value=value)


def check_shares(**values: object) -> None:
    """Refuse the first of the named values that is not a decimal from 0 to 1.

    >>> check_shares(default_probability=0.03)
    """
    check_numbers(**values)
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise InputError("basics.not_a_share", column=name, value=value)


def check_margin(margin: object) -> None:
    """Refuse a margin outside −1 to 1: 20 % is 0.2, and −0.1 is a sale below cost.

    >>> check_margin(0.2)
    """
    check_numbers(margin=margin)
    if not -1 <= margin <= 1:
        raise InputError("basics.not_a_margin", column="margin", value=margin)
