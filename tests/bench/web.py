"""What readers wait for: a real `minutebook web` over an index, asked one by one and by many at once."""

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from index.evaluation.questions import read_questions
from tests.bench.minutes import COMMAND, titles_of

#: So many questions are asked one by one, and then so many people ask at once, so often.
ASKED, PEOPLE, ROUNDS = 40, 10, 3
#: So long the server may take to load its model, and an answer to come.
PATIENCE = 120
BROWSED = 20


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from asking to the first byte of a page, and to its last."""

    first: float
    whole: float


def measure(data: Path, questions: Path | None = None) -> dict[str, object]:
    """Return how long pages over the index in `data` take; without a file of questions, asked by titles."""
    asked = questions_of(data, questions)
    with serving(data) as url:

        def ask(question: str) -> Wait:
            return wait(url, q=question)

        def search(words: str) -> Wait:
            return wait(url, view="search", q=words)

        singly = one_by_one(ask, asked[:ASKED])
        slowest = [
            max(one.whole for one in at_once(ask, crowd)) for crowd in crowds(asked[ASKED:] or asked, ROUNDS)
        ]
        searches = one_by_one(search, asked[:ASKED])
        browses = [wait(url, view="browse") for _ in range(BROWSED)]
    return {
        "questions": len(singly),
        "first byte p50 s": round(median(one.first for one in singly), 3),
        "first byte p95 s": p95([one.first for one in singly]),
        "answer p50 s": round(median(one.whole for one in singly), 3),
        "answer p95 s": p95([one.whole for one in singly]),
        f"{PEOPLE} at once, slowest s": round(max(slowest), 3),
        "search page p50 s": round(median(one.whole for one in searches), 3),
        "browse p50 s": round(median(one.whole for one in browses), 3),
    }


def questions_of(data: Path, questions: Path | None) -> list[str]:
    """Return what is asked: no question twice, since answers may be kept."""
    if questions is not None:
        asked = [one.question for one in read_questions(questions).questions]
    else:
        asked = [f"What was decided about {title}, and why?" for title in titles_of(data)]
    return list(dict.fromkeys(asked))


def crowds(questions: Sequence[str], rounds: int) -> Iterator[list[str]]:
    """Yield `rounds` lists of `PEOPLE` questions, in turn, from the first again where they do not suffice."""
    for begin in range(0, rounds * PEOPLE, PEOPLE):
        yield [questions[number % len(questions)] for number in range(begin, begin + PEOPLE)]


def one_by_one(ask: Callable[[str], Wait], questions: Sequence[str]) -> list[Wait]:
    """Ask each question when the one before is answered."""
    return [ask(question) for question in questions]


def at_once(ask: Callable[[str], Wait], questions: Sequence[str]) -> list[Wait]:
    """Ask all questions at the same moment."""
    with ThreadPoolExecutor(len(questions)) as people:
        return list(people.map(ask, questions))


def p95(seconds: Sequence[float]) -> float:
    """Return what nineteen in twenty do not exceed."""
    return round(quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0], 3)


def wait(url: str, **parameters: str) -> Wait:
    """Open a page as a browser does first, and return how long it took."""
    started = perf_counter()
    with urlopen(f"{url}/?{urlencode(parameters)}", timeout=PATIENCE) as page:
        page.read(1)
        first = perf_counter() - started
        page.read()
    return Wait(first, perf_counter() - started)


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Run the page over `data` on a free port, and yield its address when the model is loaded."""
    process = subprocess.Popen(
        [*COMMAND, "web", "--data", str(data), "--port", "0"],
        # One address asks for all here, and more often than any reader.
        env={**os.environ, "MINUTEBOOK_WEB__REQUESTS_PER_MINUTE": "0"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().split()[3]
        _until_ready(url)
        yield url
    finally:
        process.terminate()
        process.communicate()


def _until_ready(url: str) -> None:
    last = monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{url}/health") as answer:
                if answer.status == 200:
                    return
        except HTTPError:
            pass  # it says that it is still starting
        if monotonic() > last:
            raise TimeoutError(f"the page was not ready within {PATIENCE} s")
        sleep(0.2)
