"""Anchored scales, score sheets with vetoes and gaps, several raters, pairwise weights."""

import math
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditlib.assessment import expert
from creditlib.assessment.expert import (
    ahp,
    combine_raters,
    group_judgements,
    pairwise_matrix,
    score_sheet,
)
from creditlib.errors import InputError, Undefined

WEIGHTS = {
    "market_position": 0.25,
    "operating_ability": 0.35,
    "industry_risk": 0.15,
    "management_quality": 0.25,
}
SCORES = {
    "market_position": 4,
    "operating_ability": 5,
    "industry_risk": 2,
    "management_quality": 3,
}
CYCLE = [[1, 3, 1 / 5], [1 / 3, 1, 5], [5, 1 / 5, 1]]


class TestScales:
    def test_every_dimension_has_a_label_evidence_and_five_different_anchors(self, lang):
        for name, scale in expert.SCALES.items():
            assert expert.criterion_label(name) == scale.label
            assert scale.evidence
            assert list(scale.anchors) == [1, 2, 3, 4, 5]
            assert len(set(scale.anchors.values())) == 5

    def test_the_four_dimensions_are_those_of_the_syllabus(self, in_english):
        labels = [scale.label for scale in expert.SCALES.values()]
        assert labels == [
            "Market position",
            "Operating ability",
            "Industry risk",
            "Management quality",
        ]


class TestScoreSheet:
    def test_the_score_is_the_weighted_sum(self):
        sheet = score_sheet(SCORES, WEIGHTS)
        assert sheet.score == pytest.approx(0.25 * 4 + 0.35 * 5 + 0.15 * 2 + 0.25 * 3)
        assert sheet.weights_used == pytest.approx(WEIGHTS)
        assert (sheet.vetoed, sheet.reasons) == ((), ())

    def test_missing_15_percent_is_shared_out_in_proportion(self, lang):
        sheet = score_sheet(SCORES | {"industry_risk": None}, WEIGHTS)
        assert sheet.score == pytest.approx((0.25 * 4 + 0.35 * 5 + 0.25 * 3) / 0.85)
        assert sum(sheet.weights_used.values()) == pytest.approx(1)
        assert "15%" in sheet.reasons[0]

    def test_the_limit_holds_when_small_weights_add_up_to_it(self):
        weights = {"a": 0.1, "b": 0.05, "c": 0.85}  # 0.1 + 0.05 is just above 0.15 in binary
        assert score_sheet({"c": 4}, weights).score == pytest.approx(4)

    def test_more_than_the_limit_missing_is_insufficient_evidence(self, lang):
        with pytest.raises(Undefined) as refused:
            score_sheet(SCORES | {"management_quality": None}, WEIGHTS)
        assert refused.value.reason == "insufficient_evidence"
        assert "25%" in str(refused.value)

    def test_nothing_scored_is_undefined_whatever_the_limit(self):
        with pytest.raises(Undefined):
            score_sheet({}, WEIGHTS, missing_limit=1)

    def test_a_score_without_evidence_counts_as_missing(self, lang):
        seen = dict.fromkeys(WEIGHTS, "site visit") | {"industry_risk": " "}
        sheet = score_sheet(SCORES, WEIGHTS, evidence=seen)
        assert "industry_risk" not in sheet.weights_used
        assert len(sheet.reasons) == 2

    def test_a_veto_stands_beside_the_score_not_in_it(self, lang):
        sheet = score_sheet(SCORES, WEIGHTS, vetoes=["dishonest_debtor"])
        assert sheet.vetoed == ("dishonest_debtor",)
        assert sheet.score == score_sheet(SCORES, WEIGHTS).score
        assert len(sheet.reasons) == 1

    def test_a_veto_needs_no_further_evidence(self, lang):
        sheet = score_sheet({}, WEIGHTS, vetoes="fraud")
        assert (sheet.score, sheet.vetoed, sheet.weights_used) == (None, ("fraud",), {})
        assert len(sheet.reasons) == 2

    @pytest.mark.parametrize(
        ("scores", "weights", "vetoes", "said"),
        [
            ({"a": 6}, {"a": 1}, (), "6"),
            ({"a": "4"}, {"a": 1}, (), "4"),
            ({"b": 4}, {"a": 1}, (), "b"),
            ({"a": 4}, {"a": 0.9}, (), "0.9"),
            ({"a": 4}, {"a": 1.2, "b": -0.2}, (), "-0.2"),
            ({"a": 4}, {"a": None}, (), "None"),
            ({"a": 4}, {"a": 1}, ("gossip",), "gossip"),
        ],
    )
    def test_what_cannot_be_added_up_is_named(self, lang, scores, weights, vetoes, said):
        with pytest.raises(InputError, match=said):
            score_sheet(scores, weights, vetoes)

    @given(st.lists(st.floats(1, 5), min_size=4, max_size=4))
    def test_the_score_stays_between_the_lowest_and_the_highest(self, values):
        score = score_sheet(dict(zip(WEIGHTS, values, strict=True)), WEIGHTS).score
        assert min(values) - 1e-9 <= score <= max(values) + 1e-9


