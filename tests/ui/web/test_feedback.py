"""What readers say, over a real server into a real file."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from index.records import Filters
from tests.ui.web.around import HASH, PERSON, around
from tests.ui.web.fake import BANDSTAND_ANSWER, SILENCE
from ui.feedback import store
from ui.feedback.records import LONGEST_NOTE, Verdict, shown_of
from ui.feedback.store import FeedbackStore
from ui.feedback.wire import write_shown
from ui.web import feedback

SHOWN = write_shown(shown_of(BANDSTAND_ANSWER))
FORM = {
    "verdict": "wrong source",
    "note": "  It is the pond. \n“Möwe” 🐟  ",
    "address": "?q=Why+was+the+bandstand+kept%3F&council=Ashmere&from=2026-01-01",
    "shown": SHOWN,
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "feedback.sqlite3"


def test_what_a_reader_says_is_kept_with_what_was_shown(path):
    before = datetime.now(UTC) - timedelta(seconds=1)
    with around(feedback=path) as site:
        kept = site.post("/feedback", FORM)
        assert (kept.status_code, kept.json()) == (200, {"kept": True})
    (said,) = FeedbackStore(path).all()
    assert (said.verdict, said.question) == (Verdict.WRONG_SOURCE, "Why was the bandstand kept?")
    assert said.note == "It is the pond. \n“Möwe” 🐟"
    assert said.filters == Filters(council="Ashmere", date_from="2026-01-01")
    assert said.shown == shown_of(BANDSTAND_ANSWER)
    assert before < datetime.fromisoformat(said.given_at) <= datetime.now(UTC)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_may_be_given_without_a_note_and_to_silence(path, verdict):
    form = {**FORM, "verdict": verdict.value, "shown": write_shown(shown_of(SILENCE))}
    form.pop("note")
    with around(feedback=path) as site:
        assert site.post("/feedback", form).status_code == 200
    (said,) = FeedbackStore(path).all()
    assert (said.verdict, said.note, said.shown.answered) == (verdict, "", False)


def test_a_person_is_thanked_on_a_page(path):
    with around(feedback=path) as site:
        page = site.post("/feedback", FORM, headers=PERSON)
        assert (page.status_code, "<h1>Thank you</h1>" in page.text) == (200, True)


def test_nothing_is_kept_of_who_said_it(path):
    who = {"X-Forwarded-For": "203.0.113.9", "User-Agent": "Netscape", "X-Remote-User": "okoro"}
    with around(feedback=path, trusted_header="X-Remote-User") as site:
        assert site.post("/feedback", FORM, headers=who).status_code == 200
    with closing(sqlite3.connect(path)) as db:
        everything = "".join(db.iterdump())
    assert "bandstand" in everything
    for trace in ("203.0.113.9", "127.0.0.1", "Netscape", "okoro"):
        assert trace not in everything


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"verdict": ""}, "choose one of: right, wrong, wrong source, missing"),
        ({"verdict": "nice"}, "choose one of"),
        ({"note": "x" * (LONGEST_NOTE + 1)}, "the note has 2,001 characters; shorten it to 2,000"),
        ({"address": ""}, "there is no question"),
        ({"address": "?council=Ashmere"}, "there is no question"),
        ({"address": "?q=" + "x" * 2_500}, "there is no question"),
        ({"shown": ""}, "load the page anew"),
        ({"shown": '{"generation": 1}'}, "load the page anew"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_line(path, changed, reason):
    with around(feedback=path) as site:
        refused = site.post("/feedback", FORM | changed)
        assert refused.status_code == 400
        assert reason in refused.json()["detail"]
    assert not path.exists()


def test_more_than_a_form_holds_is_refused(path):
    with around(feedback=path) as site:
        refused = site.post("/feedback", FORM | {"note": "x" * feedback.MOST_BYTES})
        assert refused.status_code == 413
        assert "100,000 bytes" in refused.json()["detail"]
        assert site.client.post("/feedback", json=FORM).status_code == 400
    assert not path.exists()


def test_a_page_of_another_site_says_nothing_here(path):
    with around(feedback=path) as site:
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert site.post("/feedback", FORM, headers=headers).status_code == 403
        assert site.post("/feedback", FORM, headers={"Origin": site.url}).status_code == 200
        assert (
            site.get("/feedback").status_code == 200
        )  # no address of ours: the stand-in of the page answers
    assert len(FeedbackStore(path).all()) == 1


def test_who_has_not_signed_in_says_nothing(path):
    with around(feedback=path, users={"fenn": HASH}) as site:
        assert site.post("/feedback", FORM).status_code == 401
        site.sign_in()
        assert site.post("/feedback", FORM).status_code == 200


def test_one_address_says_so_much_and_no_more(path):
    with around(feedback=path) as site:
        found = [site.post("/feedback", FORM).status_code for _ in range(feedback.AT_ONCE + 2)]
        assert found == [200] * feedback.AT_ONCE + [429, 429]
        assert site.post("/feedback", FORM, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


def test_ten_people_say_something_at_once(path):
    with around(feedback=path) as site, ThreadPoolExecutor(10) as people:
        said = people.map(lambda n: site.post("/feedback", FORM | {"note": f"{n}"}).status_code, range(25))
        assert set(said) == {200}
    assert {one.note for one in FeedbackStore(path).all()} == {str(n) for n in range(25)}


def test_a_file_that_cannot_be_written_is_said_and_the_page_lives_on(path, monkeypatch):
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    FeedbackStore(path).all()
    with around(feedback=path) as site:
        assert site.post("/feedback", FORM).status_code == 200
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            refused = site.post("/feedback", FORM)
            assert refused.status_code == 503
            assert "nothing can be kept at the moment" in refused.json()["detail"]
            assert site.get("/answer.txt?q=bandstand").status_code == 200
        assert site.post("/feedback", FORM).status_code == 200


def test_where_nothing_is_kept_nobody_is_asked():
    with around() as site:
        assert site.post("/feedback", FORM).json()["path"] == "feedback"  # the stand-in of the page answers


def test_where_the_broken_file_lies_is_told_in_the_log_only(path, caplog):
    path.write_bytes(b"no database " * 1_000)
    with around(feedback=path) as site:
        refused = site.post("/feedback", FORM)
    assert refused.status_code == 503
    assert "nothing can be kept at the moment" in refused.text
    assert str(path.parent) not in refused.text
    assert str(path) in caplog.text
