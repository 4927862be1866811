"""The page that a trainee reads: what it says, and that nothing in it runs."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest
from ipykernel.compiler import XCachingCompiler
from IPython.core.compilerop import CachingCompiler

from creditlib import i18n
from creditlib.checks import Mistake
from creditlib.classroom import cohort, course, notebooks
from creditlib.classroom.answers import compose, read_bank
from creditlib.classroom.feedback import Mark, feedback_of
from creditlib.classroom.feedback_page import page
from creditlib.classroom.feedback_reading import Place, where_to_read
from creditlib.classroom.feedback_shown import PAGE, Shown
from creditlib.classroom.grading import engine
from creditlib.classroom.grading.rebuild import checksum, master
from creditlib.classroom.grading.record import record_each
from creditlib.classroom.outline import chapters
from creditlib.classroom.repairs import repairs
from creditlib.i18n import text

PICTURE = base64.b64encode(b"\x89PNG").decode()


def cell(source, kind="code", outputs=(), **mark):
    marks = {"nbgrader": {"solution": False, "grade": False, **mark}} if mark else {}
    made = {"cell_type": kind, "id": str(id(source)), "metadata": marks, "source": source}
    return made | ({"execution_count": 1, "outputs": list(outputs)} if kind == "code" else {})


def task(question, heading):
    return cell(
        f"## {heading}：`{question}`（3 分）\n\nDo it.", "markdown", grade_id=f"task-{question}"
    )


def answer(question, source, outputs=()):
    return cell(source, outputs=outputs, grade_id=question, solution=True)


def check(question, outputs=()):
    about = {"grade_id": f"test-{question}", "grade": True, "points": 3}
    return cell("SECRET_INPUT = 4711", outputs=outputs, **about)


def memo(source):
    return cell(source, "markdown", grade_id="memo", grade=True, solution=True, points=6)


def error(name, said, *trace):
    return {"output_type": "error", "ename": name, "evalue": said, "traceback": list(trace)}


def shown(**data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def printed(said, name="stdout"):
    return {"output_type": "stream", "name": name, "text": said}


def notebook(*cells, **about):
    metadata = {"creditlib": about} if about else {}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}


SOURCE = notebook(
    cell("# Two questions", "markdown"),
    task("dso", "1 Days sales outstanding"),
    answer("dso", "SECRET ANSWER"),
    check("dso"),
    memo("SECRET MEMO"),
)


NO_WORD = {"messages": {"test-dso": ""}}  # what grading records of a test that ran to its end


def html(*cells, lang="en", points=0.0, marks=None, comments=None, about=None, **values):
    graded = notebook(*cells, **(about or {}))
    marks = marks or {"test-dso": Mark(points, 3)}
    found = feedback_of(graded, SOURCE, marks, comments or {}, lang)
    known = {"trainee": "Li Min", "assignment": "a9", "graded_on": "2025-12-31"}
    return page(found, lang, **known | values)


def words(made):
    """What is read on a page, each run of blanks as one."""
    body = re.sub(r"<(style|title)>.*?</\1>", "", made, flags=re.DOTALL)
    body = re.sub(r"<(?!/?(?:span|code|b)\b)[^>]*>", " ", body)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", body)))


def test_the_page_says_whose_it_is_which_assignment_when_and_how_many_points():
    said = words(html(answer("dso", "x = 1"), check("dso"), points=2.5))
    for one in ("Two questions · feedback", "Li Min", "a9", "2025-12-31", "2.5 of 3 points"):
        assert one in said


def test_every_word_of_the_frame_is_in_the_language_of_the_class():
    cells = answer("dso", "x = 1", [printed("7")]), check("dso"), memo("Ask."), cell("mine = 1")
    marks = {"test-dso": Mark(0, 3), "memo": Mark(None, 6, waits=True)}
    found = html(*cells, lang="zh", marks=marks, comments={"dso": "再试试"})
    known = {"Li", "Min", "a9", "Days", "sales", "outstanding", "Two", "questions", "x", "Ask"}
    assert set(re.findall(r"[A-Za-z]\w*", words(found))) <= known | {"mine", "memo"}
    assert "已评的 3 分中得 0 分" in words(found)
    english = words(html(*cells, lang="en", marks=marks, comments={"dso": "Once more"}))
    assert re.findall("[\u4e00-\u9fff]", english) == []


@pytest.mark.parametrize(
    ("points", "state", "sign"),
    [(3.0, "right", "✓"), (1.0, "partly", "◐"), (0.0, "wrong", "✗"), (None, "waits", "…")],
)
def test_the_list_calls_a_question_by_its_title_and_leads_to_it(points, state, sign, lang):
    made = html(answer("dso", "x = 1"), check("dso"), points=points, lang=lang)
    row = re.search(r"<tr><td.*?</tr>", made)[0]
    assert f'class="{state}"' in row
    assert sign in row
    assert text(f"feedback.state.{state}", lang) in row
    assert '<a href="#q1">1 Days sales outstanding</a>' in row
    assert '<section class="question" id="q1">' in made


def test_what_waits_for_marking_is_said_and_not_counted_as_nothing():
    cells = answer("dso", "x = 1"), check("dso"), memo("Ask for the reason.")
    marks = {"test-dso": Mark(3, 3), "memo": Mark(None, 6, waits=True)}
    said = words(html(*cells, marks=marks))
    assert "3 of the 3 points marked so far" in said
    assert "wait for your instructor's marking: 6" in said
    alone = words(html(memo("Ask."), marks={"memo": Mark(None, 6, waits=True)}))
    assert "Not marked yet All 6 points wait" in alone
    assert " 0 " not in alone


def test_a_mark_by_hand_comes_with_its_comment_and_a_changed_answer_with_a_warning():
    marks = {"memo": Mark(4.5, 6, by_hand=True)}
    said = words(html(memo("Ask."), marks=marks, comments={"memo": "Good.\nWho decides?"}))
    assert "◐ 4.5 / 6 points" in said
    assert "Your instructor gave the mark" in said
    assert "Your instructor's comment Good. Who decides?" in said
    changed = html(memo("Ask."), marks={"memo": Mark(4.5, 6, waits=True, by_hand=True)})
    assert "changed since it was marked" in words(changed)


def test_what_is_taken_off_for_being_late_is_in_the_total_and_said():
    said = words(html(answer("dso", "x"), check("dso"), points=3.0, penalty=0.5))
    assert "2.5 of 3 points" in said
    assert "handing in late: 0.5" in said


@pytest.mark.parametrize("by_engine", [True, False])
def test_the_misconception_stands_apart_from_what_was_expected(lang, by_engine):
    likely = text("misconceptions.percent-vs-fraction", lang)
    message = "dso(1) should give 2. " + text("checks.likely", lang, reason=likely)
    failed = error("Mistake", str(Mistake(message, "percent-vs-fraction")), message)
    about = {"messages": {"test-dso": message}} if by_engine else None
    made = html(answer("dso", "x = 1"), check("dso", [failed]), lang=lang, about=about)
    assert '<p class="said">dso(1) should give 2.</p>' in made
    mistake = re.search(r'<p class="mistake"><b>.*?</b> (.*?)</p>', made)[1]
    assert unescape(mistake) == likely
    assert "percent-vs-fraction" not in made


def test_of_an_error_in_a_test_only_its_kind_and_text_are_told():
    trace = "----> 2 assert f(SECRET_INPUT) == 12", "AssertionError"
    bare = html(answer("dso", "x"), check("dso", [error("AssertionError", "", *trace)]))
    assert "This check did not pass." in words(bare)
    told = html(answer("dso", "x"), check("dso", [error("KeyError", "'sales'", *trace)]))
    assert "KeyError: 'sales'" in words(told)
    for made in (bare, told):
        assert "SECRET" not in made


def test_neither_tests_nor_reference_answers_are_on_the_page(lang):
    about = {"grade_id": "test-dso", "grade": True, "points": 3}
    visible = cell("expect(dso, SECRET_INPUT)", outputs=[printed("SECRET")], **about)
    made = html(answer("dso", "x = 1"), visible, memo(""), lang=lang)
    assert "SECRET" not in made


def test_a_check_that_passed_in_part_says_how_far_and_the_misconceptions_that_it_named(lang):
    named = [f"misconceptions.{one}" for one in ("call-hung-up", "call-never-closed")]
    here = [text(one, lang) for one in named]
    said = f"SECRET 1: {here[1]} SECRET_INPUT\nSECRET 2: {here[0]}\nSECRET 3: {here[1]}\n"
    made = html(
        answer("dso", "x = 1"), check("dso", [printed(said)]), points=1.5, lang=lang, about=NO_WORD
    )
    shown = re.findall(r'<p class="mistake"><b>.*?</b> (.*?)</p>', made)
    assert [unescape(one) for one in shown] == [here[1], here[0]]
    assert text("feedback.in_part", lang, points="1.5", most="3") in words(made)
    assert "SECRET" not in made
    bare = html(answer("dso", "x"), check("dso", [printed("SECRET")]), points=1.5, lang=lang)
    assert text("feedback.in_part", lang, points="1.5", most="3") in words(bare)
    assert "SECRET" not in bare
    assert '<p class="mistake">' not in bare


@pytest.mark.parametrize("points", [0.0, 1.5, 3.0])
def test_a_mark_by_hand_is_not_said_to_be_the_checks(points, lang):
    marks = {"test-dso": Mark(points, 3, by_hand=True)}
    said = words(html(answer("dso", "x = 1"), check("dso"), lang=lang, marks=marks))
    assert text("feedback.by_hand", lang) in said
    for one in ("passed", "failed"):
        assert text(f"feedback.{one}", lang) not in said
    assert text("feedback.in_part", lang, points="1.5", most="3") not in said


def test_a_name_that_the_check_did_not_find_is_said_in_words(lang):
    failed = error("NameError", "name 'dso' is not defined")
    made = html(answer("dso", "y = 1"), check("dso", [failed]), lang=lang)
    assert "NameError" not in made
    assert "<code>dso</code>" in made


def test_a_question_left_blank_says_so_and_shows_no_answer(lang):
    stub = answer("dso", "raise NotImplementedError()")
    stub["metadata"]["nbgrader"] |= {"checksum": checksum(stub)}
    said = text("checks.not_written", lang, call="dso(1)")
    made = html(stub, check("dso", [error("Mistake", said)]), lang=lang)
    assert text("feedback.blank", lang) in made
    assert "NotImplementedError" not in made
    unrated = text("checks.rated.not-yet", lang)
    later = html(stub, check("dso", [error("Mistake", f"{unrated} [level-missing]")]), lang=lang)
    assert unrated in words(later)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("OutOfTime", "ran for too long and was interrupted"),
        ("KeyboardInterrupt", "ran for too long and was interrupted"),
        ("cell_died", "The Python process ended while this cell ran"),
        ("cell_hung", "This cell did not end"),
    ],
)
def test_a_cell_that_hung_or_died_is_one_sentence(kind, said):
    trace = "Traceback", "Cell In[2], line 1", "----> 1 while True: pass"
    made = words(html(answer("dso", "x = 1", [error(kind, "?", *trace)]), check("dso")))
    assert said in made
    assert "Traceback" not in made


def test_an_error_of_the_trainees_own_says_the_line_and_not_the_way_there(lang):
    trace = [
        "\x1b[0;31mZeroDivisionError\x1b[0m   Traceback (most recent call last)",
        "Cell In[3], line 5\n      4 \n----> 5 dso(1)\n",
        "Cell In[3], line 2, in dso(x)\n      1 def dso(x):\n----> 2     return x / 0\n",
        "File /home/teacher/pandas/core.py:70, in f()\n---> 70 raise",
    ]
    stop = error("ZeroDivisionError", "division by zero", *trace)
    made = html(answer("dso", "x = 1", [stop]), check("dso"), lang=lang)
    line = text(
        "feedback.stopped_line",
        lang,
        line=2,
        source="return x / 0",
        error="ZeroDivisionError: division by zero",
    )
    assert line.replace("`", "") in words(made)
    assert "teacher" not in made


@pytest.mark.parametrize("compiler", [CachingCompiler, XCachingCompiler])
@pytest.mark.parametrize(
    "source", ["y = 1\nx = = 2", "x = 1\n  y = 2", "if x:\n\ty = 1\n        z = 2"]
)
def test_a_slip_in_writing_is_at_a_line_of_the_trainees_cell_and_in_no_file(compiler, source, lang):
    with pytest.raises(SyntaxError) as slip:
        compile(source, compiler().cache(source, 3), "exec")
    kind, said, line = type(slip.value).__name__, str(slip.value), slip.value.lineno
    stop = error(kind, said, f"  Cell In[3], line {line}\n    …\n{kind}: {slip.value.msg}\n")
    made = words(html(answer("dso", source, [stop]), check("dso"), lang=lang))
    named = f"{kind}: {slip.value.msg}"
    assert re.search(r"\((<|\d+\.py)", said)
    assert text("feedback.unread", lang, line=line, error=named) in made
    assert said not in made


def test_a_slip_in_a_text_that_was_run_or_an_error_that_only_looks_like_it_is_told_as_it_is():
    trace = ["Cell In[6], line 1\n----> 1 eval('1 +')\n"]
    for kind, said in (
        ("SyntaxError", "invalid syntax (<string>, line 1)"),
        ("ValueError", "odd (7.py, line 3)"),
    ):
        made = words(html(answer("dso", "x = 1", [error(kind, said, *trace)]), check("dso")))
        assert f"It stopped at line 1, eval('1 +'): {kind}: {said}" in made


@pytest.mark.parametrize("compiler", [CachingCompiler, XCachingCompiler])
def test_a_warning_is_at_a_line_of_the_trainees_cell_too(compiler, lang):
    source = "import warnings\nwarnings.warn('odd')"
    said = f"{compiler().cache(source, 3)}:2: UserWarning: odd\n  warnings.warn('odd')\n"
    made = words(html(answer("dso", source, [printed(said, "stderr")]), check("dso"), lang=lang))
    assert text("feedback.in_cell", lang, line=2) + "UserWarning: odd" in made
    assert "ipython-input" not in made
    assert "ipykernel" not in made


def test_what_befell_many_cells_is_one_sentence_with_their_number(lang):
    """A notebook in the other language: each of its test cells differs from the class's."""
    changed = [["grading.intake.test_changed", {"cell": f"test-q{n}"}] for n in range(1, 6)]
    deleted = [["grading.intake.test_deleted", {"cell": f"test-q{n}"}] for n in range(6, 9)]
    one, other = repairs([*changed, *deleted], lang, str.upper)
    assert one == (
        text("grading.intake.test_changed", lang, cell="TEST-Q1")
        + text("feedback.same_repair", lang, count=4)
        + text("feedback.other_version", lang)
    )
    assert other.startswith(text("grading.intake.test_deleted", lang, cell="TEST-Q6"))
    assert other.endswith(text("feedback.same_repair", lang, count=2))
    [alone] = repairs(changed[:1], lang)
    assert alone == text("grading.intake.test_changed", lang, cell="test-q1")


