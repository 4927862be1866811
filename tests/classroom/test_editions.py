"""A defect in one edition is found, said in one sentence, and only a defect is."""

import json

import pytest
import yaml

from creditlib.classroom import editions, glossary, outline
from creditlib.classroom.editions_code import code_difference
from creditlib.classroom.editions_compare import page_findings, quiz_findings
from creditlib.classroom.editions_prose import half_width, number_difference, terms_used
from creditlib.classroom.pages import cells
from creditlib.errors import InputError

ZH = """# 流动比率

(ratio)=
## 方法

账期 36 个月，2025年4月30日公开；额度 200 万元，见 {doc}`首页 <index>`。

```{code-cell} ipython3
:tags: [hide-input]

limit = 2_000_000  # 元
show("额度", limit, column="credit_limit")
```
"""
EN = """# Current ratio

(ratio)=
## Method

Terms of 36 months, public on 30 April 2025; a limit of RMB 2 million, see {doc}`the start <index>`.

```{code-cell} ipython3
:tags: [hide-input]

limit = 2_000_000
show("limit", limit, column="credit_limit")
```
"""
SYLLABUS = [
    {
        "id": "1",
        "zh": "甲",
        "en": "A",
        "assignment": "a1",
        "done": True,
        "sections": [
            {
                "id": "1.1",
                "zh": "乙",
                "en": "B",
                "points": [
                    {
                        "id": "1.1.1",
                        "zh": "丙",
                        "en": "C",
                        "pages": ["ratio"],
                        "explained": "ratio#ratio",
                        "example": "ratio#ratio",
                        "try": "ratio#ratio",
                        "checked": ["quizzes/ratio.json"],
                    }
                ],
            }
        ],
    }
]
QUIZ = [{"question": "Q", "type": "numeric", "answers": [{"value": 2, "correct": True}]}]


@pytest.fixture
def course(tmp_path, in_english):
    """A course of one page, one quiz, one term and one point, without a defect."""
    for lang, page in (("zh", ZH), ("en", EN)):
        folder = tmp_path / "course" / lang
        (folder / "quizzes").mkdir(parents=True)
        (folder / "ratio.md").write_text(page, encoding="utf-8")
        (folder / "quizzes" / "ratio.json").write_text(json.dumps(QUIZ), encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: ratio\n")
    for name, content in (("syllabus", SYLLABUS), ("glossary", [{"zh": "额度", "en": "limit"}])):
        file = tmp_path / "course" / f"{name}.yml"
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    editions.confirm(["all"], tmp_path)
    return tmp_path


def change(course, file, old, new):
    path = course / file
    changed = path.read_text(encoding="utf-8").replace(old, new)
    assert changed != path.read_text(encoding="utf-8")
    path.write_text(changed, encoding="utf-8")


def kinds(zh, en):
    return [finding[0] for finding in page_findings(zh, en)]


def test_a_course_without_a_defect_passes(course, capsys):
    assert editions.check(course)
    assert "one course" in capsys.readouterr().out


def test_a_page_changed_in_one_language_fails_until_it_is_confirmed(course, capsys):
    change(course, "course/en/ratio.md", "Method", "The method")
    assert not editions.check(course)
    said = capsys.readouterr().out.splitlines()[0]
    assert said.startswith("course/ratio.md: course/en/ratio.md changed since it was recorded")
    assert said.endswith("creditlib editions confirm course/ratio.md")
    editions.confirm(["course/zh/ratio.md"], course)
    assert editions.check(course)


def test_only_pages_that_stand_in_both_languages_can_be_confirmed(course):
    with pytest.raises(InputError, match=r"no page “course/nothing\.md”.*course/ratio\.md"):
        editions.confirm(["course/nothing.md"], course)


def test_a_file_of_one_edition_is_found(course):
    (course / "course" / "en" / "extra.png").write_bytes(b"")
    assert list(editions.findings(course)) == [
        "course/en/extra.png: this edition only; add course/zh/extra.png, or remove the file."
    ]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("2_000_000", "3_000_000", "code"),
        ("credit_limit", "limit", "code"),
        ("[hide-input]", "[hide-cell]", "tags"),
        ("(ratio)=", "(ratios)=", "labels"),
        ("36 months", "30 months", "numbers"),
        ("RMB 2 million", "RMB 3 million", "numbers"),
        ("30 April 2025", "30 May 2025", "numbers"),
        ("<index>", "<glossary>", "targets"),
        ("## Method", "### Method", "headings"),
        ("Terms of", ":::{note}\nA\n:::\n\nTerms of", "directives"),
        ("# Current", "```{code-cell}\n1\n```\n# Current", "cells"),
        (":tags: [hide-input]\n", ':nbgrader: {"grade_id": "a"}\n:tags: [hide-input]\n', "mark"),
        ("limit = 2", "limit == == 2", "syntax"),
        ("limit = 2", 'glue("a", 1)\nlimit = 2', "glue"),
    ],
)
def test_a_defect_of_the_english_edition_is_found(old, new, kind):
    assert kinds(ZH, EN) == []
    assert old in EN
    assert kind in kinds(ZH, EN.replace(old, new, 1))


