"""Whatever trainees hand back: what can be graded is taken, nothing is lost, nothing stops."""

import io
import json
import os
import re
import stat
import zipfile

import pytest

from creditlib.classroom import cohort, intake, notebooks
from creditlib.classroom.cohort import cohort_at
from creditlib.classroom.course import collect
from creditlib.errors import InputError


@pytest.fixture
def returned(tmp_path):
    """Write files into a returned folder: `returned({"张三.ipynb": data})`, oldest first."""

    def write(files):
        folder = tmp_path / "returned"
        for age, (name, data) in enumerate(files.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            os.utime(path, (1_700_000_000 + age, 1_700_000_000 + age))
        return folder

    return write


def zipped(path, files, **settings):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def submitted(school):
    return {
        path.parent.parent.name: path.read_bytes() for path in school.glob("submitted/*/*/*.ipynb")
    }


@pytest.mark.parametrize(
    ("file", "trainee"),
    [
        ("张三.ipynb", "张三"),
        ("zhangsan_tiny.ipynb", "zhangsan"),
        ("zhangsan-pages.ipynb", "zhangsan"),
        ("pages_李四.ipynb", "李四"),
        ("Li Si (1).ipynb", "Li Si"),
        ("王五 - 副本.ipynb", "王五"),
        ("赵六/pages.ipynb", "赵六"),
        ("赵六/我的作业.ipynb", "赵六"),
        ("tiny/钱七.ipynb", "钱七"),
        ("Aimée.ipynb", "Aimée"),  # as macOS writes it, in two characters
        ("pages.ipynb", ""),
        ("张三_作业4 (1).ipynb", "张三"),
        ("第四章作业-李四.ipynb", "李四"),
        ("王五 第四次作业 最终版.ipynb", "王五"),
        ("赵六的作业（2）.ipynb", "赵六"),
        ("hw4_Li Si.ipynb", "Li Si"),
        ("Ann Lee - assignment 4 final.ipynb", "Ann Lee"),
        ("钱七.ipynb.txt", "钱七"),
        ("孙八.ipynb.ipynb", "孙八"),
        ("新建文件夹 (2)/周九.ipynb", "周九"),
        ("吴十/Untitled1.ipynb", "吴十"),
        ("第五琴.ipynb", "第五琴"),  # a surname
        ("郑业.ipynb", "郑业"),
        ("Ann Finalay.ipynb", "Ann Finalay"),
        ("我的作业.ipynb", ""),
        ("Untitled.ipynb", ""),
        (".ipynb", ""),
    ],
)
def test_the_trainee_is_read_from_the_file_or_its_folder(file, trainee):
    other = intake.Returned(intake.PurePosixPath("someone.ipynb"))
    named = intake.name_trainees(
        [intake.Returned(intake.PurePosixPath(file)), other], "tiny", "pages"
    )
    assert named[0].trainee == trainee


@pytest.mark.parametrize(
    ("files", "trainees"),
    [
        (["class 7/张三.ipynb", "class 7/李四.ipynb"], ["张三", "李四"]),
        (["out/张三/pages.ipynb", "out/李四/pages.ipynb"], ["张三", "李四"]),
        (["out/张三/pages.ipynb"], ["张三"]),
        (["张三/pages.ipynb", "张三/draft.ipynb"], ["张三", "张三"]),
    ],
)
def test_a_folder_that_holds_everything_is_nobodys_name(files, trainees):
    found = [intake.Returned(intake.PurePosixPath(file)) for file in files]
    assert [one.trainee for one in intake.name_trainees(found, "tiny", "pages")] == trainees


def test_a_folder_of_notebooks_is_taken_in(school, returned, notebook, capsys):
    folder = returned(
        {"张三.ipynb": notebook(), "Li Si/pages.ipynb": notebook(), ".DS_Store": b"x"}
    )
    collect(school, "tiny", folder)
    assert submitted(school) == {"张三": notebook(), "Li Si": notebook()}
    said = capsys.readouterr().out
    assert "Collected from trainees: 2." in said
    assert "not taken" not in said
    assert "returned-problems" not in said


def test_one_notebook_can_be_collected_alone(school, returned, notebook):
    collect(school, "tiny", returned({"张三.ipynb": notebook()}) / "张三.ipynb")
    assert submitted(school) == {"张三": notebook()}


def test_what_is_no_notebook_is_listed_and_kept_and_stops_nothing(
    school, returned, notebook, capsys
):
    bad = {
        "李四.docx": b"PK word",
        "王五.ipynb": b"{ not json",
        "赵六.ipynb": b"[" * 100_000,
        "钱七.ipynb": b'{"cells": [], "nbformat": 4}',
        "孙八.zip": b"PK zip",
        "pages.ipynb": notebook(),
    }
    collect(school, "tiny", returned(bad | {"张三.ipynb": notebook()}))
    assert submitted(school) == {"张三": notebook()}
    kept = {path.name: path.read_bytes() for path in (school / "returned-problems/tiny").iterdir()}
    assert kept == bad
    said = capsys.readouterr().out
    assert "Files not taken: 6;" in said
    assert str(school / "returned-problems") in said
    for reason in (
        "not an .ipynb",
        "damaged",
        "not of this assignment",
        "a zip inside",
        "whose it is",
    ):
        assert reason in said


def test_of_two_notebooks_the_newest_is_taken_and_the_other_kept(
    school, returned, notebook, capsys
):
    collect(
        school, "tiny", returned({"张三.ipynb": notebook("old"), "张三 (1).ipynb": notebook("new")})
    )
    assert submitted(school) == {"张三": notebook("new")}
    assert (school / "returned-earlier/tiny/张三.ipynb").read_bytes() == notebook("old")
    said = capsys.readouterr().out
    assert "has a newer one, 张三 (1).ipynb" in said
    assert "if they are two people" in said


def test_what_was_saved_later_stands_when_an_old_folder_is_collected_again(
    school, returned, notebook, capsys
):
    folder = returned({"张三.ipynb": notebook("old"), "李四.ipynb": notebook("new")})
    collect(school, "tiny", folder)
    os.utime(folder / "李四.ipynb", (1_700_000_900, 1_700_000_900))
    (folder / "李四.ipynb").rename(folder / "张三.ipynb")
    collect(school, "tiny", folder)
    assert submitted(school)["张三"] == notebook("new")
    capsys.readouterr()
    collect(school, "tiny", returned({"张三.ipynb": notebook("old")}))
    assert submitted(school)["张三"] == notebook("new")
    assert (school / "returned-earlier/tiny/张三.ipynb").read_bytes() == notebook("old")
    assert "one saved later was taken before" in capsys.readouterr().out


def test_a_zip_that_knows_no_times_is_no_older_one(school, returned, tmp_path, notebook):
    collect(school, "tiny", returned({"张三.ipynb": notebook("first")}))
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("张三.ipynb"), notebook("second"))
    collect(school, "tiny", path)
    assert submitted(school) == {"张三": notebook("second")}