def test_repairs_are_told_once_and_call_a_question_by_its_title(lang):
    found = [["grading.intake.test_deleted", {"cell": "test-dso"}]]
    forged = [["class.made", {}], ["grading.no.such", {}], ["grading.intake.test_deleted", {}], 7]
    about = {"findings": found + forged, "messages": {}}
    made = html(answer("dso", "x = 1"), check("dso"), lang=lang, about=about)
    known = {"cell": "1 Days sales outstanding"}
    assert made.count(text("grading.intake.test_deleted", lang, **known)) == 1
    assert made.count("<li>") == 1


@pytest.mark.parametrize(
    "about", [7, [], {"messages": 1, "findings": {}}, {"messages": {"test-dso": 3}}]
)
def test_metadata_that_a_trainee_made_up_stop_no_page(about):
    graded = notebook(answer("dso", "x = 1"), check("dso")) | {"metadata": {"creditlib": about}}
    found = feedback_of(graded, SOURCE, {"test-dso": Mark(1, 3)}, {}, "en")
    assert found.points == 1


def test_own_cells_are_folded_and_the_instructors_are_not_among_them():
    given = SOURCE["cells"][0]
    made = html(given, answer("dso", "x = 1"), check("dso"), cell("6 * 7", outputs=[printed("42")]))
    folded = re.search(r"<details>.*</details>", made, re.DOTALL)[0]
    assert "Cells that you added: 1" in folded
    assert "42" in folded
    assert "<details open" not in made


