"""The book builds from its sources, says what is wrong, and does nothing twice."""

import json
import shutil

import pytest
import yaml

from creditlib.classroom import book, book_inputs, book_styles
from creditlib.classroom.glossary import glossary_page
from creditlib.classroom.outline import chapters, outline_page, points
from creditlib.errors import InputError

PAGE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# 首页

{term}`额度`共 $x^2$ 万元。

```{code-cell} ipython3
print("运行", 6 * 7)
```
"""
TERM = {
    "zh": "额度",
    "en": "limit",
    "meaning": {"zh": "最高欠款。", "en": "The most owed."},
    "points": ["1.1.1"],
}


@pytest.fixture
def small(root, tmp_path, in_english):
    """A course of one Chinese page with the real configuration, templates and look."""
    for name in ("_config.yml", "course/_static", "course/_templates", "course/zh/edition.yml"):
        source, target = root / name, tmp_path / "root" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
    place = tmp_path / "root"
    contents = {
        "format": "jb-book",
        "root": "index",
        "parts": [{"caption": "reference", "chapters": [{"file": "glossary"}]}],
    }
    (place / "_toc.yml").write_text(yaml.safe_dump(contents))
    (place / "course" / "syllabus.yml").write_text("[]")
    (place / "course" / "glossary.yml").write_text(yaml.safe_dump([TERM]), encoding="utf-8")
    (place / "course" / "zh" / "index.md").write_text(PAGE, encoding="utf-8")
    return place


@pytest.fixture
def build(small, tmp_path, capfd):
    """`build()` gives whether the Chinese edition was built, and all that was said."""

    def run():
        built = book.build(tmp_path / "out", "zh", small)
        said = capfd.readouterr()
        return built, said.out + said.err

    return run


def change(small, old, new):
    page = small / "course" / "zh" / "index.md"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.book
def test_an_edition_is_built_once_and_its_cells_run_only_when_they_changed(small, build, tmp_path):
    built, said = build()
    assert built
    assert "ran course/zh/index.md" in said
    site = tmp_path / "out" / "book"
    page = (site / "zh" / "index.html").read_text(encoding="utf-8")
    assert "运行 42" in page
    assert '../en/index.html"' in page
    assert "zh/index.html" in (site / "index.html").read_text(encoding="utf-8")
    assert json.loads((site / "zh" / "notebooks" / "index.ipynb").read_bytes())["cells"]
    assert (site / "zh" / "pagefind" / "pagefind-ui.js").exists()

    assert "nothing changed" in build()[1]

    change(small, "万元", "亿元")
    built, said = build()
    assert built
    assert "ran course" not in said
    assert "亿元" in (site / "zh" / "index.html").read_text(encoding="utf-8")

    (small / "datasets").mkdir()
    (small / "datasets" / "new.csv").write_text("a\n1\n")
    assert "ran course/zh/index.md" in build()[1]


@pytest.mark.book
def test_a_page_with_a_warning_stays_red_and_the_old_site_stays(small, build, tmp_path):
    site = tmp_path / "out" / "book" / "zh"
    site.mkdir(parents=True)
    (site / "index.html").write_text("the old site")
    change(small, "{term}`额度`", "{term}`限额`")
    for _ in range(2):
        built, said = build()
        assert not built
        assert "course/zh/index.md has a problem" in said
        assert "index.md:14: WARNING" in said
        assert str(small) not in said
    assert {path.name: path.read_text() for path in site.iterdir()} == {
        "index.html": "the old site"
    }


@pytest.mark.book
def test_a_cell_that_fails_stops_the_build_with_its_error(small, build):
    change(small, "6 * 7", "1 / 0")
    built, said = build()
    assert not built
    assert "course/zh/index.md has a problem" in said
    assert "ZeroDivisionError: division by zero" in said


def test_a_folder_without_the_course_is_named(tmp_path, in_english):
    with pytest.raises(InputError, match="no course pages"):
        book.build(tmp_path / "out", root=tmp_path)


def test_only_what_differs_is_copied_and_what_is_gone_goes(small, tmp_path):
    work = tmp_path / "work"
    assert book_inputs.copy(small, work, "zh") == 3
    made = {path.relative_to(work).as_posix() for path in work.rglob("*.*") if path.is_file()}
    assert {"index.md", "glossary.md", "outline.md", "_toc.yml", "_config.yml"} <= made
    before = (work / "glossary.md").stat().st_mtime_ns
    (small / "course" / "zh" / "more").mkdir()
    (small / "course" / "zh" / "more" / "page.md").write_text("# 另一页", encoding="utf-8")
    book_inputs.copy(small, work, "zh")
    assert (work / "more" / "page.md").exists()
    shutil.rmtree(small / "course" / "zh" / "more")
    book_inputs.copy(small, work, "zh")
    assert not (work / "more").exists()
    assert (work / "glossary.md").stat().st_mtime_ns == before


def test_a_stamp_tells_what_cells_read_from_what_they_do_not(small):
    before = book_inputs.stamp(small, "zh")
    change(small, "首页", "开始")
    text_changed = book_inputs.stamp(small, "zh")
    assert text_changed["cells"] == before["cells"]
    assert text_changed["everything"] != before["everything"]
    quizzes = small / "course" / "zh" / "quizzes"
    quizzes.mkdir()
    (quizzes / "index.json").write_text("[]")
    assert book_inputs.stamp(small, "zh")["cells"] != before["cells"]


def test_the_configuration_of_an_edition_has_its_words(small, tmp_path):
    book_inputs.copy(small, tmp_path / "work", "zh")
    made = yaml.safe_load((tmp_path / "work" / "_config.yml").read_text(encoding="utf-8"))
    assert made["title"] == "客户信用管理培训"
    assert made["sphinx"]["config"]["language"] == "zh_CN"
    assert made["sphinx"]["config"]["html_context"]["default_mode"] == "light"
    contents = yaml.safe_load((tmp_path / "work" / "_toc.yml").read_text(encoding="utf-8"))
    assert contents["parts"][0]["caption"] == "查阅"


def test_the_glossary_names_each_term_in_the_other_language():
    assert "额度\n  最高欠款。英文：limit。大纲：1.1.1。" in glossary_page([TERM], "zh")
    assert "limit\n  The most owed. Chinese: 额度. Outline: 1.1.1." in glossary_page([TERM], "en")


def test_the_outline_shows_where_a_point_is_taught_and_checked(root):
    page = outline_page(chapters(root), "en")
    assert "| 2.1.1 Financial statement analysis | {doc}`/assessment/statements` |" in page
    assert "assignment a2-assessment: `liquidity`" in page
    coming = [point for _, point in points(chapters(root)) if not point["pages"]]
    assert page.count("| in preparation |") == len(coming)


def test_style_rules_go_only_with_the_classes_that_nobody_names():
    style = '@charset "utf-8";a{b:c}.x{d:"}"}@media print{.y .x{e:f}.y{g:h}}@font-face{i:j}'
    assert book_styles.needed_rules(style, {"x"}) == (
        '@charset "utf-8";a{b:c}.x{d:"}"}@font-face{i:j}'
    )
    assert book_styles.needed_rules(style, {"x", "y"}) == style
