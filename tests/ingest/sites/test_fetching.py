import asyncio
import re
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, TypeVar

import pytest

from corpus.errors import AbsentError, FetchError, ForeignError, RefusedError
from ingest.sites.answer import Answer, Trouble
from ingest.sites.fetching import Doorbook, SourceFetch
from ingest.sites.manners import Manners, Patience
from ingest.sites.pace import Paces
from ingest.sites.site import Fetched

BASE = "https://democracy.ashmere.example/"
ROBOTS = BASE + "robots.txt"
PAGE = BASE + "ieListDocuments.aspx?MId=7"
T = TypeVar("T")
HELLO = Answer(200, b"hello", "text/html")


class FakeSite:
    """Answers from a table; of several answers it gives one after another, the last for ever."""

    def __init__(self, answers: dict[str, Answer | Trouble | list[Answer | Trouble]]) -> None:
        self.answers = {
            address: each if isinstance(each, list) else [each] for address, each in answers.items()
        }
        self.asked: list[str] = []
        self.slots: set[str] = set()
        self.paces: dict[str, float] = {}
        self.doorbook = Doorbook()

    async def __call__(self, address: str, *, slot: str, agent: str, most: int) -> Answer | Trouble:
        assert agent.startswith("Minutebook/")
        assert most > 0
        self.asked.append(address)
        self.slots.add(slot)
        await asyncio.sleep(0)
        left = self.answers.get(address, [Answer(404, b"no")])
        return left.pop(0) if len(left) > 1 else left[0]

    def fetch(
        self, base: str = BASE, hosts: tuple[str, ...] = (), waits: tuple[float, ...] = (0, 0)
    ) -> SourceFetch:
        manners = Manners(base, frozenset(hosts), pace=0.5)
        return SourceFetch(manners, self, Paces(self.paces.__setitem__), self.doorbook, Patience(waits=waits))


def run(work: Callable[[], Awaitable[T]]) -> T:
    async def bounded() -> T:
        async with asyncio.timeout(20):
            return await work()

    return asyncio.run(bounded())


def fetched(site: FakeSite, address: str = PAGE, **options) -> Fetched:
    return run(lambda: site.fetch(**options)(address))


def failure(site: FakeSite, address: str = PAGE, **options) -> Any:
    with pytest.raises(FetchError) as caught:
        fetched(site, address, **options)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_page_is_fetched_after_robots_txt():
    site = FakeSite({PAGE: HELLO})

    assert fetched(site) == Fetched(PAGE, b"hello", "text/html")
    assert site.asked == [ROBOTS, PAGE]
    assert site.slots == {"democracy.ashmere.example"}


def test_robots_txt_is_asked_for_once_however_many_ask_at_once():
    site = FakeSite({PAGE: HELLO, ROBOTS: Answer(200, b"User-agent: *\nDisallow: /x\n", "text/plain")})

    async def work() -> int:
        one, other = site.fetch(), site.fetch()
        await asyncio.gather(one(PAGE), one(PAGE), other(PAGE))
        return one.requests + other.requests

    assert run(work) == 4
    assert sorted(site.asked) == sorted([ROBOTS, PAGE, PAGE, PAGE])


def test_what_robots_txt_forbids_is_never_asked_for():
    site = FakeSite({PAGE: HELLO, ROBOTS: Answer(200, b"User-agent: *\nDisallow: /*MId=\n", "text/plain")})

    error = failure(site)

    assert isinstance(error, RefusedError)
    assert error.by_robots
    assert str(error) == f"{PAGE}: its robots.txt does not allow it"
    assert site.asked == [ROBOTS]


def test_a_session_in_the_path_hides_nothing_from_robots_txt():
    site = FakeSite({ROBOTS: Answer(200, b"User-agent: *\nDisallow: /mgAi\n", "text/plain")})

    assert failure(site, BASE + "(S(abcdefghijklmnopqrstuvwx))/mgAi.aspx?ID=1").by_robots


@pytest.mark.parametrize(
    "robots",
    [
        Answer(404, b"no"),
        Answer(410, b"no"),
        Answer(401, b"no"),
        Answer(403, b"<title>Just a moment...</title>", "text/html"),
        Answer(302, location="/mgError.aspx"),
        Answer(200, b""),
    ],
)
def test_where_there_is_no_robots_txt_there_are_no_rules(robots):
    site = FakeSite({PAGE: HELLO, ROBOTS: robots})

    assert fetched(site).body == b"hello"
    assert site.asked == [ROBOTS, PAGE]


