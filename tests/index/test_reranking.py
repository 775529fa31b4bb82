import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import index
from corpus.errors import SettingsError
from corpus.store import Corpus
from index.answer import answer
from index.arrays import Array
from index.generation import Generation
from index.many import Asked
from index.model_folder import model_folder
from index.records import Answer, Found
from index.reranking import CrossEncoderReranker, Reranker, load_reranker
from index.search import rank
from index.settings import DEFAULT_MODEL, AnswerSettings, ModelSettings, RerankSettings
from tests.factories import build, make_document, make_generation, put_documents

TEXTS = [f"The {thing} by the river was painted in May." for thing in ("ferry", "bridge", "ford", "weir")]
PAINTED = "Was the river ferry painted in May?"


class Preferring:
    """Likes passages with a word, and keeps what it was shown."""

    fingerprint = "preferring"

    def __init__(self, word: str, candidates: int = 20) -> None:
        self.word = word
        self.candidates = candidates
        self.shown: list[str] = []

    def gains(self, question: str, passages: Sequence[str]) -> Array:
        self.shown += passages
        return np.asarray([20.0 if self.word in passage else -3.0 for passage in passages])


@pytest.fixture(scope="module")
def crossing(tmp_path_factory) -> Path:
    """A real cross-encoder, as small as can be, with weights out of a hat."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("crossing")
    torch.manual_seed(7)
    config = BertConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(model_folder(DEFAULT_MODEL, "model.name")).save_pretrained(folder)
    return folder


@pytest.fixture
def generation(tmp_path) -> Iterator[Generation]:
    documents = [
        make_document(str(number), text, title="River", committee="Works")
        for number, text in enumerate(TEXTS)
    ]
    with closing(make_generation(tmp_path, documents)) as generation:
        yield generation


def first_words(ranking) -> list[str]:
    return [one.passage.text.split()[1] for one in ranking.ranked]


def test_without_a_name_there_is_none():
    assert load_reranker(RerankSettings()) is None


def test_what_it_prefers_comes_first_and_scores_stay_in_order(generation, hash_embedder):
    before = rank(generation, hash_embedder, PAINTED)
    assert first_words(before)[0] == "ferry"
    after = rank(generation, hash_embedder, PAINTED, reranker=Preferring("weir"))
    assert first_words(after)[0] == "weir"
    scores = [one.score for one in after.ranked]
    assert scores == sorted(scores, reverse=True)
    assert {one.passage.id: one.odds for one in after.ranked} == pytest.approx(
        {one.passage.id: one.score for one in before.ranked}
    )


def test_it_reads_the_first_passages_only_and_under_their_headings(generation, hash_embedder):
    before = first_words(rank(generation, hash_embedder, PAINTED))
    reranker = Preferring("nothing of the kind", candidates=2)
    after = rank(generation, hash_embedder, PAINTED, reranker=reranker)
    assert len(reranker.shown) == 2
    assert all("Works" in shown.partition("\n")[0] for shown in reranker.shown)
    assert first_words(after) == before


def test_where_nothing_is_found_nothing_is_read(generation, hash_embedder):
    reranker = Preferring("ferry")
    assert rank(generation, hash_embedder, "council:nowhere ferry", reranker=reranker).ranked == ()
    assert reranker.shown == []


def test_how_sure_an_answer_is_does_not_depend_on_it(generation, hash_embedder):
    def sure(reranker=None) -> float:
        return answer(
            generation, hash_embedder, PAINTED, settings=AnswerSettings(), reranker=reranker
        ).confidence

    assert sure(Preferring("ferry")) == pytest.approx(sure())


def loaded(settings: RerankSettings) -> Reranker:
    reranker = load_reranker(settings)
    assert reranker is not None
    return reranker


@pytest.mark.slow
@pytest.mark.model
def test_a_cross_encoder_scores_each_pair(crossing):
    reranker = loaded(RerankSettings(name=str(crossing)))
    gains = reranker.gains(PAINTED, TEXTS)
    assert gains.shape == (4,)
    assert len(set(gains.tolist())) == 4
    assert reranker.gains(PAINTED, TEXTS).tolist() == gains.tolist()
    twice = loaded(RerankSettings(name=str(crossing), weight=2))
    assert np.allclose(twice.gains(PAINTED, TEXTS), 2 * gains)
    assert twice.fingerprint != reranker.fingerprint
    assert reranker.gains(PAINTED, []).shape == (0,)


@pytest.mark.slow
@pytest.mark.model
def test_a_reader_uses_the_one_that_is_set_for_whatever_is_asked(tmp_path, crossing, monkeypatch):
    with Corpus(tmp_path / "corpus.sqlite3") as corpus:
        put_documents(corpus, [make_document(str(number), text) for number, text in enumerate(TEXTS)])
        build(corpus, tmp_path)
    settings = RerankSettings(name=str(crossing), weight=10)
    with (
        index.open(tmp_path, model=ModelSettings(name="hash")) as plain,
        index.open(tmp_path, model=ModelSettings(name="hash"), rerank=settings) as reader,
    ):
        gains = CrossEncoderReranker(settings).gains
        found = plain.search(PAINTED).hits
        scored = {hit.document_id: hit.score for hit in found}
        found_again = reader.search(PAINTED).hits
        headed = [one.passage for one in rank_of(plain, PAINTED)]
        gained = gains(PAINTED, [f"{one.heading}\n{one.text}" for one in headed])
        expected = {
            one.document.id: scored[one.document.id] + gain
            for one, gain in zip(headed, gained - gained.min(), strict=True)
        }
        assert {hit.document_id: hit.score for hit in found_again} == pytest.approx(expected, abs=1e-3)
        order = [hit.document_id for hit in found_again]
        assert order == sorted(expected, key=expected.__getitem__, reverse=True)
        monkeypatch.setattr("index.many.BATCH", 1)
        for many in reader.search_many([Asked(PAINTED)] * 3, threads=2, processes=True):
            assert isinstance(many, Found)
            assert many.hits == found_again
        assert reader.ask(PAINTED).hits == found_again
        (answered,) = reader.ask_many([Asked(PAINTED)])
        assert isinstance(answered, Answer)
        assert answered.hits == found_again
        assert [result.hit.document_id for result in reader.listing(PAINTED).results] == order
        assert reader.provenance.settings != plain.provenance.settings


def rank_of(reader, query):
    with reader.opened() as generation:
        return rank(generation, reader.embedder, query).ranked


def test_a_model_that_is_not_there_is_one_clear_line(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(SettingsError, match=r"rerank\.name: there is no model 'no-such-model'"):
        loaded(RerankSettings(name="no-such-model"))


@pytest.mark.slow
@pytest.mark.model
def test_a_folder_without_a_cross_encoder_is_one_clear_line(tmp_path):
    with pytest.raises(SettingsError, match=r"rerank\.name: .*holds no model that works"):
        loaded(RerankSettings(name=str(tmp_path))).gains("Why?", ["Because."])


@pytest.mark.slow
@pytest.mark.model
def test_a_model_with_several_scores_is_one_clear_line(tmp_path, crossing):
    from transformers import BertConfig, BertForSequenceClassification

    folder = tmp_path / "three"
    shutil.copytree(crossing, folder)
    config = BertConfig.from_pretrained(crossing, num_labels=3)
    BertForSequenceClassification(config).save_pretrained(folder)
    with pytest.raises(SettingsError, match=r"gives 3 scores for a passage; name a cross-encoder with one"):
        loaded(RerankSettings(name=str(folder))).gains("Why?", ["Because."])