class TestCombineRaters:
    def test_raters_two_points_apart_must_talk(self):
        found = combine_raters(
            {
                "sales": {"market_position": 5, "industry_risk": 3},
                "credit": {"market_position": 3, "industry_risk": 2},
                "finance": {"market_position": 3, "industry_risk": None},
            }
        )
        position, industry = found["market_position"], found["industry_risk"]
        assert (position.median, position.mean) == (3, pytest.approx(11 / 3))
        assert (position.spread, position.raters, position.discuss) == (2, 3, True)
        assert (industry.median, industry.raters, industry.discuss) == (2.5, 2, False)

    def test_a_dimension_that_nobody_scored_stays_empty(self):
        found = combine_raters({"sales": {"market_position": None}})["market_position"]
        assert (found.median, found.mean, found.spread, found.raters) == (None, None, None, 0)

    def test_a_score_off_the_scale_names_rater_and_dimension(self, in_english):
        with pytest.raises(InputError, match=r"sales.*market_position.*“7”"):
            combine_raters({"sales": {"market_position": 7}})

    def test_no_sheet_is_refused(self, lang):
        with pytest.raises(InputError):
            combine_raters({})


class TestAhp:
    def test_the_drinks_of_saaty(self, golden):
        case = golden("ahp_drinks")
        matrix = pairwise_matrix(case["inputs"]["upper"])
        expected, result = case["expected"], ahp(matrix)
        assert result.lambda_max == pytest.approx(expected["lambda_max"], abs=1e-8)
        assert result.weights == pytest.approx(expected["w"], abs=case["abs_tol"])
        assert result.consistency_ratio == pytest.approx(expected["CR_saaty"], abs=1e-8)
        other = ahp(matrix, random_index="alonso_lamata")
        assert other.consistency_ratio == pytest.approx(expected["CR_alonso"], abs=1e-8)

    def test_the_five_c(self, golden):
        case = golden("ahp_5C")
        expected, result = case["expected"], ahp(case["inputs"]["A"])
        assert result.lambda_max == pytest.approx(expected["lambda_max"], abs=1e-8)
        assert result.weights == pytest.approx(expected["w"], abs=case["abs_tol"])
        assert result.consistency_ratio == pytest.approx(expected["CR"], abs=1e-8)
        assert result.acceptable

    def test_judgements_in_a_circle_are_rejected(self):
        result = ahp(CYCLE)
        assert result.lambda_max == pytest.approx(5.454290, abs=5e-7)
        assert result.consistency_ratio == pytest.approx(2.1158, abs=5e-5)
        assert not result.acceptable

    def test_the_slip_is_the_judgement_to_revisit(self):
        upper = [[2, 4, 8], [2, 4], [1 / 2]]  # consistent but for the last: 2 was meant
        doubt = ahp(pairwise_matrix(upper)).revisit
        assert (doubt.row, doubt.column, doubt.given) == (3, 4, 0.5)
        assert doubt.implied > doubt.given

    @pytest.mark.parametrize("matrix", [[[1]], [[1, 7], [1 / 7, 1]]])
    def test_two_criteria_cannot_contradict_each_other(self, matrix):
        result = ahp(matrix)
        assert (result.consistency_ratio, result.acceptable, result.revisit) == (0, True, None)

    def test_typed_and_exact_fractions_are_both_read(self):
        exact = ahp([[1, Fraction(3)], [Fraction(1, 3), 1]])
        assert ahp([[1, 3], [0.333, 1]]).weights == exact.weights == pytest.approx((0.75, 0.25))

    @pytest.mark.parametrize(
        ("matrix", "said"),
        [
            ([[1, 3], [0.5, 1]], r"row 2, column “1”.*0\.3333"),
            ([[1, 2], [0.5, 2]], r"row 2, column “2”.*should hold 1"),
            ([[1, 0], [0.5, 1]], r"row 1, column “2”.*scale from 1/9"),
            ([[1, -2], [-0.5, 1]], r"row 1, column “2”"),
            ([[1, 90], [1 / 90, 1]], r"row 1, column “2”: 90"),
            ([[1, "3"], [1 / 3, 1]], r"row 1, column “2”.*not a number"),
            ([[1, 2, 3], [0.5, 1, 2]], r"2 rows and 3 columns"),
            ([[1, 2], [0.5]], r"row 2.*1 values"),
            ([], r"empty"),
            ([[1] * 16] * 16, r"16 criteria"),
        ],
    )
    def test_a_matrix_that_cannot_be_used_names_the_cell(self, in_english, matrix, said):
        with pytest.raises(InputError, match=said):
            ahp(matrix)

    def test_the_other_table_of_random_indices_ends_at_ten(self, lang):
        with pytest.raises(InputError):
            ahp([[1] * 11] * 11, random_index="alonso_lamata")
        with pytest.raises(InputError, match="dice"):
            ahp([[1]], random_index="dice")

    @given(st.lists(st.floats(1, 9), min_size=1, max_size=10))
    def test_consistent_judgements_give_back_their_weights(self, importance):
        result = ahp([[a / b for b in importance] for a in importance])
        assert result.weights == pytest.approx([a / sum(importance) for a in importance])
        assert result.consistency_ratio == pytest.approx(0, abs=1e-9)
        assert result.revisit is None or math.isclose(result.revisit.given, result.revisit.implied)

    @given(st.data(), st.integers(3, 6))
    def test_weights_add_up_to_one_and_follow_their_criteria(self, data, size):
        judgement = st.sampled_from([*range(1, 10), *(1 / n for n in range(2, 10))])
        upper = [[data.draw(judgement) for _ in range(size - 1 - i)] for i in range(size - 1)]
        matrix = pairwise_matrix(upper)
        order = data.draw(st.permutations(range(size)))
        result = ahp(matrix)
        permuted = ahp([[matrix[i][j] for j in order] for i in order])
        assert sum(result.weights) == pytest.approx(1)
        assert result.lambda_max >= size - 1e-9
        assert permuted.weights == pytest.approx([result.weights[i] for i in order], abs=1e-9)
        assert permuted.consistency_ratio == pytest.approx(result.consistency_ratio, abs=1e-8)