def test_a_notebook_of_another_assignment_is_none_of_this_one(returned, root):
    """All assignments begin and end with cells of the same names, which nobody answers."""
    pages = sorted((root / "solutions" / "zh").glob("*/*.md"))
    books = {page.parent.name: notebooks.from_markdown(page) for page in pages}
    folder = returned({f"{name}/张三.ipynb": book for name, book in books.items()})
    for name, book in books.items():
        questions = set(notebooks.answers_and_tests(json.loads(book)))
        found = intake.handed_back(folder, name, "张三", questions)
        taken = [str(one.file) for one in found if one.problem != "other_notebook"]
        assert taken == [f"{name}/张三.ipynb"]


def test_names_that_differ_in_a_space_or_a_capital_are_pointed_out(
    school, returned, notebook, capsys
):
    collect(school, "tiny", returned({"Zhang Min.ipynb": notebook(), "李四.ipynb": notebook()}))
    assert "one person" not in capsys.readouterr().out
    collect(school, "tiny", returned({"zhangmin.ipynb": notebook("another")}))
    assert "there is also “Zhang Min”: if they are one person" in capsys.readouterr().out
    assert {"Zhang Min", "zhangmin"} <= set(submitted(school))


def test_a_notebook_that_a_browser_saved_as_text_is_taken(school, returned, notebook):
    collect(school, "tiny", returned({"张三.ipynb.txt": notebook()}) / "张三.ipynb.txt")
    assert submitted(school) == {"张三": notebook()}


