import pytest

from corpus.errors import AbsentError, FetchError, RefusedError
from ingest.sites.answer import Answer, Outcome, Trouble, Verdict, verdict


@pytest.mark.parametrize(
    ("status", "outcome", "again"),
    [
        (200, Outcome.CONTENT, False),
        (203, Outcome.CONTENT, False),
        (304, Outcome.FAILED, False),
        (400, Outcome.FAILED, False),
        (401, Outcome.REFUSED, False),
        (403, Outcome.REFUSED, False),
        (404, Outcome.ABSENT, False),
        (410, Outcome.ABSENT, False),
        (418, Outcome.FAILED, False),
        (429, Outcome.REFUSED, True),
        (500, Outcome.FAILED, True),
        (501, Outcome.FAILED, False),
        (502, Outcome.FAILED, True),
        (503, Outcome.FAILED, True),
        (504, Outcome.FAILED, True),
    ],
)
def test_a_status_means(status, outcome, again):
    judged = verdict(Answer(status, b"something", "text/html"))

    assert (judged.outcome, judged.again) == (outcome, again)
    assert outcome is Outcome.CONTENT or str(status) in judged.reason


def test_a_body_of_nothing_is_no_content():
    assert verdict(Answer(200)) == Verdict(Outcome.FAILED, "answers with nothing")
    assert verdict(Answer(204)).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "words",
    [
        b"GetNews Web Service method name is not valid.",
        b"System.InvalidOperationException: Missing parameter: lId.",
    ],
)
def test_a_mistake_of_ours_is_not_repeated(words):
    judged = verdict(Answer(500, words, "text/plain"))

    assert (judged.outcome, judged.again) == (Outcome.FAILED, False)
    assert verdict(Answer(503, words, "text/plain")).again


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_on(status):
    assert verdict(Answer(status, location="/x")).outcome is Outcome.MOVED


def test_a_redirect_to_nowhere_fails():
    assert verdict(Answer(302)) == Verdict(Outcome.FAILED, "answers 302")


@pytest.mark.parametrize(
    "location", ["/mgError.aspx", "mgerror.aspx?aspxerrorpath=/x", "https://a.example/m/MGERROR.ASPX#top"]
)
def test_the_sites_error_page_means_there_is_nothing(location):
    assert verdict(Answer(302, location=location)).outcome is Outcome.ABSENT


@pytest.mark.parametrize("location", ["/x?from=/mgError.aspx", "/mgError.aspx/y", "/notmgError.aspx"])
def test_its_name_elsewhere_does_not(location):
    assert verdict(Answer(302, location=location)).outcome is Outcome.MOVED


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_a_challenge_is_a_refusal_whatever_its_status(status):
    judged = verdict(Answer(status, b"<html><title>Just a moment...</title>", "text/html"))

    assert judged == Verdict(Outcome.REFUSED, "shows a challenge page (Just a moment...)")


def test_trouble_is_a_failure():
    assert verdict(Trouble("refuses the connection", passing=True)) == Verdict(
        Outcome.FAILED, "refuses the connection", again=True
    )


@pytest.mark.parametrize(
    ("outcome", "error"),
    [(Outcome.REFUSED, RefusedError), (Outcome.ABSENT, AbsentError), (Outcome.FAILED, FetchError)],
)
def test_the_error_begins_with_the_address(outcome, error):
    raised = Verdict(outcome, "answers so").error("https://me:pw@a.example/x\n")

    assert type(raised) is error
    assert str(raised) == "https://a.example/x: answers so"


def test_a_refusal_tells_whether_robots_made_it():
    for by_robots in (True, False):
        raised = Verdict(Outcome.REFUSED, "no", by_robots=by_robots).error("x")
        assert isinstance(raised, RefusedError)
        assert raised.by_robots is by_robots
