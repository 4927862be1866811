"""Agreement between raters: kappas, intraclass correlation, Kendall's W."""

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2, friedmanchisquare

from creditlib.assessment.agreement import cohen_kappa, fleiss_kappa
from creditlib.assessment.concordance import chi_square_tail, icc, kendall_w
from creditlib.errors import InputError, Undefined

grades = st.lists(st.integers(1, 5), min_size=2, max_size=30)

# Fleiss (1971): 30 patients, 6 psychiatrists, 5 diagnoses; each word is a patient's diagnoses.
DIAGNOSES = """
444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444
224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444
133333 555555
"""


class TestCohen:
    @pytest.mark.parametrize("name", ["kappa_sas", "kappa_simple"])
    def test_published_tables(self, golden, name):
        case = golden(name)
        expected, found = case["expected"], cohen_kappa(case["inputs"]["table"])
        assert found.kappa == pytest.approx(expected["kappa"], abs=case["abs_tol"])
        if "se" in expected:
            assert found.se == pytest.approx(expected["se"], abs=case["abs_tol"])
            assert found.interval == pytest.approx(expected["ci"], abs=case["abs_tol"])

    def test_the_weighted_kappa_that_sas_prints(self, golden):
        found = cohen_kappa(golden("kappa_sas")["inputs"]["table"], weights="linear")
        printed = [0.4701, 0.1457, 0.1845, 0.7558]
        assert [found.kappa, found.se, *found.interval] == pytest.approx(printed, abs=5e-5)

    @pytest.mark.parametrize(
        ("weights", "kappa"), [("none", 0.6795), ("linear", 0.7351), ("quadratic", 0.7967)]
    )
    def test_near_misses_earn_part_credit(self, weights, kappa):
        table = [[20, 5, 1], [4, 30, 6], [0, 5, 29]]
        found = cohen_kappa(table, weights=weights)
        assert found.kappa == pytest.approx(kappa, abs=5e-5)
        assert found.raw_agreement == pytest.approx(0.79)

    def test_the_same_raw_agreement_can_hide_different_kappas(self):
        first, second = cohen_kappa([[45, 15], [25, 15]]), cohen_kappa([[25, 35], [5, 35]])
        assert first.raw_agreement == second.raw_agreement == pytest.approx(0.6)
        assert first.kappa == pytest.approx(0.1304, abs=5e-5)
        assert second.kappa == pytest.approx(0.2593, abs=5e-5)

    def test_two_lists_are_the_same_as_their_table(self):
        first, second = [1, 1, 2, 2, 2], [1, 2, 2, 2, 1]
        assert cohen_kappa(first, second) == cohen_kappa([[1, 1], [1, 2]])

    def test_the_whole_scale_counts_for_weights_even_if_a_grade_is_never_given(self):
        first, second = [1, 1, 5, 5, 3], [1, 3, 5, 5, 5]
        whole = cohen_kappa(first, second, weights="linear", categories=range(1, 6))
        assert whole.kappa == pytest.approx(
            cohen_kappa(first, second, weights="linear").kappa  # 1, 3, 5 lie as evenly as 1 … 5
        )
        near = cohen_kappa([1, 2, 5, 5], [1, 1, 5, 5], weights="linear")
        near_on_scale = cohen_kappa(
            [1, 2, 5, 5], [1, 1, 5, 5], weights="linear", categories=range(1, 6)
        )
        assert near_on_scale.kappa > near.kappa

    @pytest.mark.parametrize(
        ("table", "band"),
        [
            ([[10, 10], [10, 10]], "poor"),
            ([[5, 15], [15, 5]], "poor"),
            ([[20, 5], [10, 15]], "fair"),
            ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], "moderate"),
            ([[9, 0], [0, 9]], "almost_perfect"),
        ],
    )
    def test_the_band_of_landis_and_koch(self, lang, table, band):
        found = cohen_kappa(table)
        assert found.band == band
        assert f"{found.kappa:.2f}" in found.in_words
        assert f"{found.raw_agreement:.0%}" in found.in_words

    @pytest.mark.parametrize(
        ("ratings", "reason"),
        [
            (([[7, 0], [0, 0]],), "one_category"),
            (([3, 3], [3, 3]), "one_category"),
            (([[0, 0], [0, 0]],), "nothing_rated"),
            (([], []), "nothing_rated"),
        ],
    )
    def test_without_a_choice_there_is_no_kappa(self, lang, ratings, reason):
        with pytest.raises(Undefined) as refused:
            cohen_kappa(*ratings)
        assert refused.value.reason == reason
        assert str(refused.value)

    @pytest.mark.parametrize(
        ("ratings", "options", "said"),
        [
            (([[1, 2, 3], [1, 2, 3]],), {}, "2 rows and 3 columns"),
            (([[1, -2], [1, 2]],), {}, "row 1, column “2”.*negative"),
            (([3, 4, 4],), {}, "row 1.*both lists"),
            (([1, 2], [1]), {}, "2 grades, the second 1"),
            (([1, None], [1, 2]), {}, "row 2"),
            (([1, float("nan")], [1, 2]), {}, "row 2"),
            (([1, "A"], [1, 2]), {}, "order"),
            (([1, 9], [1, 2]), {"categories": range(1, 6)}, "row 2: “9”"),
            (([1, 2], [1, 2]), {"weights": "cubic"}, "cubic"),
        ],
    )
    def test_what_cannot_be_compared_is_named(self, in_english, ratings, options, said):
        with pytest.raises(InputError, match=said):
            cohen_kappa(*ratings, **options)

    @given(st.data(), grades, st.sampled_from(["none", "linear", "quadratic"]))
    def test_kappa_is_at_most_one_and_both_raters_are_equals(self, data, first, weights):
        same_length = st.lists(st.integers(1, 5), min_size=len(first), max_size=len(first))
        second = data.draw(same_length)
        assume(len({*first, *second}) > 1)
        found = cohen_kappa(first, second, weights=weights)
        assert found.kappa <= 1 + 1e-12
        assert found.kappa == pytest.approx(cohen_kappa(second, first, weights=weights).kappa)

    @given(grades)
    def test_a_rater_agrees_with_themselves(self, scores):
        assume(len(set(scores)) > 1)
        found = cohen_kappa(scores, scores)
        assert (found.kappa, found.raw_agreement) == (pytest.approx(1), pytest.approx(1))
        assert found.se == pytest.approx(0, abs=1e-6)


