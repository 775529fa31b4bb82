"""A batch into a stream: it begins and ends with the command, and nothing of it is kept."""

from contextlib import closing
from typing import BinaryIO

from ui.batch.answering import answered
from ui.batch.manner import Input, Manner
from ui.batch.meta import Counts
from ui.batch.order import Order
from ui.batch.pairing import check_columns, paired, shape_of
from ui.batch.sources import open_source
from ui.library import Library
from ui.tables.formats import Format
from ui.tables.streams import in_temporary_folder, temporary_folder, whole_before
from ui.tables.writing import open_writer


def to_stream(library: Library, given: Input, out: BinaryIO, to: Format, order: Order, how: Manner) -> Counts:
    """Answer all questions of an input into a stream; they go out as soon as a batch of them is known.

    Raises:
        UsageError: the input is no table of questions.
        GenerationError: there is nothing to search, or it was embedded with another model.
        NothingDoneError: there is no room for a copy of the input.
    """
    counts = Counts()
    with temporary_folder() as folder, library.reader(library.generations.published().name) as reader:
        with in_temporary_folder():
            source = open_source(given, folder)
        check_columns(source, order, how.say)
        total = source.table.count
        answers = answered(reader, source.table, source.name, order, threads=how.threads)
        with closing(answers), whole_before(out, to) as file:  # type: ignore[type-var]
            writer = open_writer(to, file, shape_of(source, order))
            how.report(0, total)
            for several in paired(
                source, answers, writer, order, reader.provenance.as_dict(), how.batch_size
            ):
                for rows in several:
                    counts.add(rows)
                file.flush()
                how.report(counts.rows, total)
            writer.close()
    return counts