class TestJudgements:
    @pytest.mark.parametrize(
        ("upper", "said"),
        [([[2, 3], [4, 5]], "row 2"), ([[2], [3]], "row 1"), ([[2, None], [3]], "column “3”")],
    )
    def test_the_upper_triangle_must_be_a_triangle(self, in_english, upper, said):
        with pytest.raises(InputError, match=said):
            pairwise_matrix(upper)

    def test_a_group_judges_by_the_geometric_mean(self):
        joint = group_judgements([pairwise_matrix([[9]]), pairwise_matrix([[1 / 4]])])
        assert joint == [[1, pytest.approx(1.5)], [pytest.approx(2 / 3), 1]]

    def test_one_member_is_the_group(self):
        alone = pairwise_matrix([[2, 4], [3]])
        assert group_judgements([alone]) == [pytest.approx(row) for row in alone]

    def test_members_must_compare_the_same_criteria(self, lang):
        with pytest.raises(InputError, match="2"):
            group_judgements([[[1]], [[1, 2], [0.5, 1]]])
        with pytest.raises(InputError):
            group_judgements([])


def test_judgement_needs_the_standard_library_only():
    program = (
        "import sys; import creditlib.assessment.expert, creditlib.assessment.rating;"
        "print({'numpy', 'pandas', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
