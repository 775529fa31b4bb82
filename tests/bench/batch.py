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
from tests.bench.minutes import run

#: Questions that are asked one by one; more would only take longer.
ALONE = 100
#: So often all questions are asked at once: researchers have thousands.
TIMES = 10


def measure(questions: Path, data: Path) -> dict[str, Any]:
    """Return the rates over a file of questions; `data` is where their minutes are indexed."""
    asked = [Asked(question) for question in _read(questions)]
    with index.open(data) as reader:
        reader.warm_up()
        list(reader.ask_many(asked[:10]))
        figures: dict[str, Any] = {"questions": len(asked)}
        for name, alone, together in (
            ("ask", lambda one: reader.ask(one.question), partial(reader.ask_many, processes=True)),
            ("search", lambda one: reader.search(one.question), partial(reader.search_many, processes=True)),
        ):
            slow, fast = _alone(asked[:ALONE], alone), _together(asked, together)
            figures[name] = {
                "one by one, per second": round(slow, 2),
                "batch, per second": round(fast, 2),
                "times as fast": round(fast / slow, 2),
            }
    return {**figures, **_memory(asked, data)}


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
    many = asked * TIMES
    started = perf_counter()
    failed = [one for one in ask(many) if isinstance(one, MinutebookError)]
    assert not failed, failed[0]
    return len(many) / (perf_counter() - started)


def _memory(asked: list[Asked], data: Path) -> dict[str, Any]:
    figures = {}
    for times in (1, TIMES):
        table, output = data / f"bench.{times}.jsonl", data / f"bench.{times}.parquet"
        rows = (json.dumps({"question": one.question}) for one in asked * times)
        with table.open("w", encoding="utf-8") as file:
            while some := list(islice(rows, 1_000)):
                file.write("\n".join([*some, ""]))
        done = run(data, "batch", str(table), "-o", str(output), "--force")
        figures[f"peak MB, {len(asked) * times:,} rows"] = round(done.peak_megabytes)
    return figures
