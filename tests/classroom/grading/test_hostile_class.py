"""A class with attackers in it: nobody else's marks, files or pages are any different."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import sys
import unicodedata
import zipfile
from contextlib import closing, redirect_stdout
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from creditlib import i18n
from creditlib.classroom import cohort, course, intake, notebooks
from creditlib.classroom.answers import compose
from creditlib.classroom.marks import read_marks
from tests.classroom.conftest import DISCOUNT, DSO
from tests.classroom.grading.hostile.in_the_file import HTML, SHOWN

pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.skipif(sys.platform != "linux", reason="there is no sandbox"),
]
SECRET = "SECRET-of-the-instructor"
BROKEN = {"贾太深", "贾半个"}
SAVED = 1_790_000_000  # when every file was saved
RIGHT = {
    "dso": DSO.format("days * receivables / sales"),
    "discount": DISCOUNT.format("rate / (1 - rate)"),
}
HONEST = {
    "甄全对": RIGHT | {"memo": "Ask why."},
    "甄错一": RIGHT | {"dso": DSO.format("receivables / sales")},
    "Ann Lee": RIGHT,
}


class Running(HTMLParser):
    """Finds in a page what would run a submission's code, or fetch something."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in ("iframe", "object", "embed", "base"):
            self.found.append(tag)
        for name, value in attrs:
            value = (value or "").lower()
            if (name.startswith("on") and "alert" in value) or "javascript:alert" in value:
                self.found.append((tag, name, value))

    def handle_data(self, data):
        # What a page writes as text is read, not run.
        if self.cdata_elem == "script" and "alert(" in data:
            self.found.append(data)


def attackers(blank):
    """Notebooks that attack by what is in them, by trainee; most solve the first question."""
    solved = {"dso": RIGHT["dso"], "memo": HTML}

    def made(dso=RIGHT["dso"], added="", **more):
        notebook = compose(blank, solved | {"dso": dso})
        if added:
            free = {"cell_type": "code", "id": "free", "metadata": {}, "source": added}
            notebook["cells"].insert(1, free | {"execution_count": None, "outputs": []})
        return json.dumps(notebook | more).encode()

    noted = compose(blank, solved)
    noted["cells"].append({"cell_type": "markdown", "id": "note", "metadata": {}, "source": HTML})
    return {
        "贾脚本": made(added=SHOWN),
        "贾便条": json.dumps(noted).encode(),
        "贾成绩册": made(
            added="import sqlite3\nfor up in range(9):\n    for name in ('gradebook.db', "
            "'*'):\n        try:\n            sqlite3.connect('../' * up + name).execute("
            "'update grade set auto_score = 100')\n        except sqlite3.Error:\n"
            "            pass"
        ),
        "贾退出": made("import os\nos._exit(0)"),
        "贾信号": made(added="import os\nos.kill(-1, 9)\nos.kill(0, 9)\nos.abort()"),
        "贾元数据": made(metadata={"nbgrader": {"score": 100}, "kernelspec": {"name": "../../x"}}),
        "贾表格=cmd": made(),
        "贾引号'\"<script>alert(1)<": made(),
        "贾太深": b'{"nbformat": 4, "cells": ' + b"[" * 200_000,
        "贾半个": made()[:400],
        "贾代理": made("x = '\ud800'\n" + RIGHT["dso"]),
    }


def hand_in(place, works):
    for name, data in works.items():
        path = place / f"{name.replace('/', '_')}.ipynb"
        cohort.write_whole(path, data)
        os.utime(path, (SAVED, SAVED))
    return place


def hostile_zip(path, victim):
    """A zip with members that lead outside, links, bombs and a zip in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (
            "../../gradebook.db",
            "/etc/owned.ipynb",
            "C:\\owned.ipynb",
            "甄全对/../../x.ipynb",
        ):
            archive.writestr(name, b"owned")
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(victim))
        archive.writestr("bomb.ipynb", b"0" * 200_000_000)
        archive.writestr("inner.zip", b"PK\x03\x04")
        archive.writestr("timestamp.txt", b"\xff garbage")
        archive.writestr("甄全对/timestamp.txt", b"\xff garbage")
    return path


def make_class(folder, released, *, attacked):
    """A class of honest trainees, and of attackers if it is `attacked`; graded, fed back."""
    shutil.copytree(released, folder)
    (folder / "marking" / "secret.md").write_text(SECRET)
    blank = notebooks.read_notebook(folder / "release/tiny/pages.ipynb")
    place = folder.parent / f"returned-{folder.name}"
    hand_in(place, {n: json.dumps(compose(blank, one)).encode() for n, one in HONEST.items()})
    names = []
    if attacked:
        works = attackers(blank)
        hand_in(place, works)
        names = list(works)
        for name, target in (
            ("贾链接", folder / "gradebook.db"),
            ("贾秘密", folder / "marking/secret.md"),
        ):
            (place / f"{name}.ipynb").symlink_to(target)
        (place / "贾目录").symlink_to(folder, target_is_directory=True)
        os.mkfifo(place / "贾管道.ipynb")
        (place / "贾太大.ipynb").write_bytes(b" " * (intake.LARGEST + 1))
        (place / "贾时间").mkdir()
        (place / "贾时间" / "timestamp.txt").write_bytes(b"\xff garbage \x00")
        hand_in(place / "贾时间", {"pages": works["贾元数据"]})
    course.collect(folder, "tiny", place)
    if attacked:
        archive = hostile_zip(folder.parent / "hostile.zip", folder / "gradebook.db")
        course.collect(folder, "tiny", archive)
        # As nbgrader's own exchange would bring it, and by a link that stands there already.
        (folder / "submitted/贾时间/tiny/timestamp.txt").write_bytes(b"\xff garbage \x00")
        linked = folder / "submitted/贾退出/tiny/data.ipynb"
        linked.symlink_to(folder / "gradebook.db")
    done = course.grade(folder, "tiny")
    course.feedback(folder, "tiny")
    return SimpleNamespace(folder=folder, names=names, done=done)


@pytest.fixture(scope="module")
def classes(tiny, tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as said:
        patch.setattr(i18n, "_chosen", "en")
        course.new(place / "released", "en", tiny / "solutions")
        course.release(place / "released", "tiny")
        alone = make_class(place / "alone", place / "released", attacked=False)
        mixed = make_class(place / "mixed", place / "released", attacked=True)
    return SimpleNamespace(alone=alone, mixed=mixed, said=said.getvalue(), place=place)


def rows(folder, trainee):
    """What the gradebook says of a trainee, cell by cell, without when it was written."""
    question = """
        select c.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
        from grade g join submitted_notebook n on g.notebook_id = n.id
        join submitted_assignment s on n.assignment_id = s.id
        join base_cell c on g.cell_id = c.id where s.student_id = ? order by c.name"""
    with closing(sqlite3.connect(folder / "gradebook.db")) as book:
        return book.execute(question, (trainee,)).fetchall()


def files(folder, trainee):
    """The files of a trainee in the class, with the hash of each."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for kind in ("submitted", "autograded", "feedback")
        for path in (folder / kind / trainee).rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("trainee", HONEST)
