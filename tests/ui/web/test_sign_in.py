"""Only those who have signed in: by a password here, or by a proxy that names them."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher, extract_parameters
from itsdangerous import TimestampSigner

from corpus.errors import UsageError
from tests.ui.web.around import HASH, PASSWORD, PERSON, SECRET, around
from ui.web.access import doorkeeper
from ui.web.access.passwords import Passwords, hash_password
from ui.web.access.sessions import COOKIE, Sessions

USERS = {"fenn": HASH, "A. Okoro": HASH}
PAGES = [
    "/", "/?q=bandstand", "/answer.txt?q=bandstand", "/results.csv?q=bandstand", "/sign-out", "/config",
    "/gradio_api/config", "/gradio_api/info", "/gradio_api/queue/data", "/gradio_api/heartbeat/x",
    "/gradio_api/file=x", "/assets/index.js", "/theme.css", "/no/such/page", "//health", "/health/",
    "/healthy", "/sign-in/", "/sign-in/x", "/HEALTH", "/health%2f..%2f", "/minutes/health",
]  # fmt: skip
OTHER = {"X-Forwarded-For": "203.0.113.9"}


def cookie_of(response: httpx.Response) -> str:
    return response.headers["Set-Cookie"]


@pytest.mark.parametrize("root", ["", "/minutes"])
def test_without_a_session_a_person_is_led_to_sign_in_and_a_program_is_refused(root):
    with around(users=USERS, root=root) as site:
        for path in PAGES:
            if root and path == "/minutes/health":
                continue  # there, it is the sign of life
            led = site.get(root + path, headers=PERSON)
            assert (led.status_code, led.headers["Location"].partition("?")[0]) == (303, f"{root}/sign-in")
            refused = site.get(root + path)
            assert (refused.status_code, "sign in" in refused.json()["detail"]) == (401, True)
            assert "WWW-Authenticate" in refused.headers
        for path in ("/gradio_api/queue/join", "/gradio_api/call/ask", "/feedback", "/sign-out", "/"):
            assert site.post(root + path, headers=PERSON).status_code == 401


def test_the_sign_of_life_and_the_page_to_sign_in_on_are_open():
    with around(users=USERS) as site:
        assert site.get("/health").status_code == 200
        page = site.get("/sign-in?onward=/?q=bandstand", headers=PERSON)
        assert page.status_code == 200
        assert 'name="onward" value="/?q=bandstand"' in page.text
        policy = page.headers["Content-Security-Policy"]
        assert "form-action 'self'" in policy
        assert "script-src" not in policy
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"


def test_who_signs_in_goes_where_they_wanted_and_stays_signed_in():
    with around(users=USERS) as site:
        led = site.get("/page?q=why+%26+when&council=Ashmere", headers=PERSON)
        page = site.get(led.headers["Location"], headers=PERSON)
        (onward,) = re.findall(r'name="onward" value="([^"]*)"', page.text)
        signed = site.sign_in("A. Okoro", onward=onward.replace("&amp;", "&"))
        assert signed.status_code == 303
        assert signed.headers["Location"] == "/page?q=why+%26+when&council=Ashmere"
        assert site.get(signed.headers["Location"]).json()["reader"] == "A. Okoro"
        assert site.get("/answer.txt?q=bandstand").status_code == 200
        assert site.get("/sign-in?onward=/page", headers=PERSON).headers["Location"] == "/page"


def test_the_cookie_is_for_this_page_alone():
    with around(users=USERS) as site:
        cookie = cookie_of(site.sign_in())
        assert cookie.startswith(f"{COOKIE}=")
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert parts == {"httponly", "max-age=1209600", "path=/", "samesite=lax"}
        assert "Secure" in cookie_of(site.sign_in(headers={"X-Forwarded-Proto": "https"}))
    with around(users=USERS, root="/minutes", trusted_proxies=[], session_days=1) as site:
        signed = site.post(
            "/minutes/sign-in",
            {"name": "fenn", "password": PASSWORD, "onward": "/page"},
            headers={"X-Forwarded-Proto": "https"},
        )
        assert signed.headers["Location"] == "/minutes/page"
        assert "Path=/minutes" in cookie_of(signed)
        assert "Max-Age=86400" in cookie_of(signed)
        assert "Secure" not in cookie_of(signed)  # nobody to be believed has said so


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example", "//evil.example", "/\\evil.example", "evil.example", "", "javascript:alert(1)",
     "/\r\nX-Evil: 1", "/\tx", "/sign-out", "/sign-in?onward=/", "/ü", "/" + "x" * 9_000],
)  # fmt: skip
def test_nobody_is_led_elsewhere(onward):
    with around(users=USERS) as site:
        signed = site.sign_in(onward=onward)
        assert (signed.status_code, signed.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("fenn", "correct hors"),
        ("fenn", ""),
        ("fenn", "x" * 5_000),
        ("nobody", PASSWORD),
        ("", ""),
        ("Fenn", PASSWORD),
    ],
)
def test_a_wrong_name_or_password_lets_nobody_in_and_tells_nothing(name, password):
    with around(users=USERS) as site:
        page = site.sign_in(name, password, headers=PERSON)
        assert page.status_code == 403
        assert "This name and this password do not fit together." in page.text
        assert "Set-Cookie" not in page.headers
        assert password == "" or password not in page.text
        assert site.get("/").status_code == 401


def test_a_name_that_nobody_has_takes_the_same_work(monkeypatch):
    checked = []
    real = PasswordHasher.verify

    def verify(self, value, password):
        checked.append(extract_parameters(value))
        return real(self, value, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    passwords = Passwords(USERS)
    assert not passwords.fits("nobody", PASSWORD)
    assert not passwords.fits("fenn", "wrong")
    assert passwords.fits("fenn", PASSWORD)
    assert checked == [extract_parameters(HASH)] * 3


def test_letters_are_the_same_however_they_are_typed():
    made = hash_password("Möwe und mehr")
    assert made.startswith("$argon2id$")
    assert Passwords({"fenn": made}).fits("fenn", "Mo\u0308we und mehr")
    assert not Passwords({"fenn": made}).fits("fenn", "Mowe und mehr")


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1_001])
def test_a_password_that_can_be_guessed_is_refused(password):
    with pytest.raises(UsageError, match="a password has 8 to 1,000 characters"):
        hash_password(password)


def forged(value: str) -> list[str]:
    body, stamp, signature = value.rsplit(".", 2)
    return [
        "", "x", "..", value[:-1], f"{value}x", f"{body}.{stamp}.", f"{body[:-1]}.{stamp}.{signature}",
        f"{body}.{stamp[:-1]}x.{signature}", '["fenn","x"]', "\u00e9",
    ]  # fmt: skip


def test_a_cookie_that_was_not_made_here_is_none():
    sessions = Sessions(SECRET, USERS, 14)
    value = sessions.begin("fenn")
    assert sessions.holder(value) == "fenn"
    for other in forged(value):
        assert sessions.holder(other) is None
    assert Sessions(b"another secret of 32 characters!", USERS, 14).holder(value) is None


def test_a_session_ends_with_the_password_the_person_and_its_days(monkeypatch):
    value = Sessions(SECRET, USERS, 14).begin("fenn")
    assert Sessions(SECRET, {**USERS, "fenn": hash_password("another one")}, 14).holder(value) is None
    assert Sessions(SECRET, {"A. Okoro": HASH}, 14).holder(value) is None
    now = TimestampSigner(SECRET).get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now + 14 * 86_400 - 5)
    assert Sessions(SECRET, USERS, 14).holder(value) == "fenn"
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now + 14 * 86_400 + 5)
    assert Sessions(SECRET, USERS, 14).holder(value) is None


def test_who_signs_out_is_out():
    with around(users=USERS) as site:
        site.sign_in()
        page = site.get("/sign-out", headers=PERSON)
        assert "You have signed in as fenn." in page.text
        assert site.get("/").status_code == 200  # to look at that page is not to leave
        left = site.post("/sign-out")
        assert (left.status_code, left.headers["Location"]) == (303, "/sign-in")
        assert "Max-Age=0" in cookie_of(left)
        assert site.get("/").status_code == 401


def test_another_site_signs_nobody_in_or_out():
    evil = {"Origin": "https://evil.example"}
    with around(users=USERS) as site:
        assert site.sign_in(headers=evil).status_code == 403
        site.sign_in()
        assert site.post("/sign-out", headers=evil).status_code == 403
        assert site.get("/").status_code == 200


def test_what_comes_back_stays_out_of_shared_caches():
    with around(users=USERS) as site:
        site.sign_in()
        assert site.get("/page").headers["Cache-Control"] == "private, no-store"


def test_words_from_outside_stay_words():
    with around(users=USERS) as site:
        page = site.sign_in('"><script>x</script>', "wrong", onward='/"><b>')
        assert "<script>" not in page.text
        assert 'value="/&quot;&gt;&lt;b&gt;"' in page.text
        page = site.get("/sign-in", params={"onward": '/"><b>'})
        assert "<b>" not in page.text


@pytest.mark.parametrize("body", [b"x" * 20_000, b"name=fenn&" * 30])
def test_a_form_that_is_too_large_is_refused(body):
    with around(users=USERS) as site:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert site.client.post("/sign-in", content=body, headers=kind).status_code == 400
        assert site.client.post("/sign-in", json={"name": "fenn", "password": PASSWORD}).status_code == 400


def test_who_guesses_waits_and_others_do_not():
    with around(users=USERS) as site:
        for _ in range(doorkeeper.ADDRESS_AT_ONCE):
            assert site.sign_in(password="wrong").status_code == 403
        waiting = site.sign_in(headers=PERSON)
        assert waiting.status_code == 429
        assert 1 <= int(waiting.headers["Retry-After"]) <= doorkeeper.ADDRESS_SECONDS
        assert "Wrong passwords were sent too often; please wait" in waiting.text
        assert site.sign_in(headers=OTHER).status_code == 303


def test_many_guesses_at_once_are_no_more_than_one_by_one():
    with around(users=USERS) as site, ThreadPoolExecutor(16) as threads:
        tries = threads.map(lambda n: site.sign_in(password=f"wrong {n}").status_code, range(60))
        found = list(tries)
    assert found.count(403) == doorkeeper.ADDRESS_AT_ONCE
    assert found.count(429) == 60 - doorkeeper.ADDRESS_AT_ONCE


def test_a_name_is_not_guessed_from_many_addresses():
    with around(users=USERS) as site:
        found = [
            site.sign_in(password="wrong", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
            for n in range(doorkeeper.NAME_AT_ONCE + 5)
        ]
        assert found == [403] * doorkeeper.NAME_AT_ONCE + [429] * 5
        assert site.sign_in(headers=OTHER).status_code == 429
        assert site.sign_in("A. Okoro", headers=OTHER).status_code == 303


def test_one_address_alone_does_not_keep_the_owner_of_a_name_out():
    assert doorkeeper.ADDRESS_AT_ONCE < doorkeeper.NAME_AT_ONCE
    assert doorkeeper.ADDRESS_SECONDS > doorkeeper.NAME_SECONDS


def test_ten_people_behind_one_address_sign_in_every_morning():
    with around(users=USERS) as site:
        for _ in range(3 * doorkeeper.ADDRESS_AT_ONCE):
            assert site.sign_in().status_code == 303


HEADER: dict[str, Any] = {"trusted_header": "X-Remote-User"}


def test_whom_a_proxy_names_has_signed_in():
    with around(**HEADER) as site:
        assert site.get("/page", headers={"X-Remote-User": "fenn"}).json()["reader"] == "fenn"
        assert site.get("/page", headers={"x-remote-user": "A. Okoro"}).json()["reader"] == "A. Okoro"


def test_nobody_names_themselves():
    with around(**HEADER, trusted_proxies=["10.0.0.7"]) as site:
        refused = site.get("/page", headers={"X-Remote-User": "fenn", **PERSON})
        assert refused.status_code == 403
        assert "nobody is named here as signed in" in refused.text


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("X-Remote-User", "")],
        [("X-Remote-User", "fenn"), ("X-Remote-User", "okoro")],
        [("X_Remote_User", "fenn")],
        [("X-Remote-User", "x" * 201)],
        [("Cookie", f"{COOKIE}={Sessions(SECRET, USERS, 14).begin('fenn')}")],
    ],
    ids=["none", "empty", "two", "underscores", "long", "cookie"],
)
def test_a_proxy_that_names_nobody_lets_nobody_in(headers):
    with around(**HEADER) as site:
        for path in ("/", "/answer.txt?q=bandstand", "/gradio_api/config", "/sign-in/x"):
            assert site.client.get(path, headers=headers).status_code == 403
        assert site.get("/health").status_code == 200


def test_without_sign_in_everybody_is_nobody():
    with around() as site:
        assert site.get("/page", headers={"X-Remote-User": "fenn"}).json()["reader"] == ""
        assert site.get("/sign-in").json()["path"] == "sign-in"  # no such page: the stand-in answers
