"""Chapter 2's widgets show what the domain functions say."""

import pytest

from creditlib.assessment.limit import credit_limit
from creditlib.assessment.pairwise import ahp
from creditlib.assessment.scorecard import information_value, points_scale, weight_of_evidence
from creditlib.errors import InputError
from creditlib.widgets import evidence
from creditlib.widgets.assessment import ahp_board, limit_desk, scorecard_explorer
from creditlib.widgets.frame import drawn
from tests.widgets.reading import render

WIDGETS = [scorecard_explorer, ahp_board, limit_desk]


@pytest.mark.parametrize("make", WIDGETS)
def test_a_control_that_moves_changes_what_is_shown(make, lang):
    widget = make()
    opening = widget.render(**widget.opening())
    for control in widget.controls:
        if control.kind in ("toggle", "choice"):
            continue
        end = control.high if control.start != control.high else control.low
        moved = {control.name: end}
        if control.name in ("lgd", "pd", "reference", "delay_days", "terms_days"):
            moved |= {"net_worth": 50e6, "reference": 10e6, "risk_budget": 2e5}
        assert widget.render(**widget.opening() | moved) != opening, control.name


def test_the_explorer_shows_the_evidence_of_its_bins(in_english):
    """Deciles of four groups of 100: the cuts at 25, 50 and 75 % fall on the given bounds."""
    goods, bads = [95, 90, 80, 60], [5, 10, 20, 40]
    fine = {"days late": {"cuts": [0, 15, 45], "goods": goods, "bads": bads}}
    shown = render(scorecard_explorer(fine), cut_1=0.25, cut_2=0.5, cut_3=0.75)
    assert f"Information value {information_value(goods, bads):.3f}" in shown
    for woe in weight_of_evidence(goods, bads):
        assert f"{woe:+.2f}".replace("-", "−") in shown
    assert f" {points_scale(20, 50, 600).score(95 / 5):.0f} " in shown
    assert all(label in shown for label in ("≤ 0", "0 – 15", "15 – 45", "> 45"))


def test_cuts_in_one_place_make_one_bin(in_english):
    shown = render(scorecard_explorer(), cut_1=0.5, cut_2=0.5, cut_3=0.5)
    assert "≤ 11" in shown
    assert "–" not in shown


def test_the_explorer_names_what_is_wrong_with_the_bins(in_english):
    widget = scorecard_explorer()
    assert "fewer than 30" in render(widget, cut_1=0.1)
    assert "neither rises nor falls" in render(widget, characteristic="current ratio", cut_3=0.95)
    assert "ready for the model" in render(widget)
    uneven = {"size": {"cuts": [1, 2], "goods": [3, 500, 500], "bads": [1, 40, 80]}}
    assert "under 5%" in render(scorecard_explorer(uneven), cut_1=0.05, cut_2=0.5, cut_3=0.5)


def test_an_empty_cell_has_no_evidence_until_a_half_is_added(in_english):
    fine = {"x": {"cuts": [1], "goods": [50, 40], "bads": [0, 10]}}
    widget = scorecard_explorer(fine)
    values = widget.opening()
    assert "empty cell" in drawn(widget, values)
    assert "Information value" in drawn(widget, values | {"add_half": True})


def test_groups_that_do_not_fit_their_cuts_are_refused(in_english):
    fine = {"x": {"cuts": [1, 2], "goods": [50, 40], "bads": [1, 10]}}
    with pytest.raises(InputError, match="2 cuts and 2 groups"):
        render(scorecard_explorer(fine))


def test_the_explorer_judges_bins_as_the_scorecard_does():
    import inspect

    from creditlib.assessment.scorecard import fit_bins

    assert inspect.signature(fit_bins).parameters["min_share"].default == evidence.SMALLEST_SHARE


def test_the_invented_portfolio_is_the_same_customers_three_times():
    totals = {(sum(fine["goods"]), sum(fine["bads"])) for fine in evidence.example_bins().values()}
    assert totals == {(3650, 350)}


def test_the_board_opens_on_a_contradiction_and_says_where(in_english):
    result = ahp([[1, 1 / 2, 2, 1], [2, 1, 3, 2], [1 / 2, 1 / 3, 1, 3], [1, 1 / 2, 1 / 3, 1]])
    shown = render(ahp_board())
    assert f"{result.consistency_ratio:.3f}, over 0.10" in shown
    assert "“industry risk” against “management quality”" in shown
    assert all(f"{weight:.1%}" in shown for weight in result.weights)


def test_mending_that_judgement_makes_the_weights_usable(in_english):
    shown = render(ahp_board(), industry_risk_management_quality=1)
    assert "can be used" in shown


def test_every_judgement_of_the_scale_is_accepted(lang):
    board = ahp_board()
    for control in board.controls:
        for _, value in control.choices:
            board.render(**board.opening() | {control.name: value})
        assert len({shown for shown, _ in control.choices}) == 17


def test_perfect_agreement_leaves_nothing_to_look_at_again(in_english):
    equal = dict.fromkeys(ahp_board().opening(), 1)
    assert "look at again" not in render(ahp_board(), **equal)


def test_the_desk_shows_the_limit_and_the_cap_that_set_it(in_english):
    desk = limit_desk()
    values = desk.opening()
    result = credit_limit(
        annual_purchases=values["annual_purchases"],
        terms_days=values["terms_days"],
        delay_days=values["delay_days"],
        tangible_net_worth=values["net_worth"],
        risk_budget=values["risk_budget"],
        pd=values["pd"],
        lgd=values["lgd"],
        trade_references=[values["reference"]],
        policy_maximum=5_000_000,
    )
    shown = render(desk)
    assert f"a limit of RMB {result.limit:,.0f}, set by net worth" in shown
    assert all(f"{cap.amount:,.0f}" in shown for cap in result.caps)


def test_without_net_worth_the_desk_gives_no_open_credit(in_english):
    shown = render(limit_desk(), net_worth=-1e6, guarantee=500_000)
    assert "no open credit (net worth is zero)" in shown
    assert "RMB 500,000 rests on the guarantee" in shown


def test_a_page_opens_the_desk_on_its_own_customer(lang):
    desk = limit_desk(annual_purchases=80e6, pd=0.012)
    control = {each.name: each for each in desk.controls}["annual_purchases"]
    assert (control.start, control.high) == (80e6, 80e6)
    assert desk.opening()["pd"] == 0.012
