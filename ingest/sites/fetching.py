"""The polite visitor of one source: within its hosts, its robots.txt and its pace."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

from ingest.sites.answer import Answer, Outcome, Trouble, Verdict, verdict
from ingest.sites.hosts import place_of, without_session
from ingest.sites.manners import PACE, Manners, Patience, user_agent
from ingest.sites.pace import Paces, slot
from ingest.sites.retrying import TooLongError, wait
from ingest.sites.robots import LONGEST_DELAY, Robots, read_robots
from ingest.sites.site import PAGE_BYTES, Fetched

#: So many redirects in a row are followed.
_MOST_REDIRECTS = 5
#: A robots.txt may be longer than what counts of it.
_ROBOTS_MOST = PAGE_BYTES


class Send(Protocol):
    """Sends one request when its slot is free, and returns what came of it, whatever the site does."""

    async def __call__(self, address: str, *, slot: str, agent: str, most: int) -> Answer | Trouble:
        """Return the answer, of at most so many bytes."""
        ...


class Doorbook:
    """What all visits of one run know about hosts: each one's robots.txt is asked for once.

    A Crawl-delay is kept for the host that asks for it, beside the pace of its slot: one council that wants
    half a minute between requests must not hold up all others on its vendor's machines.
    """

    def __init__(self) -> None:
        self._known: dict[str, Robots | Verdict] = {}
        self._asking: dict[str, asyncio.Lock] = {}
        self._turn: dict[str, asyncio.Lock] = {}
        self._rested: dict[str, float] = {}

    async def at(self, place: str, ask: Callable[[], Awaitable[Robots | Verdict]]) -> Robots | Verdict:
        """Return the rules of the host `place`, or why they cannot be read; `ask` is called once."""
        async with self._asking.setdefault(place, asyncio.Lock()):
            if place not in self._known:
                self._known[place] = await ask()
                self._rest(place)  # to ask for it was a request like any other
            return self._known[place]

    @asynccontextmanager
    async def turn(self, place: str) -> AsyncIterator[None]:
        """Wait until `place` has rested as long as it asks for; inside is the one request to it."""
        async with self._turn.setdefault(place, asyncio.Lock()):
            await asyncio.sleep(max(0.0, self._rested.get(place, 0.0) - monotonic()))
            try:
                yield
            finally:
                self._rest(place)

    def _rest(self, place: str) -> None:
        robots = self._known.get(place)
        self._rested[place] = monotonic() + (robots.delay if isinstance(robots, Robots) else 0.0)


class SourceFetch:
    """Fetches from one source: a `Fetch` of `ingest.sites.site`.

    Attributes:
        requests: how many requests it has sent, robots.txt and redirects and further tries included.
    """

    def __init__(
        self, manners: Manners, send: Send, paces: Paces, doorbook: Doorbook, patience: Patience
    ) -> None:
        self.requests = 0
        self._hosts = manners.own_hosts()
        self._agent = user_agent(manners.contact)
        self._send = send
        self._paces = paces
        self._doorbook = doorbook
        self._patience = patience

    async def __call__(self, address: str, *, most: int = PAGE_BYTES) -> Fetched:
        """Return what stands at `address`, at most so many bytes.

        Raises:
            RefusedError: the site does not want it: robots.txt, 401, 403, 429 to the last try, a challenge.
            AbsentError: there is no such thing: 404, 410, a redirect to mgError.aspx.
            ForeignError: an address or a redirect out of the source's hosts.
            FetchError: no answer in time, 5xx to the last try, a bad certificate, an empty or too large
                answer.
        """
        try:
            at = self._hosts.own(address)
        except ValueError as stray:
            raise Verdict(Outcome.FOREIGN, str(stray)).error(address) from stray
        at, answer, judged = await self._follow(at, most, self._permit)
        if judged.outcome is not Outcome.CONTENT:
            raise judged.error(address)
        assert isinstance(answer, Answer)
        return Fetched(without_session(at), answer.body, answer.media_type)

    async def _follow(
        self, at: str, most: int, permit: Callable[[str], Awaitable[Verdict | None]]
    ) -> tuple[str, Answer | Trouble | None, Verdict]:
        """Return what `at` comes to after redirects: where that was, the answer, and what it means."""
        for _ in range(1 + _MOST_REDIRECTS):
            objection = await permit(at)
            if objection is not None:
                return at, None, objection
            answer, judged = await self._try(at, most)
            if judged.outcome is not Outcome.MOVED:
                return at, answer, judged
            assert isinstance(answer, Answer)
            try:
                at = self._hosts.followed(at, answer.location or "")
            except ValueError as stray:
                return at, answer, Verdict(Outcome.FOREIGN, str(stray))
        return at, answer, Verdict(Outcome.FAILED, f"redirects more than {_MOST_REDIRECTS} times in a row")

    async def _try(self, at: str, most: int) -> tuple[Answer | Trouble, Verdict]:
        """Ask for `at` until there is an answer that another try would not better."""
        failures = 0
        while True:
            self.requests += 1
            async with self._doorbook.turn(place_of(at)):
                answer = await self._send(at, slot=slot(at), agent=self._agent, most=most)
            judged = verdict(answer)
            if not judged.again:
                return answer, judged
            failures += 1
            asked = answer.retry_after if isinstance(answer, Answer) else None
            try:
                seconds = wait(self._patience, failures, asked, datetime.now(UTC))
            except TooLongError as too_long:
                return answer, replace(judged, reason=f"{judged.reason} and {too_long}")
            if seconds is None:
                tries = f", tried {failures} times" if failures > 1 else ""
                return answer, replace(judged, reason=f"{judged.reason}{tries}")
            await asyncio.sleep(seconds)

    async def _permit(self, at: str) -> Verdict | None:
        """Return what speaks against asking for `at`, None when nothing does."""
        robots = await self._doorbook.at(place_of(at), lambda: self._robots(at))
        if isinstance(robots, Verdict):
            return robots
        if robots.delay > LONGEST_DELAY:
            reason = f"its robots.txt asks for {robots.delay:g} s between two requests, more than a visit has"
            return Verdict(Outcome.REFUSED, reason, by_robots=True)
        if not robots.allow(without_session(at)):
            return Verdict(Outcome.REFUSED, "its robots.txt does not allow it", by_robots=True)
        return None

    async def _robots(self, at: str) -> Robots | Verdict:
        """Read the robots.txt of the host of `at`."""
        robots = await self._read_robots(
            self._hosts.own(f"{at.partition(':')[0]}://{place_of(at)}/robots.txt")
        )
        if isinstance(robots, Robots) and robots.misplaced:
            # Where nobody has said what is welcome, nothing is visited faster than is usual.
            self._paces.ask(slot(at), PACE)
        return robots

    async def _read_robots(self, address: str) -> Robots | Verdict:
        _, answer, judged = await self._follow(address, _ROBOTS_MOST, _welcome)
        if isinstance(answer, Answer):
            if 200 <= answer.status < 300:
                try:
                    return read_robots(answer.body)
                except ValueError as error:
                    judged = Verdict(Outcome.FAILED, str(error))
            elif judged.outcome is Outcome.ABSENT or (400 <= answer.status < 500 and answer.status != 429):
                return Robots()
        reason = f"its robots.txt cannot be read ({judged.reason}), so nothing may be fetched"
        return Verdict(judged.outcome, reason)


async def _welcome(at: str) -> None:
    """Let a robots.txt be asked for: it is what tells about all else."""