def test_an_empty_folder_is_one_sentence(school, tmp_path):
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError, match="holds no file; check the path"):
        collect(school, "tiny", tmp_path / "nothing")


def test_an_earlier_submission_is_kept_when_a_new_one_comes(school, returned, notebook, capsys):
    for note in ("first", "second", "third"):
        collect(school, "tiny", returned({"张三.ipynb": notebook(note)}))
    assert submitted(school) == {"张三": notebook("third")}
    earlier = school / "returned-earlier/tiny"
    assert (earlier / "张三.ipynb").read_bytes() == notebook("first")
    assert (earlier / "张三-2.ipynb").read_bytes() == notebook("second")
    collect(school, "tiny", returned({"张三.ipynb": notebook("third")}))
    assert "unchanged" in capsys.readouterr().out
    assert len(list(earlier.iterdir())) == 2


def test_a_name_that_nbgrader_cannot_keep_is_replaced_and_said(school, returned, notebook, capsys):
    collect(school, "tiny", returned({"a+b<script>.ipynb": notebook()}))
    assert set(submitted(school)) == {"a_b_script_"}
    assert "a+b<script>" in capsys.readouterr().out


def test_a_zip_from_chinese_windows_keeps_its_names(school, tmp_path, notebook):
    path = tmp_path / "作业.zip"
    raw = zipped(io.BytesIO(), {"XXXX/YYYY.ipynb": notebook(), "XXXX/ZZZZ.ipynb": notebook()})
    data = (
        raw.getvalue().replace(b"XXXX", "三班".encode("gbk")).replace(b"YYYY", "张三".encode("gbk"))
    )
    path.write_bytes(data.replace(b"ZZZZ", "李\u4e57".encode("gbk")))
    collect(school, "tiny", path)
    assert set(submitted(school)) == {"张三", "李\u4e57"}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("name", ["郑伟", "谢强", "钱颖", "李郑伟", "Li 郑伟"])
def test_a_name_in_gbk_that_passes_for_greek_or_hebrew_is_read_as_hanzi(
    name, encoding, school, tmp_path, notebook
):
    raw = zipped(io.BytesIO(), {"X" * len(name.encode(encoding)) + ".ipynb": notebook()}).getvalue()
    path = tmp_path / "a.zip"
    path.write_bytes(re.sub(b"X+(?=[.]ipynb)", name.encode(encoding), raw))
    collect(school, "tiny", path)
    assert set(submitted(school)) == {name}


@pytest.mark.parametrize("name", ["Aimée", "José Ñandú", "Nguyễn Hương", "Иван", "Ανθή"])
def test_a_name_in_another_script_stays_as_it_is(name, school, tmp_path, notebook):
    raw = zipped(io.BytesIO(), {"X" * len(name.encode()) + ".ipynb": notebook()}).getvalue()
    path = tmp_path / "a.zip"
    path.write_bytes(re.sub(b"X+(?=[.]ipynb)", name.encode(), raw))
    collect(school, "tiny", path)
    assert set(submitted(school)) == {name}


def test_a_folder_unpacked_from_chinese_windows_keeps_its_names(school, returned, notebook):
    folder = returned({"placeholder.ipynb": notebook()})
    (folder / "placeholder.ipynb").rename(folder / os.fsdecode("张三.ipynb".encode("gbk")))
    collect(school, "tiny", folder)
    assert set(submitted(school)) == {"张三"}


