"""What came of one request, and what that means: content, a redirect, a refusal, nothing, a failure."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import AbsentError, FetchError, ForeignError, RefusedError
from ingest.sites.challenge import challenge
from ingest.sites.hosts import shown

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ABSENT = frozenset({404, 410})
_REFUSALS = frozenset({401, 403, 429})
#: Answers that another try may better.
_PASSING = frozenset({429, 500, 502, 503, 504})
# ASP.NET says so with 500 when it was asked for what it does not have; asking again changes nothing.
_MISTAKES = (b"Web Service method name is not valid", b"Missing parameter")
_MISTAKE_WITHIN = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent. `media_type` is in lower case and without parameters, "" when there is none."""

    status: int
    body: bytes = b""
    media_type: str = ""
    location: str | None = None
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no answer. `passing` when another try may have one."""

    reason: str
    passing: bool = False


class Outcome(StrEnum):
    """What a request came to."""

    CONTENT = "content"
    MOVED = "moved"
    REFUSED = "refused"
    ABSENT = "absent"
    FOREIGN = "foreign"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means: `reason` is a phrase without the address; `again` when another try may help."""

    outcome: Outcome
    reason: str = ""
    again: bool = False
    by_robots: bool = False

    def error(self, address: str) -> FetchError:
        """Return the error that says so of `address`."""
        message = f"{shown(address)}: {self.reason}"
        if self.outcome is Outcome.REFUSED:
            return RefusedError(message, by_robots=self.by_robots)
        kinds = {Outcome.ABSENT: AbsentError, Outcome.FOREIGN: ForeignError}
        return kinds.get(self.outcome, FetchError)(message)


def verdict(answer: Answer | Trouble) -> Verdict:
    """Return what `answer` means."""
    if isinstance(answer, Trouble):
        return Verdict(Outcome.FAILED, answer.reason, again=answer.passing)
    status = answer.status
    if status in _REDIRECTS and answer.location is not None:
        return _moved(answer.location)
    if status in _ABSENT:
        return Verdict(Outcome.ABSENT, f"there is nothing at this address (it answers {status})")
    words = challenge(answer.body, answer.media_type)
    if words is not None:
        return Verdict(Outcome.REFUSED, f"shows a challenge page ({words})")
    if 200 <= status < 300:
        if not answer.body:
            return Verdict(Outcome.FAILED, "answers with nothing")
        return Verdict(Outcome.CONTENT)
    again = status in _PASSING and not (status == 500 and _is_mistake(answer.body))
    outcome = Outcome.REFUSED if status in _REFUSALS else Outcome.FAILED
    return Verdict(outcome, f"answers {status}", again)


def _moved(location: str) -> Verdict:
    path = location.partition("#")[0].partition("?")[0]
    if path.rpartition("/")[2].strip().lower() == "mgerror.aspx":
        return Verdict(Outcome.ABSENT, "there is nothing at this address (it leads to the site's error page)")
    return Verdict(Outcome.MOVED)


def _is_mistake(body: bytes) -> bool:
    return any(words in body[:_MISTAKE_WITHIN] for words in _MISTAKES)
