"""A batch into a file, from its beginning, or from where it was killed, to its end."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from os.path import exists
from pathlib import Path
from typing import Any

from corpus.errors import GenerationError, UsageError
from index.reader import Reader
from ui import clock
from ui.batch.answering import Rows, answered
from ui.batch.journal import Header, Journal
from ui.batch.manner import Input, Manner
from ui.batch.meta import Counts, Run, meta_of
from ui.batch.order import Order
from ui.batch.pairing import check_columns, paired, shape_of
from ui.batch.sources import Source, open_source
from ui.library import Library
from ui.tables.formats import Format
from ui.tables.keeping import (
    account_of,
    check_free,
    check_place,
    claimed,
    clear,
    digest_of,
    leave,
    move,
    whole,
    writing_to,
)
from ui.tables.writing import open_writer


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is made of a source, and where it is to be; `force` writes over what is there."""

    source: Source
    output: Path
    format: Format
    order: Order
    force: bool


def to_file(
    library: Library, given: Input, output: Path, to: Format, order: Order, how: Manner, *, force: bool
) -> Counts:
    """Answer all questions of an input into a file, or go on where that was interrupted.

    Raises:
        UsageError: the input is no table of questions, the output or its account is there already, or
            another batch was begun for it.
        BusyError: another process is writing this output.
        GenerationError: there is nothing to search, it was embedded with another model, or the generation in
            which the batch was begun is gone.
    """
    check_place(output)
    _check_apart(given, output)
    with claimed(output) as folder:
        journal = Journal(folder)
        if not force and journal.header() is None:
            check_free(output)
        try:
            wanted = _Wanted(open_source(given, folder), output, to, order, force)
            check_columns(wanted.source, order, how.say)
            reader = _begun(library, journal, wanted)
        except BaseException:
            if journal.header() is None:
                clear(folder)
            raise
        with reader:
            counts = _finished(reader, journal, wanted, library, how)
        for made, place in _moves(journal, output):
            if made.exists():
                move(made, place)
        leave(folder)
        return counts


def _check_apart(given: Input, output: Path) -> None:
    for path in (output, account_of(output)):
        # Of a name that is too long it says no, and no more.
        if not given.stream and exists(given.path) and path.exists() and path.samefile(given.path):
            raise UsageError(f"{path} holds the questions; write the answers elsewhere")


def _moves(journal: Journal, output: Path) -> tuple[tuple[Path, Path], ...]:
    """Return what is moved in the end, and to where: the account first, so that no output is without."""
    return (journal.meta, account_of(output)), (journal.output, output)


def _begun(library: Library, journal: Journal, wanted: _Wanted) -> Reader:
    """Return a reader of the generation in which the batch was begun, or begin it in the published one."""
    kept = journal.header()
    if kept is not None:
        try:
            return _going_on(library, journal, kept, wanted)
        except (UsageError, GenerationError):
            if not wanted.force:
                raise
    elif not wanted.force:
        check_free(wanted.output)
    clear(journal.folder, but=wanted.source.path)
    reader = library.reader(library.generations.published().name)
    try:
        journal.begin(_header(reader, wanted))
    except BaseException:
        reader.close()
        raise
    return reader


def _going_on(library: Library, journal: Journal, kept: Header, wanted: _Wanted) -> Reader:
    if wanted.force and not kept.forced:
        raise UsageError("what was begun without --force is left")
    if not wanted.force and not journal.finished:
        check_free(wanted.output)
    reader = library.reader(kept.provenance["generation"])
    try:
        if differs := kept.differs_by(_header(reader, wanted)):
            raise UsageError(
                f"{wanted.output} was begun with {differs}; go on with the same, or begin anew with --force"
            )
    except GenerationError as error:
        reader.close()
        raise GenerationError(
            f"{wanted.output} was begun in generation {kept.provenance['generation']}, which cannot be read "
            f"any more ({error}); begin anew with --force"
        ) from error
    except BaseException:
        reader.close()
        raise
    return reader


def _header(reader: Reader, wanted: _Wanted) -> Header:
    return Header(
        input=wanted.source.digest,
        formats=[wanted.source.format, wanted.format],
        order=_options(wanted.order),
        provenance=reader.provenance.as_dict(),
        started=clock.now().isoformat(timespec="seconds"),
        forced=wanted.force,
    )


def _options(order: Order) -> dict[str, Any]:
    return {**asdict(order), "carry": list(order.carry)}


def _finished(reader: Reader, journal: Journal, wanted: _Wanted, library: Library, how: Manner) -> Counts:
    """Answer and write what is not done yet, so that all that is left is to move it."""
    if journal.finished:
        if all(made.exists() or place.exists() for made, place in _moves(journal, wanted.output)):
            counts = Counts()
            for rows in journal.rows():
                counts.add(rows)
            return counts
        # It was moved, and then killed before it was done with; and somebody has taken it away since.
        how.say(f"{wanted.output} or its account was taken away; both are written again")
    _answer(reader, wanted, journal, how)
    counts = _write(journal, wanted, library, how)
    journal.finish()
    return counts


def _answer(reader: Reader, wanted: _Wanted, journal: Journal, how: Manner) -> None:
    """Ask what was not asked yet, and keep the answers."""
    source, total = wanted.source, wanted.source.table.count
    with journal.writing() as writing:
        if 0 < writing.done < total:
            how.say(f"going on behind row {writing.done:,} of {total:,}")
        how.report(writing.done, total)
        if writing.done >= total:
            return
        answers = answered(
            reader, source.table, source.name, wanted.order, begin=writing.done, threads=how.threads
        )
        with closing(answers):  # type: ignore[type-var]
            try:
                for several in _several(answers, how.batch_size):
                    writing.keep(several)
                    how.report(writing.done, total)
            except KeyboardInterrupt:
                how.say(_stopped(writing.done, total))
                raise


def _stopped(done: int, total: int) -> str:
    if not done:
        return "stopped before any answer was kept; the same command begins anew"
    return f"stopped behind row {done:,} of {total:,}; the same command goes on from there"


def _write(journal: Journal, wanted: _Wanted, library: Library, how: Manner) -> Counts:
    """Put the journal together with the input into the output, and the account of it."""
    header = journal.header()
    assert header is not None
    source, order, output = wanted.source, wanted.order, wanted.output
    counts = Counts()
    shape = shape_of(source, order)
    with writing_to(output):
        with whole(journal.output) as file:
            writer = open_writer(wanted.format, file, shape)
            for several in paired(source, journal.rows(), writer, order, header.provenance):
                for rows in several:
                    counts.add(rows)
            writer.close()
        account = meta_of(
            source={
                "name": source.name,
                "format": source.format,
                "sha256": source.digest,
                "rows": source.table.count,
            },
            output={"name": output.name, "format": wanted.format, "sha256": digest_of(journal.output)},
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


def _several(answers: Iterator[Rows], size: int) -> Iterator[list[Rows]]:
    while some := list(islice(answers, size)):
        yield some
