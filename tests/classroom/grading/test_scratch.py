"""Nothing of a scratch folder stays, whatever a run left in it."""

import os

import pytest

from creditlib.classroom.grading import scratch


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A scratch folder, in which the test is."""
    made = tmp_path / "scratch"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def test_folders_deeper_than_a_path_can_say_are_removed(folder):
    for _ in range(3_000):
        os.mkdir("in")
        os.chdir("in")
        open("file", "w").close()
    os.chdir(folder)
    scratch.remove(folder)
    assert not os.path.lexists(folder)


def test_what_nobody_may_read_is_removed_and_what_a_link_leads_to_stays(folder):
    kept = folder.with_name("kept")
    kept.write_text("kept")
    os.mkdir("closed", 0o300)
    os.mkdir("closed/inner")
    os.chmod("closed/inner", 0)
    os.mkdir("0")
    os.mkfifo("fifo")
    os.symlink("..", "away")
    os.symlink(kept, "closed/away")
    open(b"\xff\n", "w").close()
    scratch.remove(folder)
    assert not os.path.lexists(folder)
    assert kept.read_text() == "kept"


def test_a_folder_that_is_gone_is_no_trouble(folder):
    scratch.remove(folder / "gone")
    assert folder.exists()