def test_where_to_read_again_is_told_where_points_are_missing(root, lang):
    places = where_to_read(root, "a2-assessment", lang)
    assert set(places) >= {"liquidity", "dupont", "credit_limit"}
    point = next(
        point
        for chapter in chapters(root)
        for section in chapter["sections"]
        for point in section["points"]
        if "dupont" in point.get("checked", ())
    )
    assert places["dupont"][0].point == f"{point['id']} {point[lang]}"
    assert places["dupont"][0].address == ""
    cells = answer("dso", "x = 1"), check("dso")
    missed = html(*cells, lang=lang, places={"dso": places["dupont"]})
    assert places["dupont"][0].page in missed
    solved = html(*cells, lang=lang, points=3.0, places={"dso": places["dupont"]})
    assert places["dupont"][0].page not in solved


def test_with_the_books_address_a_place_is_a_link_to_the_passage(root):
    places = where_to_read(root, "a2-assessment", "en", "https://example.org/book/")
    address = places["dupont"][0].address
    assert address.startswith("https://example.org/book/en/assessment/statements.html#")
    made = html(answer("dso", "x"), check("dso"), places={"dso": places["dupont"]})
    assert f'<a href="{address}">' in made


def test_without_the_courses_source_nothing_is_named(tmp_path):
    assert where_to_read(tmp_path, "a2-assessment", "en") == {}


