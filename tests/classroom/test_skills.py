"""What trainees say of their own skills is read as text, summed up, and set beside their marks."""

import csv
import io
import json
import re
import shutil
from types import SimpleNamespace

import pytest
import yaml

from creditlib import i18n
from creditlib.classroom import cohort, notebooks, outline, report
from creditlib.classroom.answers import BANK
from creditlib.classroom.course import SOLUTIONS
from creditlib.classroom.demo import demo
from creditlib.classroom.pages import cells
from creditlib.classroom.report_skills import skills_section
from creditlib.classroom.skill_standing import Asked, Compared, Standing, standings
from creditlib.classroom.skills import (
    ASSIGNMENT,
    TIMES,
    levels_csv,
    levels_given,
    not_given,
    read_levels,
    read_skills,
)
from creditlib.data.skills import load_skills

SKILLS = [
    {"id": "terms", "zh": "账期", "en": "Terms", "points": ["1.1.2"], "levels": [{}] * 5},
    {"id": "law", "zh": "法律", "en": "Law <b>", "points": ["4.3.1"], "levels": [{}] * 5},
]
for skill, questions in zip(SKILLS, (["loss", "order"], ["claim"]), strict=True):
    skill["checked"] = questions
LEVELS = {
    "张三": {"before": {"terms": 1, "law": 0}, "after": {"terms": 3, "law": 4}},
    "=cmd|x": {"before": {"terms": 2}, "after": {"terms": 3}},
    "王五": {"before": {}, "after": {"terms": 0, "law": 3}},
}


def page(root, lang):
    text = (root / "solutions" / lang / ASSIGNMENT / f"{ASSIGNMENT}.md").read_text(encoding="utf-8")
    return {cell.mark["grade_id"]: cell.source for cell in cells(text) if cell.mark}


def test_every_point_of_the_outline_belongs_to_a_skill(root):
    points = {point["id"] for _, point in outline.points(outline.chapters(root))}
    assert {point for skill in read_skills(root) for point in skill["points"]} == points


def test_every_skill_has_a_name_and_five_different_levels_in_both_languages(root):
    for skill in read_skills(root):
        for lang in i18n.LANGUAGES:
            assert skill[lang]
            assert len({level[lang] for level in skill["levels"]}) == 5


def test_the_notebook_shows_the_same_skills_and_levels(root, lang):
    table = [row for row in page(root, lang)["skills"].splitlines() if row.startswith("| **")]
    rows = [[part.strip() for part in row.strip("|").split("|")] for row in table]
    assert rows == [
        [
            f"**{skill[lang]}**<br>`{skill['id']}`",
            "<br>".join(f"**{level}** {is_[lang]}" for level, is_ in enumerate(skill["levels"])),
        ]
        for skill in read_skills(root)
    ]


def test_the_scale_stands_above_each_table_to_fill_in(root, lang):
    scale = yaml.safe_load((root / "course/skills.yml").read_text(encoding="utf-8"))["scale"]
    line = " · ".join(f"**{level}** {words[lang]}" for level, words in enumerate(scale))
    for time in TIMES:
        assert page(root, lang)[f"task-{time}"].strip().endswith(line)


def test_a_skill_names_graded_questions_that_check_its_own_points(root):
    checks = {}
    for chapter in outline.chapters(root):
        for _, point in outline.points([chapter]):
            for check in point["checked"]:
                checks.setdefault(check, set()).add(point["id"])
    questions = {check for check in checks if not outline.is_quiz(check)}
    named = {skill["id"]: skill["checked"] for skill in read_skills(root)}
    for skill in read_skills(root):
        for question in skill["checked"]:
            assert checks.get(question, set()) & set(skill["points"]), (skill["id"], question)
    assert set().union(*named.values()) == questions  # none is left out
    assert named["terms"] == ["break_even_sales", "accept_order", "discount_cost", "carrying_cost"]


def test_the_tables_to_fill_in_and_their_checks_name_every_skill(root, lang):
    names = {skill["id"]: skill[lang] for skill in read_skills(root)}
    asked = []
    for time in TIMES:
        source = page(root, lang)[time]
        cell = {"metadata": {"nbgrader": {"grade_id": time}}, "source": source}
        assert list(levels_given({"cells": [cell]}, time)) == list(names)
        assert [f"# {skill[lang]}" in source for skill in read_skills(root)] == [True] * len(names)
        call = {
            "rated": lambda levels, skills, at_end=False: asked.append((levels, skills, at_end))
        }
        test = page(root, lang)[f"test-{time}"].replace("from creditlib.checks import rated", "")
        exec(test, call | {f"my_levels_{time}": time})
    assert asked == [("before", names, False), ("after", names, True)]


def test_pages_read_the_same_list(root, lang):
    frame = load_skills()
    known = read_skills(root)
    assert frame["name"].tolist() == [skill[lang] for skill in known]
    assert frame["points"].tolist() == [skill["points"] for skill in known]
    assert frame["level_4"].tolist() == [skill["levels"][4][lang] for skill in known]


