"""What the terms desk shows: what longer terms, a discount and a default cost, and what is left."""

from creditlib.basics.terms import (
    break_even_sales,
    carrying_cost,
    credit_period_cost,
    discount_cost,
    marginal_credit,
)
from creditlib.errors import CreditError, Undefined
from creditlib.i18n import text
from creditlib.widgets.look import money, notice, steps, table, words

KEY = "widgets.terms_desk."


def terms_evidence(
    order: float,
    orders: float,
    margin: float,
    days_now: float,
    days_asked: float,
    annual_rate: float,
    pd: float,
    discount: float,
    discount_days: float,
) -> str:
    """Return what one order on `days_asked` days brings and costs, as HTML.

    `order` in RMB without VAT, `orders` of them a year; `margin` is the contribution margin, `pd`
    the probability that the order is never paid; `discount` for payment within `discount_days`.
    """
    credit = marginal_credit(order, margin, pd, days_asked, annual_rate)
    return (
        _verdict(credit, days_asked, pd)
        + _where_it_goes(credit)
        + _longer_terms(order, orders, margin, days_now, days_asked, annual_rate)
        + _loss(order, margin)
        + _discount(order, days_asked, annual_rate, discount, discount_days)
    )


def _verdict(credit, days, pd) -> str:
    outcome = "give" if credit.accept else "refuse"
    sentence = text(f"{KEY}{outcome}", days=days, net=money(abs(credit.net)))
    highest = credit.break_even_probability
    if highest is None:
        sentence += text(f"{KEY}never", carrying=money(credit.carrying))
    else:
        sentence += text(f"{KEY}break_even_pd", highest=highest, pd=pd)
    return notice(sentence, "good" if credit.accept else "bad")


def _where_it_goes(credit) -> str:
    rows = [
        ("expected_gain", credit.expected_gain),
        ("expected_loss", -credit.expected_loss),
        ("carrying", -credit.carrying),
    ]
    changes = [(text(f"{KEY}{name}"), change, _signed(change)) for name, change in rows]
    drawing = steps(changes, (text(f"{KEY}left"), _signed(credit.net)))
    return f"<h5>{words(text(KEY + 'where'))}</h5>{drawing}"


def _longer_terms(order, orders, margin, days_now, days_asked, annual_rate) -> str:
    # What is tied up is the cost of the goods: the margin was never spent.
    cost, yearly = 1 - margin, order * orders
    now, asked = (carrying_cost(order * cost, days, annual_rate) for days in (days_now, days_asked))
    extra = credit_period_cost(yearly, days_now, days_asked, annual_rate, cost_share=cost)
    columns = ["", *(text(f"{KEY}days", days=days) for days in (days_now, days_asked))]
    columns.append(text(f"{KEY}change"))
    rows = [
        (text(f"{KEY}one_order"), _whole(now), _whole(asked), _signed(asked - now)),
        (
            text(f"{KEY}one_year", orders=orders),
            _whole(now * orders),
            _whole(asked * orders),
            _signed(extra),
        ),
    ]
    heading = f"<h5>{words(text(KEY + 'carrying_title'))}</h5>"
    return heading + table(columns, rows) + notice(_needed(extra, margin), "quiet")


def _needed(extra: float, margin: float) -> str:
    if extra <= 0:
        return text(f"{KEY}no_extra")
    try:
        sales = break_even_sales(extra, margin)
    except Undefined:
        return text(f"{KEY}extra_only", extra=money(extra))
    return text(f"{KEY}extra", extra=money(extra), sales=money(sales))


def _loss(order: float, margin: float) -> str:
    try:
        sales = break_even_sales(order, margin)
    except Undefined as undefined:
        return notice(str(undefined), "bad")
    sentence = text(f"{KEY}loss", order=money(order), sales=money(sales), times=sales / order)
    return notice(sentence, "quiet")


def _discount(order, days, annual_rate, discount, discount_days) -> str:
    heading = f"<h5>{words(text(KEY + 'discount_title'))}</h5>"
    if discount == 0:
        return heading + notice(text(f"{KEY}no_discount"), "quiet")
    try:
        cost = discount_cost(discount, discount_days, days)
    except CreditError as reason:  # the discount ends on the due day, or after it
        return heading + notice(str(reason), "bad")
    given = order * discount
    saved = carrying_cost(order - given, days - discount_days, annual_rate)
    rows = [
        (text(f"{KEY}simple"), f"{cost.simple:,.1%}"),
        (text(f"{KEY}effective"), f"{cost.effective:,.1%}"),
        (text(f"{KEY}capital"), f"{annual_rate:.1%}"),
        (text(f"{KEY}given"), _whole(given)),
        (text(f"{KEY}saved", days=days - discount_days), _whole(saved)),
    ]
    terms = text(f"{KEY}discount_terms", discount=discount, within=discount_days, days=days)
    gains = "company" if saved > given else "customer"
    sentence = text(f"{KEY}gains_{gains}", simple=cost.simple, rate=annual_rate)
    body = table([terms, ""], rows)
    return heading + body + notice(sentence, "good" if gains == "company" else "bad")


def _whole(amount: float) -> str:
    return f"{amount:,.0f}"


def _signed(amount: float) -> str:
    """Return an amount with its sign; what rounds to nothing has none."""
    rounded = round(amount)
    return f"{rounded:+,}".replace("-", "−") if rounded else "0"