def test_a_finding_names_the_file_the_line_and_what_stands_there(course):
    change(course, "course/en/ratio.md", "36 months", "24 months")
    assert next(editions.findings(course)) == (
        "course/zh/ratio.md:4: the numbers of this section differ from the English (from line 4): "
        "only the Chinese says 36; only the English says 24."
    )


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("逾期 90 天以上", "more than 90 days past due"),
        ("利润 7,516 百万元", "a profit of RMB 7,516 million"),
        ("注册资本 1.2 亿元", "a capital of RMB 120 million"),
        ("收入 1,234,567 元，增长１２％", "revenue of RMB 1,234,567, up 12%"),
        ("4 月底之前", "by the end of April"),
        ("三年的报表，第 2 年", "3 years of accounts, the second year"),
        ("见 {ref}`第 2 节 <a-2>`，`x = 5`[^3]", "see {ref}`section 2 <a-2>`, `x = 6`[^4]"),
        ("观察期 12 个月", "12 months, all 12 of them"),
        ("[法条](https://a.cn/585)", "[the article](https://b.com/577)"),
        ("{glue:text}`pd:.1%`", "{glue:text}`pd:.1%`"),
    ],
)
def test_the_same_numbers_said_in_each_language_agree(zh, en):
    assert number_difference(zh, en) == ([], [])


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("print(f'{name}欠{amount:,.0f}元')", "print(f'{amount:,.0f} yuan are owed by {name}')"),
        ("%matplotlib inline\nx = '天'", "%matplotlib inline\nx = 'days'"),
        ("f'{day:%Y年%m月}'", "f'{day:%B %Y}'"),
        ("f'{row[\"名称\"]}'", "f'{row[\"name\"]}'"),
        ("use_language('zh')", "use_language('en')"),
        ("frame['name_zh']", "frame['name_en']"),
        ("language() == 'zh'", "language() == 'zh'"),
    ],
)
def test_code_that_differs_in_words_only_agrees(zh, en):
    assert code_difference(zh, en) is None


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("f'{rate:.1%}，约'", "f'about {rate:.2%}'"),
        ("a = 1\nb = a > 2", "a = 1\nb = a >= 2"),
        ("frame['grade']", "frame['rating']"),
        ("frame['name_zh']", "frame['name_zh2']"),
        ("%time x", "%timeit x"),
    ],
)
def test_code_that_does_something_else_differs(zh, en):
    assert code_difference(zh, en) is not None


def test_half_width_punctuation_is_found_beside_chinese_and_nowhere_else():
    assert half_width("先看报表, 再打分。") == [(0, "看报表, 再")]
    assert half_width("甲\n乙(丙)") == [(1, "乙(丙)")]
    fine = (
        "比值 3:1，`f(甲,乙)`，$x,y$，[甲](a.md)，CSV (UTF-8)\n:class: 提示\n（一）**要点**：好。"
    )
    assert half_width(fine) == []


def test_quizzes_with_different_right_answers_are_found():
    other = [QUIZ[0] | {"answers": [{"value": 2, "correct": False}]}]
    said = quiz_findings(json.dumps(QUIZ), json.dumps(other))
    assert [finding[0] for finding in said] == ["quiz"]
    words = [QUIZ[0] | {"question": "账期 30 天"}], [QUIZ[0] | {"question": "terms of 60 days"}]
    assert [finding[0] for finding in quiz_findings(*map(json.dumps, words))] == ["quiz_numbers"]
    assert [finding[0] for finding in quiz_findings("[", "[]")] == ["quiz_format"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("syllabus.yml", "ratio#ratio", "ratio#none", "does not have the label “(none)=”"),
        ("syllabus.yml", "quizzes/ratio.json", "dso", "assignment a1 has no question “dso”"),
        (
            "syllabus.yml",
            "quizzes/ratio.json",
            "quizzes/x.json",
            "no quiz course/zh/quizzes/x.json",
        ),
        ("syllabus.yml", "- ratio\n", "- nothing\n", "no page course/zh/nothing.md"),
        ("syllabus.yml", "en: C", "en: ''", "English name is missing"),
        ("syllabus.yml", "try: ratio#ratio", "try: ''", "but try is missing"),
    ],
)
def test_an_outline_that_promises_too_much_is_found(course, file, old, new, said):
    change(course, f"course/{file}", old, new)
    assert any(said in finding for finding in editions.findings(course))


def test_a_term_without_an_entry_is_found(course):
    change(course, "course/en/ratio.md", "a limit", "a {term}`cap <ceiling>`")
    assert any("the glossary has no “ceiling”" in finding for finding in editions.findings(course))


def test_cells_keep_their_line_and_what_nbgrader_knows():
    page = "---\na: 1\n---\n# T\n\n```{code-cell} ipython3\n"
    page += "---\nnbgrader:\n  grade_id: dso\n---\n1\n```\n"
    page += '\n+++ {"nbgrader": {"points": 5}}\n\nanswer\n'
    assert [(cell.kind, cell.line) for cell in cells(page)] == [
        ("text", 4),
        ("code", 11),
        ("text", 15),
    ]
    assert [cell.mark for cell in cells(page)[1:]] == [{"grade_id": "dso"}, {"points": 5}]


def test_the_outline_has_its_64_points_each_with_both_names(root):
    found = [point for _, point in outline.points(outline.chapters(root))]
    assert len(found) == len({point["id"] for point in found}) == 64
    assert all(point["zh"] and point["en"] for point in found)
    done = [
        point for chapter, point in outline.points(outline.chapters(root)) if chapter.get("done")
    ]
    assert all(point.get(part) for point in done for part in outline.PARTS)


def test_every_term_has_both_languages_and_stands_in_the_outline(root):
    points = {str(point["id"]) for _, point in outline.points(outline.chapters(root))}
    for entry in glossary.terms(root):
        assert set(entry["meaning"]) == {"zh", "en"}
        assert set(map(str, entry["points"])) <= points
        assert not half_width(entry["meaning"]["zh"])
    for lang in ("zh", "en"):
        words = [word for entry in glossary.terms(root) for word in glossary.words(entry, lang)]
        assert len(words) == len(set(words))


def test_terms_are_read_from_the_page_by_their_entry():
    assert terms_used("{term}`额度 <授信额度>`和{term}`账期`") == {"授信额度", "账期"}
