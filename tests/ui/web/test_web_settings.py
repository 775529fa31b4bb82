from pathlib import Path

import pytest

from corpus.errors import SettingsError
from ui.settings import load_settings

#: Of "correct horse"; cheap to check.
HASH = "$argon2id$v=19$m=8,t=1,p=1$aed5ZbaK84rmEuRq731uJg$/vw8fXWOrocfPpU1qJWMNrW1xBjLM/s3od3+KUGfp9Q"


def write(folder: Path, text: str) -> Path:
    (folder / "minutebook.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_word_the_page_is_open_to_this_machine_only(tmp_path):
    web = load_settings(tmp_path).web
    assert (web.host, web.users, web.trusted_header, web.needs_sign_in) == ("127.0.0.1", {}, "", False)
    assert web.trusted_proxies == ("127.0.0.1/32", "::1/128")


def test_everything_is_read(tmp_path):
    web = load_settings(
        write(
            tmp_path,
            f"""
            [web]
            host = "0.0.0.0"
            root_path = "/minutes/"
            allowed_hosts = ["Minutes.example.org"]
            trusted_proxies = ["10.0.0.7", "10.1.0.9/24", "fd00::/8"]
            session_days = 1
            requests_per_minute = 0
            requests_at_once = 3
            [web.users]
            fenn = "{HASH}"
            "A. Okoro" = "{HASH}"
            """,
        )
    ).web
    assert web.root_path == "/minutes"
    assert web.allowed_hosts == ("minutes.example.org",)
    assert web.trusted_proxies == ("10.0.0.7/32", "10.1.0.0/24", "fd00::/8")
    assert web.users == {"fenn": HASH, "A. Okoro": HASH}
    assert (web.session_days, web.requests_per_minute, web.requests_at_once) == (1, 0, 3)
    assert web.needs_sign_in


def test_a_header_of_a_proxy_is_a_way_in(tmp_path):
    web = load_settings(write(tmp_path, "[web]\ntrusted_header = 'X-Remote-User'")).web
    assert web.needs_sign_in


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("root_path = 'minutes'", "web.root_path: 'minutes' is no path; write it like /minutes"),
        ("root_path = '/a/../b'", "web.root_path"),
        ("root_path = '//evil.example'", "web.root_path"),
        ("root_path = '/a b'", "web.root_path"),
        ("root_path = 'https://minutes.example'", "web.root_path"),
        ("allowed_hosts = ['https://minutes.example']", "web.allowed_hosts.0"),
        ("allowed_hosts = ['minutes.example:443']", "without port"),
        ("allowed_hosts = ['']", "web.allowed_hosts.0"),
        ("trusted_proxies = ['proxy.example']", "web.trusted_proxies.0: 'proxy.example' is no address"),
        ("trusted_proxies = ['0.0.0.0/0']", "is everybody"),
        ("trusted_proxies = ['::/0']", "is everybody"),
        ("trusted_header = 'X Remote User'", "web.trusted_header"),
        ("trusted_header = 'X_Remote_User'", "web.trusted_header"),
        ("trusted_header = 'X-Remote-User'\ntrusted_proxies = []", "trusted_header needs trusted_proxies"),
        (f"trusted_header = 'X-Remote-User'\nusers = {{ fenn = '{HASH}' }}", "remove one of them"),
        ("users = { fenn = 'secret' }", "web.users.fenn: no hash of a password; make one with: minutebook"),
        (f"users = {{ '' = '{HASH}' }}", "a name has 1 to 100 letters"),
        (f"users = {{ ' fenn' = '{HASH}' }}", "a name has 1 to 100 letters"),
        (f"users = {{ \"fe\\nnn\" = '{HASH}' }}", "a name has 1 to 100 letters"),
        ("session_days = 0", "web.session_days"),
        ("requests_per_minute = -1", "web.requests_per_minute"),
        ("requests_at_once = 0", "web.requests_at_once"),
        ("user = {}", "web.user is no setting"),
        ("secret = 'abcdefghijklmnopqrstuvwxyz0123456789'", "web.secret stands in the environment only"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(tmp_path, text, named):
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, f"[web]\n{text}"))
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "abcdefghij" not in str(caught.value)


def test_the_secret_comes_from_the_environment_and_is_never_shown(tmp_path, monkeypatch):
    secret = "a secret of more than 32 characters"
    monkeypatch.setenv("MINUTEBOOK_WEB__SECRET", secret)
    settings = load_settings(tmp_path)
    assert settings.web.secret.get_secret_value() == secret
    assert secret not in repr(settings)


def test_a_secret_that_could_be_guessed_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("MINUTEBOOK_WEB__SECRET", "hunter2")
    with pytest.raises(SettingsError, match=r"web\.secret: a secret has 32 characters or more") as caught:
        load_settings(tmp_path)
    assert "hunter2" not in str(caught.value)
