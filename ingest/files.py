"""Files and folders into the record: what is new or changed is read, the rest only compared.

The id of a document is the name of its source and its path below it (for a row of the import format: its
url), so a folder that moves to another place keeps its documents when its source keeps its name.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from corpus.errors import UnreadableError
from corpus.look import Look
from corpus.records import Source, SourceState
from corpus.store import Corpus
from corpus.versions import Outcome
from ingest.documents import Defaults, to_document
from ingest.import_lines import is_import, parse_row, read_lines, read_row
from ingest.parsed import Parsed
from ingest.reading import MAX_BYTES, media_type, parse
from ingest.report import Listener, Looked, Remark
from ingest.walk import find_files, is_wanted

#: Part of every input's hash: raised when reading changes, so that everything is read again.
READER = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and the id that its document has."""

    path: Path
    document_id: str


@dataclass(frozen=True, slots=True)
class _Input:
    """One document as it lies there; `where` names it in remarks, `read` makes words of it."""

    document_id: str
    where: str
    raw: bytes
    media_type: str
    read: Callable[[], Parsed]
    url: str
    title: str = ""


def look_at_folder(
    corpus: Corpus, source: Source, folder: Path, *, defaults: Defaults, listener: Listener
) -> Looked:
    """Read what is new or changed below `folder`; what is gone from it counts towards withdrawal."""
    look = _FileLook(corpus, source, defaults, listener)
    if not os.path.isdir(folder):  # unlike the method of a path, it raises nothing where it may not look
        return look.blind(f"{folder} is not there: check the path, or whether its drive is connected")
    if _is_empty(folder) and any(True for _ in corpus.ids_of(source.name)):
        # An empty folder where there was a full one is a drive that is not connected far more often than
        # a council that has withdrawn everything.
        return look.blind(f"{folder} is empty: check whether its drive is connected")
    for path in find_files(folder, look.unseen):
        if is_wanted(path):
            look.at(Place(path, f"{source.name}/{_storable(path.relative_to(folder).as_posix())}"))
        else:
            look.skipped += 1
    return look.finish(complete=True)


def look_at_files(
    corpus: Corpus,
    source: Source,
    places: Iterable[Place],
    *,
    defaults: Defaults,
    listener: Listener,
    complete: bool,
) -> Looked:
    """Read those of `places` that are new or changed; `complete` when they are all that the source has."""
    look = _FileLook(corpus, source, defaults, listener)
    for place in places:
        look.at(place)
    return look.finish(complete=complete)