def test_texts_tables_and_figures_are_shown():
    frame = "<div><style scoped>.x{}</style><table class='d'><tr><td>1</td></tr></table></div>"
    outputs = [
        shown(**{"text/html": frame, "text/plain": "plain"}),
        shown(**{"image/png": f"{PICTURE}\n", "text/plain": "<Figure>"}),
        shown(**{"text/latex": "$\\frac{a}{b}$"}),
    ]
    note = "| a | b |\n|---|---|\n| 1 | 2 |\n\n$a_1 * b_1 * c$"
    made = html(answer("dso", "x = 1", outputs), check("dso"), cell(note, "markdown"))
    assert "<table><tr><td>1</td></tr></table>" in made.replace("<tbody>", "").replace(
        "</tbody>", ""
    )
    assert ".x{}" not in made
    assert f'src="data:image/png;base64,{PICTURE}"' in made
    assert "\\frac{a}{b}" in made
    assert "<th>a</th>" in made
    assert "<code>a_1 * b_1 * c</code>" in made


def test_an_instructors_path_in_a_warning_is_left_out():
    warning = printed("/home/teacher/.venv/lib/x.py:3: FutureWarning: soon\n", "stderr")
    made = html(answer("dso", "x = 1", [warning]), check("dso"))
    assert "x.py:3: FutureWarning: soon" in made
    assert "teacher" not in made