class TestFleiss:
    def test_the_worked_example(self, golden):
        case = golden("fleiss_wiki")
        found = fleiss_kappa(case["inputs"]["table"])
        assert found.kappa == pytest.approx(case["expected"]["kappa"], abs=case["abs_tol"])
        assert (found.band, found.se, found.interval) == ("fair", None, None)

    def test_the_diagnoses_of_fleiss(self):
        counts = [[Counter(patient)[d] for d in "12345"] for patient in DIAGNOSES.split()]
        assert fleiss_kappa(counts).kappa == pytest.approx(0.4302445, abs=5e-8)

    def test_one_grade_for_all_has_no_kappa(self, lang):
        with pytest.raises(Undefined) as refused:
            fleiss_kappa([[3, 0], [3, 0]])
        assert refused.value.reason == "one_category"

    @pytest.mark.parametrize(
        ("counts", "said"),
        [([[2, 1], [2, 2]], "row 2.*4 raters"), ([[1, 0], [0, 1]], "at least two")],
    )
    def test_every_customer_needs_the_same_raters(self, in_english, counts, said):
        with pytest.raises(InputError, match=said):
            fleiss_kappa(counts)


class TestIcc:
    def test_the_six_forms(self, golden):
        case = golden("icc_shrout_fleiss")
        expected = {f"ICC({key[1]},{key[2]})": v for key, v in case["expected"].items()}
        assert icc(case["inputs"]["X"]) == pytest.approx(expected, abs=case["abs_tol"])

    def test_a_constant_severity_costs_absolute_agreement_only(self):
        found = icc([[5, 3], [4, 2], [3, 1]])
        assert found["ICC(3,1)"] == pytest.approx(1)
        assert found["ICC(2,1)"] < 0.5

    def test_a_form_without_a_denominator_is_left_empty(self):
        found = icc([[1, 3], [3, 1]])  # both customers have the same mean
        assert found["ICC(1,k)"] is None
        assert found["ICC(3,k)"] is None
        assert found["ICC(1,1)"] < 0

    @pytest.mark.parametrize(
        ("ratings", "reason"),
        [
            ([[3, 4]], "too_few_rated"),
            ([[3], [4]], "too_few_rated"),
            ([[3, 3], [3, 3]], "all_equal"),
        ],
    )
    def test_too_little_to_tell_apart(self, lang, ratings, reason):
        with pytest.raises(Undefined) as refused:
            icc(ratings)
        assert refused.value.reason == reason
        assert str(refused.value)

    def test_a_missing_score_is_named(self, in_english):
        with pytest.raises(InputError, match="row 2, column “1”"):
            icc([[3, 4], [None, 2]])


class TestKendall:
    def test_the_proofwiki_example(self, golden):
        case = golden("kendall_proofwiki")
        assert kendall_w(case["inputs"]["judges"]).w == pytest.approx(case["expected"]["W"])

    def test_ties_are_corrected(self, golden):
        case = golden("kendall_ties")
        expected, scores = case["expected"], case["inputs"]["scores"]
        found = kendall_w(scores)
        assert found.w == pytest.approx(expected["W"], abs=case["abs_tol"])
        assert found.w_uncorrected == pytest.approx(expected["W_unc"], abs=case["abs_tol"])
        assert found.chi_square == pytest.approx(expected["chi2"], abs=1e-8)
        assert found.p_value == pytest.approx(expected["p"], abs=case["abs_tol"])
        assert found.degrees_of_freedom == 5
        assert found.p_value == pytest.approx(friedmanchisquare(*zip(*scores, strict=True)).pvalue)

    def test_one_order_is_complete_concordance(self):
        assert kendall_w([[1, 2, 5], [10, 20, 21], [2, 3, 4]]).w == pytest.approx(1)

    @pytest.mark.parametrize(
        ("scores", "reason"),
        [
            ([[1, 2, 3]], "too_few_ranked"),
            ([[1, 2], [2, 1]], "too_few_ranked"),
            ([[1, 2, 3], [4, 4, 4]], "undecided_rater"),
        ],
    )
    def test_what_has_no_order_has_no_w(self, lang, scores, reason):
        with pytest.raises(Undefined) as refused:
            kendall_w(scores)
        assert refused.value.reason == reason
        assert str(refused.value)

    @given(st.data(), st.integers(2, 6), st.integers(3, 8))
    def test_w_lies_between_nothing_and_everything(self, data, raters, items):
        row = st.lists(st.integers(1, 5), min_size=items, max_size=items)
        scores = data.draw(st.lists(row, min_size=raters, max_size=raters))
        assume(all(len(set(row)) > 1 for row in scores))
        found = kendall_w(scores)
        assert -1e-12 <= found.w <= 1 + 1e-12
        assert found.w >= found.w_uncorrected - 1e-12

    @given(st.floats(0, 300), st.integers(1, 40))
    def test_the_chi_square_tail_is_scipys(self, value, degrees):
        assert chi_square_tail(value, degrees) == pytest.approx(
            chi2.sf(value, degrees), rel=1e-9, abs=1e-300
        )