class _FileLook:
    """One look at one source, counting as it goes."""

    def __init__(self, corpus: Corpus, source: Source, defaults: Defaults, listener: Listener) -> None:
        self._look = Look(corpus, source)
        self._source = source
        self._defaults = defaults
        self._listener = listener
        self._started = perf_counter()
        self._outcomes = dict.fromkeys(Outcome, 0)
        self._failed = 0
        self._complete = True
        self.skipped = 0

    def at(self, place: Place) -> None:
        """Look at one file; whatever is wrong with it is remarked on, and the stored words stay."""
        try:
            if is_import(place.path.name):
                self._import(place.path)
            else:
                self._take(_file(place))
        except FileNotFoundError:
            self._gone(place)
        except UnreadableError as error:
            self._look.keep(place.document_id)
            self._fail(Remark(str(place.path), str(error)))
        except OSError as error:
            self._look.keep(place.document_id)
            self.unseen(Remark(str(place.path), f"cannot be read ({error.strerror}): check its permissions"))

    def unseen(self, remark: Remark) -> None:
        """Take note of a part of the source that could not be looked at: nothing will count as missing."""
        self._complete = False
        self._fail(remark)

    def blind(self, reason: str) -> Looked:
        """Finish a look that saw nothing at all."""
        self._fail(Remark(self._source.name, reason))
        return self._finished(SourceState.FAILING, reason, complete=False)

    def finish(self, *, complete: bool) -> Looked:
        """Finish the look; what it missed counts only if it could see all of the source."""
        return self._finished(SourceState.OK, "", complete=complete and self._complete)

    def _import(self, path: Path) -> None:
        try:
            for line in read_lines(path):
                where = f"{path}:{line.number}"
                try:
                    row = read_row(line)
                except UnreadableError as error:
                    # Whose line this was is not known, so nobody may count as missing.
                    self.unseen(Remark(where, str(error)))
                    continue
                self._take(
                    _Input(
                        document_id=row.url,
                        where=where,
                        raw=line.data or b"",
                        media_type="application/json",
                        read=lambda row=row: parse_row(row),  # type: ignore[misc]
                        url=row.url,
                    )
                )
        except UnreadableError as error:
            self.unseen(Remark(str(path), str(error)))

    def _take(self, found: _Input) -> None:
        if self._look.seen(found.document_id):
            self._fail(Remark(found.where, f"{found.document_id} was there before: the first one counts"))
            return
        input_hash = self._hash(found)
        if self._look.unchanged(found.document_id, input_hash):
            self._count(Outcome.UNCHANGED, found)
            return
        try:
            parsed = found.read()
            document = to_document(
                parsed,
                self._defaults,
                document_id=found.document_id,
                source=self._source.name,
                url=found.url,
                title=found.title,
                now=_now(),
            )
            outcome = self._look.put(
                document, input_hash=input_hash, raw=found.raw, media_type=found.media_type
            )
        except UnreadableError as error:
            self._look.keep(found.document_id)
            self._fail(Remark(found.where, str(error)))
        except Exception as error:  # one file that a reader trips over must not end the night's work
            self._look.keep(found.document_id)
            self._fail(
                Remark(found.where, f"cannot be read ({type(error).__name__}: {error}): please report this")
            )
        else:
            for note in parsed.notes:
                self._listener.remark(Remark(found.where, note, failed=False))
            self._count(outcome, found)

    def _gone(self, place: Place) -> None:
        """A file that is not there counts as missing, unless its whole folder is not there either."""
        if _is_empty(place.path.parent):
            self._look.keep(place.document_id)
            self._fail(
                Remark(str(place.path), "its folder is gone or empty: check whether its drive is connected")
            )
        else:
            self._listener.remark(Remark(str(place.path), "no longer there", failed=False))

    def _count(self, outcome: Outcome, found: _Input) -> None:
        self._outcomes[outcome] += 1
        self._listener.done(found.where)

    def _fail(self, remark: Remark) -> None:
        self._failed += 1
        self._listener.remark(remark)

    def _hash(self, found: _Input) -> str:
        read_as = (READER, *astuple(self._defaults), found.url, found.title)
        return sha256(repr(read_as).encode("utf-8", "replace") + found.raw).hexdigest()

    def _finished(self, state: SourceState, reason: str, *, complete: bool) -> Looked:
        gone = self._look.finish(now=_now(), state=state, reason=reason, complete=complete)
        return Looked(
            source=self._source.name,
            state=state,
            reason=reason,
            new=self._outcomes[Outcome.NEW],
            changed=self._outcomes[Outcome.CHANGED],
            unchanged=self._outcomes[Outcome.UNCHANGED],
            missing=gone.missing,
            withdrawn=gone.withdrawn,
            failed=self._failed,
            skipped=self.skipped,
            seconds=round(perf_counter() - self._started, 3),
        )


def _file(place: Place) -> _Input:
    size = place.path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableError(
            f"too large: {size / 1e6:,.0f} MB, where {MAX_BYTES / 1e6:,.0f} MB is the most that is read; "
            "split it, or save it without its pictures"
        )
    raw, name = place.path.read_bytes(), place.path.name
    return _Input(
        document_id=place.document_id,
        where=str(place.path),
        raw=raw,
        media_type=media_type(raw, name),
        read=lambda: parse(raw, name),
        url=place.path.absolute().as_uri(),
        title=" ".join(_storable(place.path.stem).replace("_", " ").split()),
    )


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _storable(path: str) -> str:
    """Return a path as text; a name that is not UTF-8 shows U+FFFD where it cannot be read."""
    return os.fsencode(path).decode("utf-8", "replace")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