def test_whatever_was_handed_in_the_page_stays_light_and_says_what_it_left_out(lang):
    long = "x = '<>&\"'\n" * 40_000
    rows = "<tr><td>&lt;</td></tr>" * 2_000
    flood = [printed("<" * 200_000)] * 30 + [shown(**{"text/html": f"<table>{rows}</table>"})] * 30
    cells = [answer("dso", long, flood), check("dso"), *(cell(f"# {n}{long}") for n in range(30))]
    made = html(*cells, lang=lang)
    assert len(made.encode()) < 1_500_000
    assert text("feedback.left_out", lang) in made
    assert text("feedback.cut", lang, count=200_000 - 5_000) in words(made)
    assert PAGE < 1_500_000


def test_html_that_takes_long_to_clean_is_shown_as_text():
    deep = shown(**{"text/html": "<div>" * 10_000, "text/plain": "a deep one"})
    (made,) = Shown("en").outputs(answer("dso", "x", [deep]))
    assert made == "<pre>a deep one</pre>"
    lines = shown(**{"text/html": "a<br>" * 100, "text/plain": "lines"})
    assert "<br>" in Shown("en").outputs(answer("dso", "x", [lines]))[0]


RUN = "document.title='RAN'"
OUT = "http://192.0.2.1"
HTML = (
    f"<script>{RUN}</script><img src={OUT}/a.png onerror={RUN}><svg onload={RUN}><script>{RUN}"
    f"</script></svg><a href='javascript:{RUN}'>js</a><a href='data:text/html,<script>1</script>'>"
    f"d</a><iframe src={OUT}></iframe><link rel=stylesheet href={OUT}/b.css><style>@import"
    f" '{OUT}/c.css';</style><meta http-equiv=refresh content='0;url={OUT}/m'><base href={OUT}>"
    f"<form action={OUT}><button formaction='javascript:{RUN}'>go</button></form><p style="
    f"'background:url({OUT}/s)' onmouseover={RUN}>p</p><video src={OUT}/v autoplay></video>"
    f"<math><mtext><img src={OUT}/k onerror={RUN}></mtext></math><details open ontoggle={RUN}>"
)
SVG = (
    f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{RUN}\" width='9' height='9'>"
    f"<script>{RUN}</script><image href='{OUT}/i.png'/><rect width='9' height='9'/></svg>"
)
MARKDOWN = (
    f"{HTML}\n\n[js](javascript:{RUN}) ![x]({OUT}/n.png) <javascript:alert(1)>\n\n"
    f'[d](data:text/html;base64,PHNjcmlwdD4=) ![o](x" onerror="{RUN})\n\n'
    f"$</code><script>{RUN}</script>$\n\n```html\n</code></pre><script>{RUN}</script>\n```\n"
)


