"""The files of a meeting: which of them are wanted, and how one is read."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.parsed import Parsed
from ingest.reading import parse
from ingest.sites.documents import paper_id
from ingest.sites.privacy import without_personal
from ingest.sites.records import Attachments, Paper, PaperKind, Proceedings

_WANTED = {
    Attachments.NONE: frozenset[PaperKind](),
    Attachments.MINUTES: frozenset({PaperKind.MINUTES, PaperKind.DECISIONS}),
    Attachments.REPORTS: frozenset({PaperKind.MINUTES, PaperKind.DECISIONS, PaperKind.REPORT}),
    Attachments.ALL: frozenset(PaperKind),
}


def wanted_papers(proceedings: Proceedings, attachments: Attachments) -> Iterator[Paper]:
    """Yield the files that are to be read, each once.

    Printed minutes, decisions and front sheets repeat the words of the items, and a pack repeats the files
    in it: they are read only where nothing else has these words.
    """
    labels = {part.label for item in proceedings.items for part in item.parts}
    papers = [*proceedings.papers, *(paper for item in proceedings.items for paper in item.papers)]
    repeated = {
        PaperKind.MINUTES: "minutes" in labels,
        PaperKind.DECISIONS: bool(labels & {"minutes", "decision"}),
        PaperKind.FRONTSHEET: bool(labels),
        PaperKind.PACK: any(paper.kind in (PaperKind.REPORT, PaperKind.APPENDIX) for paper in papers),
    }
    seen: set[str] = set()
    for paper in papers:
        identity = paper_id("", paper)
        known = identity in seen or (not paper.item and repeated.get(paper.kind, False))
        if not known and paper.kind in _WANTED[attachments]:
            seen.add(identity)
            yield paper


async def read_paper(body: bytes, address: str, title: str) -> Parsed:
    """Return the words of a file without personal lines, read beside the visits that go on.

    Raises:
        UnreadableError: it cannot be read; the message says why.
    """
    # ModernGov's own addresses have no ending; what it serves there is PDF unless the first bytes differ.
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_reading(), _read, body, name if "." in name else title)


def _read(body: bytes, name: str) -> Parsed:
    return without_personal(parse(body, name))


@cache
def _reading() -> ThreadPoolExecutor:
    """One thread: the PDF library must not be used by two at once."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="papers")
