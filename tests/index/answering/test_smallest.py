"""The smallest records that somebody tries first: one short file, one text without a council."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from corpus.records import Source
from corpus.store import Corpus
from index.answer import answer
from index.embedding import Embedder
from index.generation import Generation
from index.records import Answer, Filters
from index.settings import AnswerSettings
from ingest.documents import Defaults
from ingest.files import Place, look_at_files
from ingest.report import Listener
from tests.factories import build, published
from ui.sources import SAMPLE

pytestmark = pytest.mark.model

ASHMERE = "Ashmere Parish Council"
BANDSTAND = f"""{ASHMERE}

Minutes of the meeting held on 12 May 2021 in the village hall

Present: Councillors Fenn (Chair), Okoro and Whitlock

Bandstand

The clerk presented two quotes for the repair of the roof.

RESOLVED: that the quote of £4,750 be accepted.
"""
SHORTER = f"{ASHMERE}\n\nBandstand\n\nRESOLVED: that the quote of £4,750 be accepted.\n"
QUOTED = "RESOLVED: that the quote of £4,750 be accepted."


@contextmanager
def taken_in(folder: Path, text: str, embedder: Embedder, council: str = "") -> Iterator[Generation]:
    """Read one file as people give it, and open the generation that is built of it."""
    minutes = folder / "minutes"
    minutes.mkdir()
    (minutes / "item.txt").write_text(text, encoding="utf-8")
    source = Source(name="minutes", location=str(minutes))
    with Corpus(folder / "corpus.sqlite3") as corpus:
        look_at_files(
            corpus,
            source,
            [Place(minutes / "item.txt", "item.txt")],
            defaults=Defaults(council=council),
            listener=Listener(lambda _: None, lambda _: None),
            complete=True,
        )
        build(corpus, folder, embedder)
    with closing(published(folder)) as generation:
        yield generation


def ask(generation: Generation, embedder: Embedder, question: str, filters: Filters | None = None) -> Answer:
    return answer(generation, embedder, question, settings=AnswerSettings(), filters=filters)


@pytest.mark.parametrize("text", [BANDSTAND, SHORTER], ids=["a whole page", "three lines"])
def test_a_decision_under_a_plain_line_that_names_its_matter_is_found(tmp_path, minilm, text):
    with taken_in(tmp_path, text, minilm, ASHMERE) as minutes:
        for filters in (None, Filters(council="Ashmere"), Filters(council=ASHMERE)):
            found = ask(minutes, minilm, "What was decided about the bandstand?", filters)
            assert found.answered
            assert QUOTED in [quote.text for quote in found.quotes]
        for question in ("What was decided about the library?", "Who is the mayor of Fenlow?"):
            assert not ask(minutes, minilm, question).quotes


def test_the_resolutions_of_a_text_that_names_no_committee_are_those_of_the_body_it_speaks_of(
    tmp_path, minilm
):
    text = next(Path(SAMPLE.location).glob("*.txt")).read_text(encoding="utf-8")
    with taken_in(tmp_path, text, minilm) as minutes:
        found = ask(minutes, minilm, "What did the Cabinet resolve?")
        assert found.answered
        said = " ".join(quote.text for quote in found.quotes)
        assert "To note the Overview and Scrutiny Report on SEND" in said
        assert "To agree the responses to the Overview and Scrutiny report recommendations" in said