def hostile(lang="en"):
    """A page on which whatever a trainee can write wants to run or to be fetched."""
    quoted = '"><script>' + RUN + "</script>"
    displays = [
        shown(**{"text/html": HTML}),
        shown(**{"image/svg+xml": SVG}),
        shown(**{"image/png": f'x" onerror="{RUN}'}),
        shown(**{"text/markdown": MARKDOWN}),
        shown(**{"text/latex": HTML}),
        shown(**{"text/plain": HTML}),
        shown(**{"application/javascript": RUN, "text/html": f"</div><script>{RUN}</script>"}),
        printed(f"\x1b[1m{HTML}"),
        error(HTML, HTML, f"Cell In[1], line 1\n----> 1 {HTML}"),
    ]
    cells = [
        answer("dso", f'"""</pre>{HTML}"""', displays),
        check("dso", [error(HTML, HTML, HTML)]),
        memo(MARKDOWN),
        cell(MARKDOWN, "markdown"),
        cell(HTML, "raw"),
        cell(HTML, outputs=displays),
    ]
    findings = [["grading.intake.test_deleted", {"cell": HTML}]]
    about = {"messages": {"test-dso": f"`{HTML}` {HTML}"}, "findings": findings}
    marks = {"test-dso": Mark(1, 3), "memo": Mark(1, 6)}
    places = {"dso": [Place(quoted, quoted, "")]}
    values = {"trainee": quoted, "assignment": quoted, "places": places}
    comments = {"memo": HTML}
    return html(*cells, lang=lang, about=about, marks=marks, comments=comments, **values)