def given(source, time="before"):
    mark = {"nbgrader": {"grade_id": time}}
    return levels_given({"cells": [{"metadata": mark, "source": source}]}, time)


def test_levels_are_the_table_that_the_cell_assigns_last():
    source = "x = 1\nmy_levels_before = {'a': 1}\nmy_levels_before = {\n    'a': 2,  # two\n}\n"
    assert given(source) == {"a": 2}
    assert given(source.splitlines(keepends=True)) == {"a": 2}
    assert given("my_levels_after = {'a': 1}", "before") == {}


@pytest.mark.parametrize(
    "source",
    [
        "my_levels_before = dict(a=1)",
        "my_levels_before = {'a': int('1')}",
        "my_levels_before = {'a': 1} if True else {}",
        "my_levels_before = [1, 2]",
        "my_levels_before: dict = {'a': 1}",
        "my_levels_before = {[]: 1}",
        "my_levels_before = {'a': 1",
        "my_levels_before = {'a': " + "-" * 9_000 + "1}",
        "my_levels_before = {'a': " + "(" * 4_000,
        "my_levels_before = {'a': 1}  #" + "x" * 10_000,
        "if True:\n    my_levels_before = {'a': 1}",
        "%%time\nmy_levels_before = {'a': 1}",
        "\x00",
        "",
        7,
        [7],
    ],
)
def test_anything_but_a_table_written_out_is_not_given(source):
    assert given(source) == {}


def test_nothing_in_a_notebook_is_run(tmp_path):
    mark = tmp_path / "was here"
    assert given(f"my_levels_before = {{'a': open({str(mark)!r}, 'w').write('x')}}") == {}
    assert given(f"open({str(mark)!r}, 'w')\nmy_levels_before = {{'a': 1}}") == {"a": 1}
    assert not mark.exists()


def test_two_cells_that_claim_to_be_the_table_are_none():
    cell = {"metadata": {"nbgrader": {"grade_id": "after"}}, "source": "my_levels_after = {'a': 1}"}
    assert levels_given({"cells": [cell, cell]}, "after") == {}


LOSS = Asked("loss", frozenset({"1.1.2", "1.2.1"}), {"张三": 0.0, "=cmd|x": 1.0, "赵六": 0.2})
ORDER = Asked("order", frozenset({"1.1.2"}), {"张三": 0.6, "赵六": 0.6})


def test_the_change_is_that_of_those_who_rated_both_times():
    terms, law = standings(SKILLS, LEVELS, [LOSS, ORDER], "en")
    assert (terms.before, terms.after, terms.change) == (1.5, 2, 1.5)
    assert terms.rated == (2, 3, 2)
    assert (terms.success, terms.questions) == (pytest.approx(0.5), 2)
    assert (law.before, law.after, law.change) == (0, 3.5, 4)
    assert (law.success, law.questions) == (None, 0)


def test_only_those_are_compared_who_have_a_rating_after_and_marks():
    terms, law = standings(SKILLS, LEVELS, [LOSS, ORDER], "en")
    # 张三: level 3, shares 0 and 0.6; =cmd|x: level 3, share 1; 王五 has no marks, 赵六 no rating.
    assert terms.compared == Compared(2, 3, pytest.approx(0.65))
    assert law.compared is None


def test_a_question_counts_only_where_the_skill_names_it_and_it_checks_its_points():
    remote = Asked("remote", frozenset({"1.1.2"}), {"张三": 0.9})
    elsewhere = Asked("claim", frozenset({"1.1.2"}), {"张三": 0.9})
    terms, law = standings(SKILLS, LEVELS, [remote, elsewhere], "en")
    assert (terms.questions, law.questions) == (0, 0)
    assert (terms.success, terms.compared) == (None, None)


@pytest.mark.parametrize(
    ("people", "level", "success", "confidence"),
    [
        (5, 3, 0.59, "over"),
        (5, 3, 0.60, ""),
        (5, 2.9, 0.1, ""),
        (4, 4, 0.1, ""),
        (5, 1.9, 0.80, "under"),
        (5, 2, 0.80, ""),
        (5, 1.9, 0.79, ""),
        (4, 0, 1, ""),
    ],
)
def test_only_what_lies_far_apart_is_over_or_under(people, level, success, confidence):
    compared = Compared(people, level, success)
    rated = Standing("terms", "Terms", 1, level, None, (9, 9, 9), 0.5, 1, compared)
    assert rated.confidence == confidence


def test_a_rating_before_the_course_is_never_flagged():
    early = {f"trainee {place}": {"before": {"terms": 4}, "after": {}} for place in range(9)}
    failed = Asked("loss", frozenset({"1.1.2"}), dict.fromkeys(early, 0.0))
    terms, _ = standings(SKILLS, early, [failed], "en")
    assert (terms.before, terms.success, terms.confidence) == (4, 0, "")


