"""A batch from its beginning, or from where it was killed, to its end."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from corpus.errors import GenerationError, UsageError
from index.reader import Reader
from ui import clock
from ui.batch.answering import Rows, answered
from ui.batch.journal import Header, Journal
from ui.batch.meta import Counts, Run, meta_of
from ui.batch.order import Order
from ui.batch.questions import columns_read
from ui.batch.sources import Source, digest_of, open_source
from ui.library import Library
from ui.tables.columns import carried_names, only
from ui.tables.formats import Format
from ui.tables.keeping import account_of, check_place, claimed, clear, leave, move, whole, writing_to
from ui.tables.writing import Shape, Writer, open_writer

#: Answers that are kept on the disk together.
BATCH_SIZE = 64
#: Rows that are written together, where nobody waits for them.
TOGETHER = 200

#: Called with how many rows are done, of how many.
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Input:
    """Where the questions are, and in which format."""

    path: Path
    format: Format


@dataclass(frozen=True, slots=True)
class Manner:
    """How a batch is run, which changes nothing in what it gives. `command` is the line that was typed."""

    command: str
    report: Report
    say: Callable[[str], None]
    standard_input: BinaryIO
    batch_size: int = BATCH_SIZE
    threads: int | None = None


def to_stream(library: Library, given: Input, out: BinaryIO, to: Format, order: Order, how: Manner) -> Counts:
    """Answer all questions of an input into a stream; each goes out as soon as it is known.

    Raises:
        UsageError: the input is no table of questions.
        GenerationError: there is nothing to search, or it was embedded with another model.
    """
    with TemporaryDirectory() as folder, library.reader(library.generations.published().name) as reader:
        source = _opened(given, Path(folder), order, how)
        if to is Format.PARQUET:  # its end says where its beginning is
            made = Path(folder) / "output"
            with made.open("wb") as file:
                counts = _stream(reader, source, file, to, order, how)
            with made.open("rb") as file:
                shutil.copyfileobj(file, out)
        else:
            counts = _stream(reader, source, out, to, order, how)
        out.flush()
    return counts


def to_file(
    library: Library, given: Input, output: Path, to: Format, order: Order, how: Manner, *, force: bool
) -> Counts:
    """Answer all questions of an input into a file, or go on where that was interrupted.

    Raises:
        UsageError: the input is no table of questions, the output is there already, or another batch was
            begun for it.
        BusyError: another process is writing this output.
        GenerationError: there is nothing to search, it was embedded with another model, or the generation in
            which the batch was begun is gone.
    """
    check_place(output)
    if output.exists() and given.path.exists() and output.samefile(given.path):
        raise UsageError(f"{output} holds the questions; write the answers elsewhere")
    with claimed(output) as folder:
        journal = Journal(folder)
        if output.exists() and not force and journal.header() is None:
            raise _there_already(output)
        try:
            source = _opened(given, folder, order, how)
            reader = _begun(library, journal, source, output, to, order, force=force)
        except BaseException:
            if journal.header() is None:
                clear(folder)
            raise
        with reader:
            header = journal.header()
            assert header is not None
            if not journal.finished:
                _answer(reader, source, journal, order, how)
                counts = _write(journal, source, output, to, order, header, library, how)
                journal.finish()
            else:
                counts = Counts()
                for rows in journal.rows():
                    counts.add(rows)
        for made, place in ((journal.meta, account_of(output)), (journal.output, output)):
            if made.exists():
                move(made, place)
        leave(folder)
        return counts


def _opened(given: Input, folder: Path, order: Order, how: Manner) -> Source:
    """Read the input once, and say which of its columns is called otherwise in the output."""
    source = open_source(given.path, given.format, folder, how.standard_input)
    columns_read(source.table.columns, order.carry, source.name)
    for name, called in carried_names(source.table.columns, order.columns).items():
        if called != name:
            how.say(f"Note: the column {name!r} of {source.name} is called {called!r} in the output")
    return source


def _there_already(output: Path) -> UsageError:
    return UsageError(f"{output} is there already; write elsewhere, or over it with --force")


def _begun(
    library: Library, journal: Journal, source: Source, output: Path, to: Format, order: Order, *, force: bool
) -> Reader:
    """Return a reader of the generation in which the batch was begun, or begin it in the published one."""
    kept = journal.header()
    if kept is not None:
        try:
            return _going_on(library, journal, kept, source, output, to, order, force=force)
        except (UsageError, GenerationError):
            if not force:
                raise
    elif output.exists() and not force:
        raise _there_already(output)
    _clear_but_input(journal, source)
    reader = library.reader(library.generations.published().name)
    try:
        journal.begin(_header(reader, source, to, order, forced=force))
    except BaseException:
        reader.close()
        raise
    return reader


def _going_on(
    library: Library,
    journal: Journal,
    kept: Header,
    source: Source,
    output: Path,
    to: Format,
    order: Order,
    *,
    force: bool,
) -> Reader:
    if force and not kept.forced:
        raise UsageError("what was begun without --force is left")
    if output.exists() and not force and not journal.finished:
        raise _there_already(output)
    reader = library.reader(kept.provenance["generation"])
    try:
        wanted = _header(reader, source, to, order, forced=force)
        if differs := kept.differs_by(wanted):
            raise UsageError(
                f"{output} was begun with {differs}; go on with the same, or begin anew with --force"
            )
    except GenerationError as error:
        reader.close()
        raise GenerationError(
            f"{output} was begun in generation {kept.provenance['generation']}, which cannot be read "
            f"any more ({error}); begin anew with --force"
        ) from error
    except BaseException:
        reader.close()
        raise
    return reader


def _header(reader: Reader, source: Source, to: Format, order: Order, *, forced: bool) -> Header:
    return Header(
        input=source.digest,
        formats=[source.format, to],
        order=_options(order),
        provenance=reader.provenance.as_dict(),
        started=clock.now().isoformat(timespec="seconds"),
        forced=forced,
    )


def _options(order: Order) -> dict[str, Any]:
    return {**asdict(order), "carry": list(order.carry)}


def _clear_but_input(journal: Journal, source: Source) -> None:
    if source.path.parent != journal.folder:
        clear(journal.folder)
        return
    for entry in journal.folder.iterdir():
        if entry.name not in (source.path.name, "lock"):
            entry.unlink()


def _answer(reader: Reader, source: Source, journal: Journal, order: Order, how: Manner) -> None:
    """Ask what was not asked yet, and keep the answers."""
    total = source.table.count
    with journal.writing() as writing:
        if writing.done:
            how.say(f"going on behind row {writing.done:,} of {total:,}")
        how.report(writing.done, total)
        if writing.done >= total:
            return
        answers = answered(reader, source.table, source.name, order, begin=writing.done, threads=how.threads)
        with closing(answers):  # type: ignore[type-var]
            try:
                for several in _several(answers, how.batch_size):
                    writing.keep(several)
                    how.report(writing.done, total)
            except KeyboardInterrupt:
                how.say(
                    f"stopped behind row {writing.done:,} of {total:,}; the same command goes on from there"
                )
                raise


def _write(
    journal: Journal,
    source: Source,
    output: Path,
    to: Format,
    order: Order,
    header: Header,
    library: Library,
    how: Manner,
) -> Counts:
    """Put the journal together with the input into the output, and the account of it."""
    source.check_unchanged()
    counts = Counts()
    shape = _shape(source, order)
    with writing_to(output):
        with whole(journal.output) as file:
            writer = open_writer(to, file, shape)
            for rows in _paired(source, journal.rows(), writer, order, header.provenance):
                counts.add(rows)
            writer.close()
        account = meta_of(
            source={
                "name": source.name,
                "format": source.format,
                "sha256": source.digest,
                "rows": source.table.count,
            },
            output={"name": output.name, "format": to, "sha256": digest_of(journal.output, str(output))},
            order=_options(order),
            provenance=header.provenance,
            counts=counts.as_dict(search=order.search),
            carried=shape.carried,
            run=Run(
                how.command,
                header.started,
                clock.now().isoformat(timespec="seconds"),
                library.warnings(),
            ),
        )
        with whole(journal.meta) as file:
            file.write(account)
    return counts


def _stream(reader: Reader, source: Source, out: BinaryIO, to: Format, order: Order, how: Manner) -> Counts:
    counts = Counts()
    provenance = reader.provenance.as_dict()
    writer = open_writer(to, out, _shape(source, order))
    answers = answered(reader, source.table, source.name, order, threads=how.threads)
    with closing(answers):  # type: ignore[type-var]
        for rows in _paired(source, answers, writer, order, provenance, how.batch_size):
            counts.add(rows)
            if counts.rows % how.batch_size == 1:
                out.flush()
                how.report(counts.rows - 1, source.table.count)
    writer.close()
    return counts


def _paired(
    source: Source,
    answers: Iterator[Rows],
    writer: Writer,
    order: Order,
    provenance: dict[str, Any],
    size: int = TOGETHER,
) -> Iterator[Rows]:
    """Write each row of the input with what it gave, `size` of them together, and yield what it gave."""
    number = 0
    for stretch in source.table.stretches():
        places = range(len(stretch.rows))
        for some in (places[first : first + size] for first in places[::size]):
            own, picked = [], []
            for place, rows in zip(some, islice(answers, len(some)), strict=True):
                number += 1
                own += [only(order.columns, {**row, **provenance, "row": number}) for row in rows]
                picked += [place] * len(rows)
                yield rows
            writer.write(own, stretch, picked)


def _shape(source: Source, order: Order) -> Shape:
    return Shape(order.columns, carried_names(source.table.columns, order.columns), source.table.schema())


def _several(answers: Iterator[Rows], size: int) -> Iterator[list[Rows]]:
    while some := list(islice(answers, size)):
        yield some
