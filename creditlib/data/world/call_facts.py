"""A contact and the facts that are named when it is put into words."""

from dataclasses import dataclass
from datetime import date

from creditlib.data.world.overdue import Claim, day_of, working_day

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_REASONS = {
    "quality": ("质量", "quality"),
    "price": ("价格", "price"),
    "quantity": ("数量", "quantity"),
    "delivery": ("交货", "delivery"),
    "paperwork": ("单据", "paperwork"),
}

Pair = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Contact:
    """One contact and what came of it; money in cents, days as numbers, 0 for none."""

    claim: Claim
    caller: str
    manner: float  # how well the caller did, standard deviations
    kind: str
    result: str
    role: str
    channel: str
    dispute: tuple[int, str] | None
    promised: int
    promised_day: int
    kept: bool | None
    broken: "Contact | None"  # the contact before, if its promise was broken

    @property
    def span(self) -> tuple[int, int]:
        """The day of the contact and the last day that it is about."""
        return self.claim.day, max(self.claim.day, self.promised_day)

    @property
    def transcribable(self) -> bool:
        """Whether somebody was spoken to who could be asked for the payment or for the way."""
        at_desk = self.role == "front_desk"
        return self.result != "no_answer" and at_desk <= (self.result == "referred")


@dataclass(frozen=True)
class Scene:
    """A contact with what its transcript names; people in Chinese and English."""

    contact: Contact
    invoice: str  # the oldest past due
    disputed: str
    finance: Pair
    buyer: Pair
    owner: Pair


def spoken_facts(scene: Scene, language: int) -> dict[str, object]:
    """Return what the phrases of a scene name, by their placeholders; language 0 zh, 1 en."""
    contact, claim = scene.contact, scene.contact.claim
    today = day_of(claim.day)

    def spoken(number: int) -> str:
        return _spoken_day(day_of(number), today, language)

    followup = working_day(claim.day + (1 if contact.result == "referred" else 3))
    values: dict[str, object] = {
        "who": _addressed(scene, language),
        "finance": scene.finance[0][0] + "会计" if language == 0 else scene.finance[1],
        "caller": contact.caller,
        "invoice": scene.invoice,
        "disputed": scene.disputed,
        "due": spoken(claim.due[0]),
        "amount": f"{claim.total / 100:,.2f}",
        "count": claim.invoices.size,
        "days": claim.days,
        "promised": f"{contact.promised / 100:,.2f}",
        "date": spoken(contact.promised_day),
        "check": spoken(working_day(contact.promised_day + 1)),
        "followup": spoken(followup),
        "reason": _REASONS[contact.dispute[1]][language] if contact.dispute else "",
    }
    if contact.broken:
        values["old_date"] = spoken(contact.broken.promised_day)
        values["old_promised"] = f"{contact.broken.promised / 100:,.2f}"
    return values


def _addressed(scene: Scene, language: int) -> str:
    name, title = {
        "owner": (scene.owner, "总"),
        "purchasing": (scene.buyer, "经理"),
    }.get(scene.contact.role, (scene.finance, "会计"))
    return name[0][0] + title if language == 0 else name[1]


def _spoken_day(day: date, today: date, language: int) -> str:
    if language == 0:
        said = f"{day.month}月{day.day}日"
        return said if day.year == today.year else f"{day.year}年{said}"
    said = f"{day.day} {_MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"