def test_what_was_not_given_is_listed_but_not_a_time_that_has_not_come():
    assert not_given(LEVELS, SKILLS) == [
        ("=cmd|x", "before", ["law"]),
        ("王五", "before", ["terms", "law"]),
        ("=cmd|x", "after", ["law"]),
    ]
    early = {"张三": {"before": {"terms": 1}, "after": {}}}
    assert not_given(early, SKILLS) == [("张三", "before", ["law"])]


def test_the_levels_open_in_excel_with_a_row_for_each_trainee(lang):
    rows = list(csv.reader(io.StringIO(levels_csv(LEVELS, SKILLS, lang).decode("utf-8-sig"))))
    assert [len(row) for row in rows] == [5, 5, 5, 5]
    assert rows[0][1] == {"zh": "账期（课前）", "en": "Terms (before)"}[lang]
    assert rows[2] == ["'=cmd|x", "2", "3", "", ""]


def test_the_table_of_skills_is_escaped_and_says_what_is_far_off(lang):
    levels = {f"trainee {place}": {"before": {}, "after": {"law": 4}} for place in range(5)}
    levels["one more"] = {"before": {"law": 1}, "after": {"law": 4}}
    claim = Asked("claim", frozenset({"4.3.1"}), dict.fromkeys(list(levels)[1:], 0.5))
    shown = skills_section(standings(SKILLS, levels, [claim], lang), lang)
    row = re.findall(r"<td[^>]*>(?:<div>)?(.*?)(?:</div>)?</td>", shown)[-10:]
    counts = ["+3.0", "1", "6", "1"]
    if lang == "en":
        said = "rated high (5 trainees: level 4.0 on average, success 50%)"
        assert row[0] == "Law &lt;b&gt;"
        assert row[-6:] == [*counts, "50% (1)", said]
    else:
        said = "自评偏高（5 人：平均 4.0 级，得分率 50%）"
        assert row[-6:] == [*counts, "50%（1）", said]
    assert "<th></th>" not in shown
    assert "<script" not in shown
    assert "src=" not in shown


SYLLABUS = """
- assignment: tiny
  sections: [{points: [{id: 1.3.1, zh: 基础知识, en: Fundamentals, checked: [dso, discount]}]}]
"""


@pytest.fixture(scope="module")
def shown_class(tiny, root, tmp_path_factory):
    """A demonstration class with the tiny assignment and the course's self-assessment."""
    folder = tmp_path_factory.mktemp("skills")
    for room, real in (("solutions", SOLUTIONS), ("answers", BANK)):
        shutil.copytree(tiny / room, folder / room)
        for place in (folder / room).iterdir() if room == "solutions" else [folder / room]:
            within = real / place.name if room == "solutions" else real
            shutil.copytree(within / ASSIGNMENT, place / ASSIGNMENT)
    (folder / "course").mkdir()
    skills = (root / "course" / "skills.yml").read_text(encoding="utf-8")
    for name in ("open_balance", "discount_cost"):  # the tiny assignment's own questions
        skills = skills.replace(name, {"open_balance": "dso", "discount_cost": "discount"}[name])
    (folder / "course" / "skills.yml").write_text(skills, encoding="utf-8")
    (folder / "course" / "syllabus.yml").write_text(SYLLABUS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", "zh")
        patch.setattr(report, "ROOT", folder)
        demo(folder / "class", "zh", 4, folder / "solutions", folder / "answers")
    return SimpleNamespace(folder=folder / "class", made=cohort.cohort_at(folder / "class"))


@pytest.mark.nbgrader
def test_the_release_has_the_tables_to_fill_in_and_no_level(shown_class, root):
    released = notebooks.read_notebook(shown_class.made.release(ASSIGNMENT))
    names = [skill["id"] for skill in read_skills(root)]
    for time in TIMES:
        assert levels_given(released, time) == dict.fromkeys(names)


@pytest.mark.nbgrader
def test_the_report_on_the_self_assessment_shows_levels_beside_success(shown_class, root):
    shown = (shown_class.folder / "report" / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    skills = read_skills(root)
    levels = read_levels(shown_class.made, skills)
    assert len(levels) == 4
    for skill in skills:
        assert f"<td>{skill['zh']}</td>" in shown
    marked = json.loads((shown_class.folder / "records" / "tiny.json").read_text())["graded"]
    assert len(marked) == 4
    assert shown.count("（1）</div></td>") == 2  # terms: discount; receivables: dso
    for trainee, _, _ in not_given(levels, skills):
        assert trainee in shown.partition("没有评或没有评全")[2]
    table = (shown_class.folder / "report" / f"{ASSIGNMENT}-levels.csv").read_text("utf-8-sig")
    assert len(table.splitlines()) == 5


@pytest.mark.nbgrader
def test_another_assignments_report_shows_the_skills_that_it_checks_and_no_other(shown_class):
    shown = (shown_class.folder / "report" / "tiny.html").read_text(encoding="utf-8")
    assert "<td>应收账款分析</td>" in shown
    assert "<td>账期与赊销成本</td>" in shown
    assert "<td>信用档案</td>" not in shown