@pytest.fixture
def visit(browser, tmp_path):
    """`visit(html, width)` opens a page from a file: the page, and the addresses it asked for."""
    context = browser.new_context()

    def open_page(made, width=1280):
        file = tmp_path / "page.html"
        file.write_text(made, encoding="utf-8")
        tab, asked = context.new_page(), []
        tab.set_viewport_size({"width": width, "height": 800})
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(file.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        tab.wait_for_load_state("networkidle")
        return tab, [url for url in asked if not url.startswith(("file:", "data:image/"))]

    yield open_page
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without its policy"])
def test_nothing_of_a_submission_runs_and_nothing_is_fetched(visit, guarded):
    made = hostile()
    if not guarded:  # the escaping has to hold by itself
        made, found = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", made)
        assert found == 1
    tab, asked = visit(made)
    tab.wait_for_timeout(500)
    assert asked == []
    assert tab.title() != "RAN"
    active = "script, iframe, object, embed, form, link, base, svg, video, [style], [onerror]"
    assert tab.locator(active).count() == 0
    links = tab.evaluate("[...document.links].map(one => one.getAttribute('href'))")
    assert {link for link in links if not link.startswith("#")} == set()
    assert (
        tab.evaluate(
            "[...document.querySelectorAll('*')].filter(one =>"
            " [...one.attributes].some(name => name.name.startsWith('on'))).length"
        )
        == 0
    )


@pytest.mark.browser
def test_the_pages_own_policy_lets_no_script_run(visit):
    tab, _ = visit(hostile().replace("</body>", f"<script>{RUN}</script></body>"))
    assert tab.title() != "RAN"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_read_without_scrolling_sideways(visit, lang, width):
    wide = "<table><tr>" + "<td>" + "9" * 30 + "</td>" * 1 + "</tr></table>"
    cells = [
        answer(
            "dso", "x = '" + "long" * 60 + "'", [printed("9" * 400), shown(**{"text/html": wide})]
        ),
        check("dso", [error("Mistake", "dso(" + "1_000," * 60 + ") should give 2.")]),
        memo("https://example.org/" + "a" * 200),
    ]
    marks = {"test-dso": Mark(0, 3), "memo": Mark(None, 6, waits=True)}
    tab, _ = visit(html(*cells, lang=lang, marks=marks), width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.locator("a[href='#q1']").click()
    assert tab.evaluate("location.hash") == "#q1"


@pytest.mark.browser
def test_on_paper_folded_cells_are_printed_too(visit):
    tab, _ = visit(html(answer("dso", "x"), check("dso"), cell("mine = 'folded away'")))
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    seen = "document.querySelector('details pre').checkVisibility({contentVisibilityAuto: true})"
    assert tab.evaluate(seen) is False
    tab.emulate_media(media="print")
    tab.wait_for_function(seen)


@pytest.fixture(scope="module")
def by_both(tiny, tmp_path_factory):
    """The same Chinese class, graded by the engine and, in a copy, by nbgrader itself."""
    ours = tmp_path_factory.mktemp("feedback") / "class"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_chosen", "en")
        course.new(ours, "zh", tiny / "solutions")
        course.release(ours, "tiny")
        made = cohort.cohort_at(ours, "tiny")
        blank = notebooks.read_notebook(made.release("tiny"))
        bank = read_bank(tiny / "answers" / "tiny")
        right = {question: known[0].source for question, known in bank.items()}
        wrong = right | {"dso": bank["dso"][-1].source, "memo": "Ask for the reason."}
        cut = compose(blank, right)
        cut["cells"] = [one for one in cut["cells"] if notebooks.grade_id(one) != "test-dso"]
        given = {"甄全对": compose(blank, right), "甄错一": compose(blank, wrong), "贾删题": cut}
        for name, one in given.items():
            cohort.write_whole(ours.parent / f"back/{name}.ipynb", json.dumps(one).encode())
        course.collect(ours, "tiny", ours.parent / "back")
    theirs = ours.parent / "theirs"
    shutil.copytree(ours, theirs)
    source = master(notebooks.read_notebook(made.source("tiny")), blank)
    results = (
        (
            name,
            engine.grade_one(source, made.submitted("tiny", name).read_bytes(), unsandboxed=True),
        )
        for name in given
    )
    assert all(new for _, new in record_each(ours, "tiny", ((*one, "s") for one in results)))
    run(theirs, "autograde")
    for folder in (ours, theirs):
        run(folder, "generate_feedback")
    return ours, theirs


def run(folder, step):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", step, "tiny"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stderr[-3000:]


def pages(folder):
    return {
        path.parent.parent.name: path.read_text(encoding="utf-8")
        for path in folder.glob("feedback/*/tiny/pages.html")
    }


@pytest.mark.nbgrader
def test_nbgraders_own_command_writes_the_page_that_class_feedback_writes(by_both, in_english):
    before = pages(by_both[0])
    assert set(before) == {"甄全对", "甄错一", "贾删题"}
    course.feedback(by_both[0], "tiny")
    assert pages(by_both[0]) == before


@pytest.mark.nbgrader
def test_what_the_engine_graded_says_what_failed_and_what_was_put_right(by_both):
    found = {name: words(made) for name, made in pages(by_both[0]).items()}
    assert "5 / 10 分" in found["甄全对"]
    assert "dso(100, 1_000, 365) 应得 36.5，现在得到 0.1。" in found["甄错一"]
    assert "已评的 5 分中得 3 分" in found["甄错一"]
    assert "没有检查单元格“dso”" in found["贾删题"]
    for said in found.values():
        assert "1020" not in said
        assert "REFERENCE" not in said


@pytest.mark.nbgrader
def test_what_nbgrader_itself_graded_has_the_same_page_but_for_the_repairs(by_both):
    ours, theirs = map(pages, by_both)
    repairs = re.compile(r"<section>\n<h2>批改时.*?</section>\n", re.DOTALL)
    assert {name: repairs.sub("", made) for name, made in ours.items()} == theirs
    assert repairs.search(ours["贾删题"])
