"""How fast a batch is beside asking one by one, in one warm process.

Memory is measured in a process of its own: it is that of `minutebook batch` over the questions, and over ten
times as many.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import index
from corpus.errors import MinutebookError
from index.many import Asked
from index.records import Filters
from tests.bench.minutes import run

#: Questions that are asked one by one; more would only take longer.
ALONE = 100
#: So often all questions are asked at once: researchers have thousands.
TIMES = 10


def measure(questions: Path, data: Path) -> dict[str, Any]:
    """Return the rates over a file of questions; `data` is where their minutes are indexed.

    The questions are asked ten times, each time in other words, and some of them of every council.
    """
    known = list(_read(questions))
    different = [Asked(f"{question} {time}") for time in range(TIMES) for question in known]
    with index.open(data) as reader:
        reader.warm_up()
        list(reader.ask_many(different[:10]))
        councils = reader.holdings().councils
        put = max(1, len(different) // max(1, len(councils)))
        of_each = [
            Asked(question, Filters(council=one.council)) for one in councils for question in known[:put]
        ]
        figures: dict[str, Any] = {}
        for name, asked in (("different questions", different), ("the same of each council", of_each)):
            figures[name] = {
                "questions": len(asked),
                "ask": _rates(
                    asked,
                    lambda one: reader.ask(one.question, filters=one.filters),
                    partial(reader.ask_many, processes=True),
                ),
                "search": _rates(
                    asked,
                    lambda one: reader.search(one.question, filters=one.filters),
                    partial(reader.search_many, processes=True),
                ),
            }
    return {**figures, **_memory(known, data)}


def _rates(
    asked: list[Asked],
    alone: Callable[[Asked], object],
    together: Callable[[list[Asked]], Iterator[object]],
) -> dict[str, float]:
    slow, fast = _alone(asked[:: max(1, len(asked) // ALONE)], alone), _together(asked, together)
    return {
        "one by one, per second": round(slow, 2),
        "batch, per second": round(fast, 2),
        "times as fast": round(fast / slow, 2),
    }


def _read(questions: Path) -> Iterator[str]:
    for line in questions.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)["question"]


def _alone(asked: list[Asked], ask: Callable[[Asked], object]) -> float:
    started = perf_counter()
    for one in asked:
        ask(one)
    return len(asked) / (perf_counter() - started)


def _together(asked: list[Asked], ask: Callable[[list[Asked]], Iterator[object]]) -> float:
    started = perf_counter()
    failed = [one for one in ask(asked) if isinstance(one, MinutebookError)]
    assert not failed, failed[0]
    return len(asked) / (perf_counter() - started)


def _memory(questions: list[str], data: Path) -> dict[str, Any]:
    figures = {}
    for times in (1, TIMES):
        table, output = data / f"bench.{times}.jsonl", data / f"bench.{times}.parquet"
        rows = (json.dumps({"question": question}) for question in questions * times)
        with table.open("w", encoding="utf-8") as file:
            while some := list(islice(rows, 1_000)):
                file.write("\n".join([*some, ""]))
        done = run(data, "batch", str(table), "-o", str(output), "--force")
        figures[f"peak MB, {len(questions) * times:,} rows"] = round(done.peak_megabytes)
    return figures