def test_the_marks_and_files_of_an_honest_trainee_are_those_of_a_class_without_attackers(
    classes, trainee
):
    alone, mixed = classes.alone.folder, classes.mixed.folder
    assert classes.alone.done is True
    assert len(rows(alone, trainee)) == 3
    assert rows(mixed, trainee) == rows(alone, trainee)
    assert {"autograded", "feedback", "submitted"} == {
        name.split("/")[0] for name in files(alone, trainee)
    }
    assert files(mixed, trainee) == files(alone, trainee)


def test_an_attacker_gets_what_it_solved(classes):
    marks = read_marks(cohort.cohort_at(classes.mixed.folder), "tiny").trainees
    got = {
        name: [marks[name]["dso"], marks[name]["discount"]]
        for name in map(intake.safe_name, classes.mixed.names)
        if name not in BROKEN
    }
    none = {"贾退出"}
    assert not BROKEN & marks.keys()  # not even collected
    for name, points in got.items():
        assert points == ([0, 0] if name in none else [2, 0]), name


def test_what_is_no_notebook_is_a_problem_of_its_own_and_nothing_of_it_is_copied(classes):
    folder = classes.mixed.folder
    record = cohort.read_record(cohort.cohort_at(folder), "tiny")
    found = {
        unicodedata.normalize("NFC", one["file"]): one["problem"] for one in record["problems"]
    }
    for name in ("贾链接.ipynb", "贾秘密.ipynb", "贾目录", "贾管道.ipynb", "link.ipynb"):
        assert found[name] == "link", found
    assert found["贾太大.ipynb"] == found["bomb.ipynb"] == "too_large"
    assert [one for one in found.values()].count("outside") == 4
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.parent.name != "marking":
            assert SECRET.encode() not in path.read_bytes(), path
    kept = [path for kind in ("autograded", "feedback") for path in (folder / kind).rglob("*")]
    assert not [path for path in kept if path.is_symlink() or path.suffix == ".db"]
    assert not list(classes.place.rglob("owned*")) + list(Path("/etc").glob("owned*"))


def test_the_gradebook_is_sound_and_holds_no_mark_above_its_maximum(classes):
    with closing(sqlite3.connect(classes.mixed.folder / "gradebook.db")) as book:
        assert book.execute("pragma integrity_check").fetchone() == ("ok",)
        assert not book.execute("select * from grade where auto_score > 3").fetchall()


def test_in_no_feedback_page_anything_runs(classes):
    pages = list(classes.mixed.folder.glob("feedback/*/tiny/*.html"))
    assert len(pages) >= len(HONEST) + 6
    shown = {page.parent.parent.name: page.read_text(encoding="utf-8") for page in pages}
    assert "shown" in shown["贾脚本"]
    for name, page in shown.items():
        assert Running(page).found == [], name


def test_in_formgraders_view_of_a_submission_nothing_of_it_runs(classes):
    import nbgrader
    from nbconvert.exporters import HTMLExporter
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", str(classes.mixed.folder)).load_config()
    templates = Path(nbgrader.__file__).parent / "server_extensions/formgrader/templates"
    about = {"student": "x", "assignment": "tiny", "notebook": "pages", "last_name": None}
    about |= dict.fromkeys(("submission", "submission_id", "notebook_id", "assignment_id"), "1")
    about |= {"first_name": None, "index": 0, "total": 1, "base_url": "/", "my_mathjax_url": "m"}
    exporter = HTMLExporter(
        config=config, template_name="formgrade", extra_template_basedirs=[str(templates)]
    )
    for trainee in ("贾脚本", "贾便条"):
        path = classes.mixed.folder / "autograded" / trainee / "tiny" / "pages.ipynb"
        page, _ = exporter.from_filename(str(path), resources=dict(about))
        body = page.partition("</head>")[2]
        assert "shown" in body
        assert Running(body).found == [], trainee
