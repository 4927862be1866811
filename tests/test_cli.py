"""The command line: every command can be reached, explains itself, and fails in one sentence."""

import importlib
import inspect
import subprocess
import sys

import pytest

from creditlib import cli, i18n


@pytest.fixture(autouse=True)
def _keep_the_language(monkeypatch):
    monkeypatch.setattr(i18n, "_chosen", "en")


@pytest.mark.parametrize("path", cli.COMMANDS)
def test_every_command_has_a_function_that_takes_its_arguments(path):
    does, arguments = cli.COMMANDS[path]
    module, _, function = does.partition(":")
    taken = inspect.signature(getattr(importlib.import_module(module), function)).parameters
    given = set()
    for name, *settings in arguments:
        default = name.lstrip("-").replace("-", "_")
        given.add(settings[0].get("dest", default) if settings else default)
    if path in cli.MAKES_AN_EDITION:
        given.add("lang")
    required = {name for name, one in taken.items() if one.default is inspect.Parameter.empty}
    assert required <= given <= set(taken)


@pytest.mark.parametrize("path", cli.COMMANDS)
@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_command_explains_itself_in_both_languages(path, lang, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([*path.split(), "--lang", lang, "--help"])
    assert stopped.value.code == 0
    about = i18n.text("cli." + path.replace(" ", "."), lang=lang)
    said = "".join(capsys.readouterr().out.split())
    assert "".join(about.split()) in said


@pytest.mark.parametrize("arguments", [["--lang", "fr"], ["--lang=fr", "data", "check"]])
def test_an_unknown_language_is_one_sentence_and_exit_status_1(arguments, capsys):
    assert cli.main(arguments) == 1
    said = capsys.readouterr().err
    assert said == "There is no edition in “fr”; choose one of: zh, en.\n"


def test_a_wrong_use_has_exit_status_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["class", "nothing"])
    assert stopped.value.code == 2


def test_a_users_mistake_is_one_sentence_without_a_traceback(tmp_path, capsys):
    assert cli.main(["class", "grade", str(tmp_path / "nowhere"), "a2-assessment"]) == 1
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert captured.err.count("\n") == 1
    assert "nowhere" in captured.err


def test_a_class_is_spoken_to_in_its_language_unless_one_is_chosen(tmp_path, monkeypatch, capsys):
    (tmp_path / "source").mkdir()
    (tmp_path / "class.json").write_text('{"language": "zh"}')
    for name in ("CREDITLIB_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for chosen, words in ((None, "没有"), ("en", "has no assignment")):
        monkeypatch.setattr(i18n, "_chosen", chosen)
        assert cli.main(["class", "grade", str(tmp_path), "a9"]) == 1
        assert words in capsys.readouterr().err


def test_a_reader_who_has_read_enough_ends_the_command_quietly():
    program = (
        "from creditlib import cli\nfrom creditlib.data.world import build\n"
        "build.check = lambda: print('row\\n' * 100_000)\n"
        "raise SystemExit(cli.main(['data', 'check']))"
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", program], **pipes) as running:
        running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 1


def test_a_failed_check_has_exit_status_1(monkeypatch):
    monkeypatch.setattr("creditlib.data.world.build.check", lambda: False)
    assert cli.main(["data", "check"]) == 1


@pytest.mark.parametrize("before", [True, False])
def test_the_language_may_stand_before_or_after_the_command(before, monkeypatch):
    given = {}
    monkeypatch.setattr("creditlib.classroom.book.build", lambda **options: given.update(options))
    command, lang = ["book"], ["--lang", "zh"]
    assert cli.main(lang + command if before else command + lang) == 0
    assert given == {"out": "_build", "lang": "zh"}
