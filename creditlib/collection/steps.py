"""One step of a legal reckoning: what was done, in words, and the article that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from creditlib.i18n import text

_STOPS = "。."  # the article stands before the full stop


@dataclass(frozen=True)
class Step:
    """A sentence with its article; both are read in the language in use when they are shown.

    `key` names the sentence, `law` the entry of `locale/law.toml`, empty where no article is meant
    (a convention, an inference).

    >>> str(Step("law.notice")) == text("law.notice")
    True
    """

    key: str
    law: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The last part of the key, by which code can tell what was said."""
        return self.key.rpartition(".")[2]

    @property
    def article(self) -> str:
        """The article in words; empty if there is none."""
        return text(f"law.article.{self.law}") if self.law else ""

    def __str__(self) -> str:
        said = text(self.key, **self.values).rstrip(_STOPS)
        if not self.law:
            return text("law.plain", said=said)
        return text("law.with_article", said=said, article=self.article)


def step(key: str, law: str = "", /, **values: object) -> Step:
    """Return a step; the values are the fields of its sentence."""
    return Step(key, law, values)


def cents(amount: Decimal | Fraction | int) -> Decimal:
    """Return an exact amount rounded half-up to two decimals: once, at the end.

    >>> cents(Fraction(1, 200)), cents(Decimal("2.675"))
    (Decimal('0.01'), Decimal('2.68'))
    """
    hundredths = abs(Fraction(amount)) * 100 + Fraction(1, 2)
    whole = Decimal(hundredths.numerator // hundredths.denominator)
    return (whole if amount >= 0 else -whole).scaleb(-2)


def percent(share: Decimal) -> str:
    """Return a share as a percentage without needless zeros.

    >>> percent(Decimal("0.05175")), percent(Decimal("0.0005"))
    ('5.175%', '0.05%')
    """
    places = (share * 100).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return f"{places.normalize():f}%"
