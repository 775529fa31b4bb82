"""The real command; the page that it serves has tests of its own."""

import os
import pty
import re
import select
import signal
import subprocess
from time import monotonic
from typing import Any

import pytest

from tests.ui.commanding import COMMAND, Minutebook
from tests.ui.web.around import HASH
from ui.library import Library
from ui.web import serving
from ui.web.access.passwords import Passwords
from ui.web_command import serve_page

PASSWORD = "correct horse"


@pytest.fixture
def minutebook(tmp_path) -> Minutebook:
    return Minutebook(tmp_path / "data")


def hashed(minutebook: Minutebook, typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "web", "hash-password"],
        env=minutebook._environment(),
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("typed", [f"{PASSWORD}\n", PASSWORD, f"{PASSWORD}\r\n", f"{PASSWORD}\nmore\n"])
def test_a_password_is_read_and_its_hash_is_printed(minutebook, typed):
    done = hashed(minutebook, typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\$argon2id\$\S+\n", done.stdout)
    assert Passwords({"fenn": done.stdout.strip()}).fits("fenn", PASSWORD)


def test_a_password_that_is_too_short_is_refused_in_one_line(minutebook):
    done = hashed(minutebook, "short\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "a password has 8 to 1,000 characters, this one 5; choose another\n"


def on_a_terminal(minutebook: Minutebook, *typed: str) -> tuple[int, str]:
    """Answer each question of the command as a person does; return its code and what was on the screen."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(COMMAND[0], [*COMMAND, "web", "hash-password"], minutebook._environment())
    shown, deadline = "", monotonic() + 60
    questions = [("Password: ", typed[0]), ("The same again: ", typed[1])]
    try:
        while monotonic() < deadline:
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                shown += os.read(terminal, 4_096).decode()
            except OSError:  # the other end is closed
                break
            if questions and shown.endswith(questions[0][0]):
                os.write(terminal, f"{questions.pop(0)[1]}\n".encode())
        else:
            os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    finally:
        os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown


def test_on_a_terminal_it_is_asked_for_twice_and_never_shown(minutebook):
    code, shown = on_a_terminal(minutebook, PASSWORD, PASSWORD)
    assert code == 0
    assert PASSWORD not in shown
    assert Passwords({"fenn": shown.split()[-1]}).fits("fenn", PASSWORD)


def test_on_a_terminal_a_slip_is_noticed(minutebook):
    code, shown = on_a_terminal(minutebook, PASSWORD, "correct house")
    assert code == 2
    assert "the two differ; try again" in shown
    assert "$argon2" not in shown


@pytest.fixture
def served(monkeypatch) -> list[dict[str, Any]]:
    """What would be served, and how."""
    calls: list[dict[str, Any]] = []

    def serve_library(library, host, port, *, root_path, ready):
        calls.append({"host": host, "port": port, "root_path": root_path})
        ready(f"http://{host}:{port}")

    monkeypatch.setattr(serving, "serve_library", serve_library)
    return calls


@pytest.mark.parametrize(
    ("host", "settings", "noted"),
    [
        (None, "", False),
        ("::1", "", False),
        ("0.0.0.0", "", True),
        ("192.168.1.5", "", True),
        (None, 'host = "0.0.0.0"', True),
        ("0.0.0.0", 'trusted_header = "X-Remote-User"', False),
        ("0.0.0.0", f'users = {{ fenn = "{HASH}" }}', False),
        ("127.0.0.1", 'host = "0.0.0.0"', False),
    ],
)
def test_who_opens_the_page_to_a_network_without_sign_in_is_told(
    tmp_path, served, capsys, host, settings, noted
):
    (tmp_path / "minutebook.toml").write_text(f"[web]\n{settings}\n")
    serve_page(Library.at(tmp_path), host, None, None)
    said = capsys.readouterr()
    assert said.out.startswith("Minutebook is at http://")
    expected = (
        f"Note: whoever reaches {host or '0.0.0.0'} can use the page; to let people sign in, set web.users\n"
    )
    assert said.err == (expected if noted else "")


def test_the_page_is_for_this_machine_unless_told_otherwise(tmp_path, served):
    serve_page(Library.at(tmp_path), None, None, None)
    (tmp_path / "minutebook.toml").write_text('[web]\nhost = "::1"\nport = 8000\nroot_path = "/a/"\n')
    serve_page(Library.at(tmp_path), None, None, None)
    serve_page(Library.at(tmp_path), "127.0.0.2", 0, "/b/")
    assert served == [
        {"host": "127.0.0.1", "port": 7860, "root_path": ""},
        {"host": "::1", "port": 8000, "root_path": "/a"},
        {"host": "127.0.0.2", "port": 0, "root_path": "/b"},
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--root-path", "minutes"), "--root-path: 'minutes' is no path; write it like /minutes"),
        (("--root-path", "//evil.example"), "--root-path"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_use_is_one_clear_line(minutebook, arguments, reason):
    done = minutebook("web", *arguments)
    assert (done.code, done.out) == (2, "")
    assert reason in done.err
    assert len(done.lines) == 1


def test_wrong_settings_are_one_clear_line(minutebook):
    with (minutebook.data / "minutebook.toml").open("a") as file:
        file.write('[web.users]\nfenn = "secret"\n')
    done = minutebook("web")
    assert (done.code, len(done.lines)) == (2, 1)
    assert "web.users.fenn: no hash of a password; make one with: minutebook web hash-password" in done.err
