import pytest

from corpus.errors import SettingsError
from corpus.records import Source, SourceState
from index.embedding import HashEmbedder
from tests.factories import build, make_document, put_documents
from ui.library import Library


def test_a_library_finds_its_parts_in_its_directory(tmp_path):
    (tmp_path / "minutebook.toml").write_text(
        '[model]\nname = "hash"\n[answer]\nmax_quotes = 1\nthreshold = 0.0'
    )
    library = Library.at(tmp_path)
    assert isinstance(library.embedder(), HashEmbedder)
    with library.corpus() as corpus:
        put_documents(corpus, [make_document()])
        build(corpus, tmp_path)
    reader = library.reader()
    assert reader.generation == "000001"
    assert len(reader.ask("What was resolved about the mill bridge?").quotes) == 1
    reader.close()
    assert library.record.exists()
    assert library.embeddings.exists()


def test_a_library_need_not_exist_yet(tmp_path):
    library = Library.at(tmp_path / "nothing")
    assert not library.data.exists()
    with library.corpus() as corpus:
        assert corpus.revision == 0


def test_a_model_that_is_not_there_is_named(tmp_path, monkeypatch):
    (tmp_path / "minutebook.toml").write_text('[model]\nname = "no such/model at all"')
    with pytest.raises(SettingsError, match="no such/model at all"):
        Library.at(tmp_path).embedder()


def test_a_site_that_was_taken_out_of_the_settings_is_not_missed(tmp_path):
    failing = Source("ashmere", "https://ashmere.example/", SourceState.FAILING, "answers 500", "2026-01-01")
    listed = '[[sources]]\nname = "ashmere"\nlocation = "https://ashmere.example/"\n'
    (tmp_path / "minutebook.toml").write_text(listed)
    library = Library.at(tmp_path)
    assert library.warnings() == ()
    with library.corpus() as corpus:
        corpus.put_source(failing)
        corpus.put_source(Source("/minutes", "/minutes", SourceState.FAILING, "/minutes is not there"))
    assert [warning.split()[0] for warning in library.warnings()] == ["/minutes", "ashmere"]
    (tmp_path / "minutebook.toml").write_text("")
    assert [warning.split()[0] for warning in Library.at(tmp_path).warnings()] == ["/minutes"]