@pytest.mark.parametrize(
    ("robots", "kind", "cause", "tries"),
    [
        (Answer(500, b"oh"), FetchError, r"answers 500, tried 3 times", 3),
        (Answer(503, b"oh"), FetchError, r"answers 503, tried 3 times", 3),
        (Answer(429, b"oh"), RefusedError, r"answers 429, tried 3 times", 3),
        (
            Answer(503, b"<title>Just a moment...</title>", "text/html"),
            RefusedError,
            "shows a challenge page",
            1,
        ),
        (Trouble("refuses the connection", passing=True), FetchError, "refuses the connection", 3),
        (Trouble("its certificate is not accepted"), FetchError, "its certificate is not accepted", 1),
        (
            Answer(302, location="https://www.ashmere.example/"),
            ForeignError,
            "redirects to https://www.ashmere",
            1,
        ),
        (
            Answer(
                200,
                b"".join(b"User-agent: %d\n" % n for n in range(5000)) + b"Disallow: /\n" * 5000,
                "text/plain",
            ),
            FetchError,
            "too many rules",
            1,
        ),
    ],
)
def test_where_it_cannot_be_read_nothing_is_fetched(robots, kind, cause, tries):
    site = FakeSite({PAGE: HELLO, ROBOTS: robots})

    error = failure(site)

    assert type(error) is kind
    assert not getattr(error, "by_robots", False)
    assert error.args[0].startswith(f"{PAGE}: its robots.txt cannot be read (")
    assert error.args[0].endswith("), so nothing may be fetched")
    assert re.search(cause, error.args[0])
    assert site.asked == [ROBOTS] * tries


def test_it_is_not_asked_for_again_after_that():
    site = FakeSite({ROBOTS: Answer(503, b"oh")})

    async def work() -> None:
        fetch = site.fetch(waits=())
        for _ in range(3):
            with pytest.raises(FetchError):
                await fetch(PAGE)

    run(work)

    assert site.asked == [ROBOTS]


def test_robots_txt_may_redirect_within_the_source():
    moved = BASE + "site/robots.txt"
    site = FakeSite(
        {ROBOTS: Answer(301, location=moved), moved: Answer(200, b"User-agent: *\nDisallow: /\n")}
    )

    assert failure(site).by_robots
    assert site.asked == [ROBOTS, moved]


@pytest.mark.parametrize(
    ("robots", "pace"),
    [
        (b"<html>Welcome</html>", {"democracy.ashmere.example": 1}),
        (b"%PDF\x00", {"democracy.ashmere.example": 1}),
        (b"User-agent: *\nDisallow:\n", {}),
        (b"User-agent: *\nCrawl-delay: 0.01\n", {}),
    ],
)
def test_only_what_is_no_robots_txt_slows_the_whole_slot(robots, pace):
    site = FakeSite({PAGE: HELLO, ROBOTS: Answer(200, robots, "text/plain")})

    fetched(site)

    assert site.paces == pace


def test_a_crawl_delay_holds_up_its_own_host_and_no_neighbour():
    slow, quick = "https://slow.moderngov.co.uk/", "https://quick.moderngov.co.uk/"
    site = FakeSite(
        {
            f"{slow}robots.txt": Answer(200, b"User-agent: *\nCrawl-delay: 0.2\n", "text/plain"),
            f"{slow}a": HELLO,
            f"{slow}b": HELLO,
            f"{quick}a": HELLO,
            f"{quick}b": HELLO,
        }
    )
    times = {}

    async def visit(base: str) -> None:
        fetch, started = site.fetch(base), monotonic()
        await fetch(f"{base}a")
        await fetch(f"{base}b")
        times[base] = monotonic() - started

    async def both() -> None:
        await asyncio.gather(visit(slow), visit(quick))

    run(both)

    assert times[slow] >= 0.4
    assert times[quick] < 0.2
    assert site.slots == {"moderngov.co.uk"}


def test_a_delay_that_nobody_can_keep_to_is_a_refusal_and_slows_no_neighbour():
    site = FakeSite({PAGE: HELLO, ROBOTS: Answer(200, b"User-agent: *\nCrawl-delay: 61\n", "text/plain")})

    error = failure(site)

    assert error.by_robots
    assert "61 s between two requests" in str(error)
    assert site.asked == [ROBOTS]
    assert site.paces == {}


def test_a_redirect_is_followed_within_the_source():
    site = FakeSite({PAGE: Answer(302, location="/mgAi.aspx?ID=1"), BASE + "mgAi.aspx?ID=1": HELLO})

    assert fetched(site).url == BASE + "mgAi.aspx?ID=1"


def test_a_redirect_to_a_further_host_asks_that_ones_robots_txt():
    other = "https://minutes3.ashmere.example/x"
    site = FakeSite(
        {
            PAGE: Answer(302, location=other),
            other: HELLO,
            "https://minutes3.ashmere.example/robots.txt": Answer(200, b"User-agent: *\nDisallow: /x\n"),
        }
    )

    error = failure(site, hosts=("minutes3.ashmere.example",))

    assert error.by_robots
    assert other not in site.asked


