from pathlib import Path

from corpus.records import Source
from ingest.documents import Defaults
from ui.jobs import merged
from ui.sources import Target

FOLDER = Source("ashmere", "/minutes")
OTHER = Source("wellow", "/other")
A, B = Path("/minutes/a.txt"), Path("/minutes/b.txt")


def target(source: Source, *files: Path) -> Target:
    return Target(source, Defaults(), files or None)


def test_files_of_one_source_are_looked_at_together():
    assert merged([target(FOLDER, A), target(OTHER, A), target(FOLDER, B, A)]) == (
        target(FOLDER, A, B),
        target(OTHER, A),
    )


def test_who_names_a_source_and_a_file_of_it_means_all_of_it():
    assert merged([target(FOLDER, A), target(FOLDER)]) == (target(FOLDER),)
    assert merged([target(FOLDER), target(FOLDER, A)]) == (target(FOLDER),)
