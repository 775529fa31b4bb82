"""Many programs that ask one server at once, as tests and the bench let them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import httpx

#: No program waits longer.
TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of many requests: how many seconds each took, and what went wrong."""

    seconds: tuple[float, ...]
    wrong: tuple[str, ...]


def ask_at_once(url: str, questions: Sequence[str], *, programs: int, seconds: float) -> Asked:
    """Let so many programs ask and search, each again as soon as it is answered, for so many seconds."""
    return asyncio.run(_ask_at_once(url, questions, programs, seconds))


async def _ask_at_once(url: str, questions: Sequence[str], programs: int, seconds: float) -> Asked:
    times: list[float] = []
    wrong: list[str] = []
    # Each program would take a while to read the certificates that it has no use for.
    certificates = httpx.create_ssl_context()
    end = perf_counter() + seconds

    async def program(number: int) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT, verify=certificates) as client:
            while perf_counter() < end:
                question = questions[number % len(questions)]
                path, field = ("/api/ask", "question") if number % 2 else ("/api/search", "query")
                started = perf_counter()
                try:
                    response = await client.post(path, json={field: question})
                    if response.status_code != httpx.codes.OK:
                        wrong.append(f"{response.status_code} {response.text[:200]}")
                except httpx.HTTPError as error:
                    wrong.append(repr(error))
                times.append(perf_counter() - started)
                number += programs + 1

    await asyncio.gather(*(program(number) for number in range(programs)))
    return Asked(tuple(times), tuple(wrong))
