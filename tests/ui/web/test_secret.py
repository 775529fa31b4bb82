import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from corpus.errors import SettingsError
from tests.ui.web.around import HASH
from ui.web.access import secret
from ui.web.access.secret import secret_of
from ui.web.services import Services
from ui.web.settings import WebSettings

USERS = WebSettings(users={"fenn": HASH})
ROOT = Path(__file__).parents[3]


def test_only_who_signs_people_in_by_password_has_a_secret(tmp_path):
    assert secret_of(tmp_path, WebSettings()) == b""
    assert secret_of(tmp_path, WebSettings(trusted_header="X-Remote-User")) == b""
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_and_nobody_else_can_read_it(tmp_path):
    data = tmp_path / "data"
    made = secret_of(data, USERS)
    assert len(made) >= 32
    assert secret_of(data, USERS) == made
    assert secret_of(tmp_path / "other", USERS) != made
    (file,) = data.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_processes_that_begin_at_once_have_the_same_secret(tmp_path):
    script = (
        "import sys; from pathlib import Path; from tests.ui.web.test_secret import USERS;"
        "from ui.web.access.secret import secret_of; sys.stdin.read();"
        "sys.stdout.write(secret_of(Path(sys.argv[1]), USERS).decode())"
    )
    begin: dict[str, Any] = {"cwd": ROOT, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], **begin) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    found = set()
    for process in processes:
        assert process.stdout is not None
        found.add(process.stdout.read())
        process.stdout.close()
        assert process.wait(60) == 0
    assert found == {secret_of(tmp_path, USERS).decode()}
    assert [path.name for path in tmp_path.iterdir()] == ["web.secret"]


def test_a_secret_that_another_process_has_made_meanwhile_stays(tmp_path):
    made = secret_of(tmp_path, USERS)
    secret._make(tmp_path / secret.FILE)
    assert secret_of(tmp_path, USERS) == made
    assert [path.name for path in tmp_path.iterdir()] == ["web.secret"]


def test_the_environment_goes_before_the_file(tmp_path):
    settings = USERS.model_copy(update={"secret": SecretStr("x" * 32)})
    assert secret_of(tmp_path, settings) == b"x" * 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_that_others_can_read_is_none(tmp_path, mode):
    secret_of(tmp_path, USERS)
    (tmp_path / "web.secret").chmod(mode)
    with pytest.raises(
        SettingsError, match=r"web\.secret may be read by others; run: chmod 600 .*web\.secret"
    ):
        secret_of(tmp_path, USERS)


def test_an_empty_file_is_named_with_the_remedy(tmp_path):
    (tmp_path / "web.secret").touch(0o600)
    with pytest.raises(SettingsError, match=r"web\.secret holds no secret; remove it"):
        secret_of(tmp_path, USERS)


def test_a_place_where_none_can_be_kept_is_named_with_the_remedy(tmp_path):
    (tmp_path / "data").write_text("a file, no folder")
    with pytest.raises(SettingsError, match=r"cannot be used .*set MINUTEBOOK_WEB__SECRET"):
        secret_of(tmp_path / "data", USERS)


def test_a_secret_is_no_part_of_what_is_printed():
    assert "secret of 32" not in repr(Services(USERS, secret=b"a secret of 32 characters, at least"))
