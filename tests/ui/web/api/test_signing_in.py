"""Programs sign in by name and password with each request, and are limited as people are."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from tests.ui.web.around import HASH, PASSWORD, PERSON, around
from ui.web.access import doorkeeper
from ui.web.access.doorkeeper import Doorkeeper
from ui.web.access.passwords import hash_password

USERS = {"fenn": HASH, "A. Okoro": HASH}
FENN = ("fenn", PASSWORD)
WHY = {"question": "Why was the bandstand kept?"}
PATHS = [
    "/api/status",
    "/api/openapi.json",
    "/api/documents/ashmere-9",
    "/api/none",
    "/feed.atom?q=bandstand",
]
OTHER = {"X-Forwarded-For": "203.0.113.9"}


def test_a_program_signs_in_with_each_request():
    with around(users=USERS) as site:
        for path in PATHS:
            refused = site.get(path)
            assert refused.status_code == 401
            assert refused.headers["WWW-Authenticate"] == 'Basic realm="minutes", charset="UTF-8"'
            assert "HTTP Basic" in refused.json()["detail"]
            assert site.client.get(path, auth=FENN).status_code in (200, 404)
        assert site.client.post("/api/ask", json=WHY).status_code == 401
        assert site.client.post("/api/ask", json=WHY, auth=FENN).json()["answered"]
        assert site.client.get("/api/status", auth=("A. Okoro", PASSWORD)).status_code == 200
        assert site.get("/api/status").status_code == 401  # no session has begun


def test_a_person_who_has_signed_in_may_use_the_api_too():
    with around(users=USERS) as site:
        site.sign_in()
        assert site.get("/api/status").headers["Cache-Control"] == "private, no-cache"
        assert site.client.post("/api/ask", json=WHY).headers["Cache-Control"] == "no-store"


def test_below_api_a_person_is_told_so_and_not_led_elsewhere():
    with around(users=USERS) as site:
        told = site.get("/api/status", headers=PERSON)
        assert (told.status_code, told.headers["Content-Type"]) == (401, "application/problem+json")
        assert site.get("/feed.atom?q=pond", headers=PERSON).status_code == 303


def test_passwords_open_nothing_that_browsers_go_to():
    with around(users=USERS) as site:
        for path in ("/", "/page", "/answer.txt?q=bandstand", "/gradio_api/info", "/apix", "/feed.atomx"):
            assert site.client.get(path, auth=FENN).status_code == 401
        evil = {"Origin": "https://evil.example"}
        assert site.client.post("/api/ask", json=WHY, auth=FENN, headers=evil).status_code == 403


def basic(words: bytes) -> str:
    return f"Basic {b64encode(words).decode()}"


@pytest.mark.parametrize(
    "sent",
    [
        [""], ["Basic"], ["Basic x"], ["Basic ???"], [basic(b":")], [basic(b"fenn")],
        [basic(b":correct horse")], [basic(b"fenn:wrong")], [basic(b"Fenn:correct horse")],
        [basic(b"\xff:correct horse")], [basic(b"fenn:" + b"x" * 5_000)], [basic(b"nobody:correct horse")],
        ["Bearer fenn"], [basic(b"fenn:correct horse")] * 2, [basic(b"fenn\ncorrect horse:")],
    ],
    ids=str,
)  # fmt: skip
def test_what_fits_nobody_lets_nobody_in(sent):
    with around(users=USERS) as site:
        headers = [("Authorization", value) for value in sent]
        refused = site.client.get("/api/status", headers=headers)
        assert (refused.status_code, refused.headers["Content-Type"]) == (401, "application/problem+json")
        assert "WWW-Authenticate" in refused.headers


def test_letters_of_any_kind_stand_in_names_and_passwords():
    with around(users={"Möwe": hash_password("Möwe: und mehr")}) as site:
        headers = {"Authorization": basic("Möwe:Möwe: und mehr".encode())}
        assert site.get("/api/status", headers=headers).status_code == 200


def test_a_password_that_was_right_is_not_checked_again(monkeypatch):
    checked = []
    real = PasswordHasher.verify

    def verify(self, value, password):
        checked.append(password)
        return real(self, value, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    with around(users=USERS) as site, ThreadPoolExecutor(16) as threads:
        codes = threads.map(lambda _: site.client.get("/api/status", auth=FENN).status_code, range(60))
        assert set(codes) == {200}
        assert len(checked) == 1
        assert site.client.get("/api/status", auth=("fenn", "wrong")).status_code == 401
        assert site.client.get("/api/status", auth=("fenn", "wrong")).status_code == 401
        assert len(checked) == 3


def test_who_guesses_waits_here_and_on_the_page_together():
    with around(users=USERS) as site:
        half = doorkeeper.ADDRESS_AT_ONCE // 2
        for _ in range(half):
            assert site.client.get("/api/status", auth=("fenn", "wrong")).status_code == 401
            assert site.sign_in(password="wrong").status_code == 403
        waiting = site.client.get("/api/status", auth=FENN)
        assert (waiting.status_code, waiting.headers["Content-Type"]) == (429, "application/problem+json")
        assert "Wrong passwords were sent too often" in waiting.json()["detail"]
        assert int(waiting.headers["Retry-After"]) >= 1
        assert site.sign_in().status_code == 429
        assert site.client.get("/api/status", auth=FENN, headers=OTHER).status_code == 200
        # Who is known already is no guess, from wherever.
        assert site.client.get("/api/status", auth=FENN).status_code == 200


def test_only_so_many_passwords_are_remembered(monkeypatch):
    monkeypatch.setattr(doorkeeper, "KEPT", 2)
    import anyio

    async def main() -> None:
        keeper = Doorkeeper({name: HASH for name in "abc"})
        for name in "abcc":
            assert await keeper.knows(name, PASSWORD, "127.0.0.1")
        assert len(keeper._right) == 2
        assert not keeper._checking

    anyio.run(main)


def test_whom_a_proxy_names_may_use_the_api_and_nobody_else():
    with around(trusted_header="X-Remote-User") as site:
        assert site.get("/api/status", headers={"X-Remote-User": "fenn"}).status_code == 200
        refused = site.client.get("/api/status", auth=FENN)
        assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")
    with around(trusted_header="X-Remote-User", trusted_proxies=["10.0.0.7"]) as site:
        assert site.get("/api/status", headers={"X-Remote-User": "fenn"}).status_code == 403
