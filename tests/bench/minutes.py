"""What an operator and a reader wait for, over a file of minutes in the import format.

Everything runs through the real command, in processes of their own; only search is measured inside this
one, because it is asked of a process that is warm.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import index
from index.embedding import BATCH_SIZE, load_embedder
from index.generations import Generations
from index.passage_table import PassageTable
from index.passages import embedded_text
from index.settings import ModelSettings

COMMAND = (sys.executable, "-c", "from ui.command import main; main()")
SEARCHES = 200


@dataclass(frozen=True, slots=True)
class Run:
    """One command: how long it took, how much memory it had at most, and the last line it said."""

    seconds: float
    peak_megabytes: float
    said: str


def run(data: Path, *arguments: str) -> Run:
    """Run the command over a data directory."""
    started = perf_counter()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env={**os.environ, "MINUTEBOOK_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} failed: {said}")
    return Run(perf_counter() - started, usage.ru_maxrss / 1024, said.strip().splitlines()[-1])


def texts_of(data: Path) -> list[str]:
    """Return what the model read of every passage."""
    table = PassageTable(Generations(data / "generations").published() / "passages.sqlite3")
    texts = [embedded_text(one.heading, one.text) for one in table.passages(range(table.count))]
    table.close()
    return texts


#: A bare loop over the same passages, as anyone would write it, timed like a command: from its start on.
BARE = f"""
import json, sys
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
texts = json.load(sys.stdin)
model.encode(texts, batch_size={BATCH_SIZE}, normalize_embeddings=True, show_progress_bar=False)
"""


def bare_seconds(texts: list[str]) -> float:
    """Return how long a bare `SentenceTransformer.encode` over `texts` takes, in a process of its own."""
    folder = load_embedder(ModelSettings())._folder  # type: ignore[attr-defined]
    started = perf_counter()
    subprocess.run(
        [sys.executable, "-c", BARE, str(folder)],
        input=json.dumps(texts),
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return perf_counter() - started


def search_milliseconds(data: Path, titles: list[str]) -> list[float]:
    """Return how long each of many searches took in a warm process, its query's embedding included."""
    reader = index.open(data)
    reader.warm_up()
    times = []
    for number in range(SEARCHES):
        started = perf_counter()
        reader.search(f"what was decided about {titles[number % len(titles)]}, and why {number}")
        times.append(1_000 * (perf_counter() - started))
    reader.close()
    return times


def size(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    return (
        sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
        if path.is_dir()
        else path.stat().st_size
    )


def titles_of(data: Path) -> list[str]:
    """Return the titles of the documents, cut to the length of a question."""
    table = PassageTable(Generations(data / "generations").published() / "passages.sqlite3")
    rows = table._db.execute("SELECT title FROM documents ORDER BY id").fetchall()
    table.close()
    return [row["title"][:80] for row in rows]


def measure(minutes: Path, data: Path) -> dict[str, object]:
    """Take every figure, in the order in which an operator meets them, in the empty folder `data`."""
    ingest = run(data, "ingest", str(minutes))
    indexing = run(data, "index")
    again = run(data, "update")
    texts = texts_of(data)
    # Cutting, storing and verifying are all in the command's time; the bare loop does none of it.
    rate, bare = len(texts) / indexing.seconds, len(texts) / bare_seconds(texts)
    cuts = quantiles(search_milliseconds(data, titles_of(data)), n=20)
    generation = Generations(data / "generations").published()
    return {
        "passages": len(texts),
        "ingest": asdict(ingest),
        "index": asdict(indexing),
        "update unchanged": asdict(again),
        "passages per second": round(rate, 1),
        "bare encode, passages per second": round(bare, 1),
        "share of bare encode": round(rate / bare, 3),
        "search p50 ms": round(cuts[9], 1),
        "search p95 ms": round(cuts[18], 1),
        "peak MB of index": round(indexing.peak_megabytes),
        "peak MB of a warm searcher": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "bytes per passage, generation": round(size(generation) / len(texts)),
        "bytes per passage, cache": round(size(data / "embeddings.sqlite3") / len(texts)),
        "bytes per passage, record": round(size(data / "corpus.sqlite3") / len(texts)),
    }
