"""The command: its options, and logging in to the page that it serves."""

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import app
from api.access import Users
from corpus.types import UserError

ROOT = Path(__file__).parents[1]


def test_a_busy_port_is_one_line_and_exit_2():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "app.py"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            encoding="utf-8",
            env=os.environ | {"CLAUSEWISE_PORT": port},
        )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1 and port in done.stderr


def test_a_password_is_hashed_for_the_file_of_users(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("密码\n"))
    with pytest.raises(SystemExit):
        app.read_settings(["--hash-password"])
    (tmp_path / "users").write_text(f"li:{capsys.readouterr().out}", encoding="utf-8")
    assert Users(tmp_path / "users").check("li", "密码")


def test_flags_outrank_the_environment(monkeypatch):
    monkeypatch.setenv("CLAUSEWISE_PORT", "8000")
    monkeypatch.setenv("CLAUSEWISE_UPLOADS", "no")
    settings = app.read_settings(["--port", "9000"])
    assert (settings.port, settings.uploads) == (9000, False)


def test_help_names_every_option_and_the_environment(capsys):
    with pytest.raises(SystemExit):
        app.read_settings(["--help"])
    said = capsys.readouterr().out
    assert all(f"--{name.replace('_', '-')}" in said for name in app.Settings.model_fields)
    assert "CLAUSEWISE_PORT" in said and "CLAUSEWISE_CHAT_API_KEY" in said


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--port", "many"], "--port: .*integer.*'many'"),
        (["--corpus", "nowhere"], "nowhere: no such folder"),
        (["--largest-upload", "0"], "--largest-upload"),
        (["--chat-model", "m", "--chat-timeout", "soon"], "'soon' is no number of seconds"),
        (["--chat-model", "m", "--chat-provider", "nobody"], "CLAUSEWISE_CHAT_PROVIDER"),
    ],
)
def test_a_wrong_value_is_one_line(arguments, said):
    with pytest.raises(UserError, match=said):
        app.read_settings(arguments).chat()


def test_the_language_model_is_set_by_flag_or_environment(monkeypatch):
    monkeypatch.setenv("CLAUSEWISE_CHAT_MODEL", "a")
    assert app.read_settings(["--chat-base-url", "http://127.0.0.1:1/v1"]).chat()
    monkeypatch.delenv("CLAUSEWISE_CHAT_MODEL")
    assert app.read_settings([]).chat() is None


def test_any_number_of_questions_on_this_machine_only():
    assert app.Settings().questions_a_minute == 0
    assert app.Settings(host="0.0.0.0").questions_a_minute == 600
    assert app.Settings(host="0.0.0.0", rate=5).questions_a_minute == 5