def test_plain_and_secure_are_one_host_with_one_robots_txt():
    plain = "http://democracy.tarnwick.example/"
    secure = "https://democracy.tarnwick.example/"
    site = FakeSite(
        {
            plain + "x": Answer(301, location=secure + "x"),
            plain + "robots.txt": Answer(301, location=secure + "robots.txt"),
            secure + "x": HELLO,
        }
    )

    assert fetched(site, plain + "x", base=plain).url == secure + "x"
    assert site.asked == [plain + "robots.txt", secure + "robots.txt", plain + "x", secure + "x"]


@pytest.mark.parametrize(
    "location",
    [
        "https://www.ashmere.example/",
        "https://democracy.ashmere.example:8443/",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "https://democracy.ashmere.example@evil.example/",
        "//evil.example/x",
        "https://[::1/",
    ],
)
def test_a_redirect_out_of_the_source_is_not_followed(location):
    site = FakeSite({PAGE: Answer(302, location=location)})

    error = failure(site)

    assert type(error) is ForeignError
    assert str(error).startswith(f"{PAGE}: redirects to ")
    assert str(error).endswith(", which is not one of its hosts")
    assert site.asked == [ROBOTS, PAGE]


def test_an_endless_redirect_ends():
    site = FakeSite({PAGE: Answer(302, location=PAGE)})

    assert "redirects more than 5 times" in str(failure(site))
    assert site.asked == [ROBOTS] + [PAGE] * 6


def test_a_session_in_the_path_is_kept_for_the_request_and_not_for_the_reader():
    inside = BASE + "(X(1)S(abcdefghijklmnopqrstuvwx))/ieListDocuments.aspx?MId=7"
    site = FakeSite({PAGE: Answer(302, location=inside), inside: HELLO})

    assert fetched(site).url == PAGE
    assert site.asked == [ROBOTS, PAGE, inside]


def test_the_error_page_is_absence():
    site = FakeSite({PAGE: Answer(302, location="/MGERROR.aspx?aspxerrorpath=/x")})

    assert isinstance(failure(site), AbsentError)
    assert site.asked == [ROBOTS, PAGE]


def test_what_is_not_there_is_asked_for_once():
    site = FakeSite({})

    assert isinstance(failure(site), AbsentError)
    assert site.asked == [ROBOTS, PAGE]


@pytest.mark.parametrize(
    "passing", [Answer(503, b"oh"), Answer(429, b"oh"), Trouble("refuses", passing=True)]
)
def test_what_passes_is_tried_again(passing):
    site = FakeSite({PAGE: [passing, passing, HELLO]})

    assert fetched(site).body == b"hello"
    assert site.asked == [ROBOTS, PAGE, PAGE, PAGE]


@pytest.mark.parametrize(
    ("answer", "kind", "words", "tries"),
    [
        (Answer(503, b"oh"), FetchError, "answers 503, tried 3 times", 3),
        (Answer(429, b"oh"), RefusedError, "answers 429, tried 3 times", 3),
        (Answer(403, b"oh"), RefusedError, "answers 403", 1),
        (Answer(500, b"Missing parameter: lMeetingId."), FetchError, "answers 500", 1),
        (
            Answer(200, b"<title>Azure WAF</title>", "text/html"),
            RefusedError,
            "shows a challenge page (Azure WAF)",
            1,
        ),
        (Answer(200), FetchError, "answers with nothing", 1),
        (Answer(302), FetchError, "answers 302", 1),
        (Trouble("is larger than 10 MB"), FetchError, "is larger than 10 MB", 1),
        (Trouble("refuses", passing=True), FetchError, "refuses, tried 3 times", 3),
    ],
)
def test_what_does_not_pass_is_named(answer, kind, words, tries):
    site = FakeSite({PAGE: answer})

    error = failure(site)

    assert type(error) is kind
    assert str(error) == f"{PAGE}: {words}"
    assert not getattr(error, "by_robots", False)
    assert site.asked == [ROBOTS] + [PAGE] * tries


def test_a_long_retry_after_ends_it_at_once():
    site = FakeSite({PAGE: Answer(503, b"oh", retry_after="3600")})

    assert "answers 503 and asks not to be visited again before 2" in str(failure(site))
    assert site.asked == [ROBOTS, PAGE]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://evil.example/x", "is on evil.example, which is not one of the hosts of its source"),
        ("file:///etc/passwd", "is not an http or https address"),
        ("https://a:b@democracy.ashmere.example/", "carries a user name, which is never sent"),
    ],
)
def test_an_address_outside_the_source_is_never_asked_for(address, words):
    site = FakeSite({})

    assert str(failure(site, address)).endswith(f": {words}")
    assert site.asked == []


def test_a_link_to_http_on_a_secure_source_goes_over_https():
    site = FakeSite({PAGE: HELLO})

    assert fetched(site, PAGE.replace("https:", "http:")).url == PAGE