def test_a_problem_stands_until_that_trainee_hands_in_a_notebook(school, tmp_path, notebook):
    def problems():
        return [one["trainee"] for one in cohort.read_record(cohort_at(school), "tiny")["problems"]]

    collect(school, "tiny", zipped(tmp_path / "1.zip", {"李四.docx": b"x", "王五.pdf": b"x"}))
    collect(school, "tiny", zipped(tmp_path / "2.zip", {"李四.ipynb": notebook()}))
    assert problems() == ["王五"]
    both = {"赵六/pages.ipynb": notebook(), "赵六/说明.docx": b"x", "钱七.ipynb": b"x"}
    collect(school, "tiny", zipped(tmp_path / "3.zip", both))
    assert problems() == ["王五", "钱七"]
    assert (school / "returned-problems/tiny/赵六_说明.docx").exists()


def test_a_zip_from_macos_keeps_its_names_and_leaves_its_own_files_out(school, tmp_path, notebook):
    files = {"课/张三.ipynb": notebook(), "__MACOSX/课/._张三.ipynb": b"x", "课/.DS_Store": b"x"}
    collect(school, "tiny", zipped(tmp_path / "a.zip", files))
    assert set(submitted(school)) == {"张三"}
    assert not (school / "returned-problems").exists()


def test_a_zip_reaches_nothing_outside_and_brings_no_link(school, tmp_path, notebook, capsys):
    link = zipfile.ZipInfo("link.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../outside.ipynb", notebook())
        archive.writestr("/absolute.ipynb", notebook())
        archive.writestr("C:\\windows.ipynb", notebook())
        archive.writestr(link, "/etc/passwd")
        archive.writestr("张三.ipynb", notebook())
    before = {item for item in tmp_path.iterdir()}
    collect(school, "tiny", path)
    assert set(submitted(school)) == {"张三"}
    assert {item for item in tmp_path.iterdir()} == before
    said = capsys.readouterr().out
    assert said.count("leads outside") == 3
    assert said.count("a link, not a file") == 1


def test_a_link_in_a_folder_is_not_followed(school, returned, notebook, tmp_path, capsys):
    folder = returned({"张三.ipynb": notebook()})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "李四.ipynb").write_bytes(notebook())
    (folder / "李四.ipynb").symlink_to(tmp_path / "secret" / "李四.ipynb")
    (folder / "more").symlink_to(tmp_path / "secret")
    collect(school, "tiny", folder)
    assert set(submitted(school)) == {"张三"}
    assert capsys.readouterr().out.count("a link, not a file") == 2


def test_an_absurd_size_is_refused_however_small_it_is_packed(
    school, tmp_path, notebook, monkeypatch, capsys
):
    monkeypatch.setattr(intake, "LARGEST", 100_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("李四.ipynb", b"0" * 10_000_000)
        archive.writestr("张三.ipynb", notebook())
    collect(school, "tiny", path)
    assert set(submitted(school)) == {"张三"}
    assert "too large" in capsys.readouterr().out


def test_a_damaged_member_is_that_trainees_trouble(school, tmp_path, notebook, capsys):
    path = zipped(tmp_path / "a.zip", {"张三.ipynb": notebook(), "李四.ipynb": b"DAMAGE ME" * 9})
    path.write_bytes(path.read_bytes().replace(b"DAMAGE ME", b"damaged!!", 1))
    collect(school, "tiny", path)
    assert set(submitted(school)) == {"张三"}
    assert "cannot be read" in capsys.readouterr().out


def test_what_cannot_be_opened_is_one_sentence(school, tmp_path):
    (tmp_path / "a.rar").write_bytes(b"Rar!")
    with pytest.raises(InputError, match="give a folder, a zip file or one"):
        collect(school, "tiny", tmp_path / "a.rar")
    with pytest.raises(InputError, match="does not exist"):
        collect(school, "tiny", tmp_path / "nowhere")


def test_an_unknown_class_or_assignment_says_which_there_are(school, tmp_path):
    with pytest.raises(InputError, match="is not a class"):
        collect(tmp_path, "tiny", tmp_path)
    with pytest.raises(InputError, match="it has: tiny"):
        collect(school, "a9", tmp_path)
