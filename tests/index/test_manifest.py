import json

import pytest

from corpus.errors import GenerationError
from index.manifest import FORMAT, NAME, Manifest, read_manifest, write_manifest

MANIFEST = Manifest(FORMAT, 7, "hash", "hash-1", 128, 2, 5, "2026-03-01T04:00:00+00:00")


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize(
    "words",
    ["", "{", "[]", "null", "{}", '"words"', json.dumps({"format": FORMAT}), b"\xff\xfe\x00"],
)
def test_a_damaged_manifest_is_one_clear_line(tmp_path, words):
    (tmp_path / NAME).write_bytes(words if isinstance(words, bytes) else words.encode())
    with pytest.raises(GenerationError, match=r"damaged.*run: minutebook index") as error:
        read_manifest(tmp_path)
    assert str(tmp_path) in str(error.value)


def test_a_missing_manifest_is_one_clear_line(tmp_path):
    with pytest.raises(GenerationError, match=r"damaged.*run: minutebook index"):
        read_manifest(tmp_path)


def test_another_format_is_named_even_where_its_fields_are_others(tmp_path):
    (tmp_path / NAME).write_text(json.dumps({"format": FORMAT + 1, "anything": "else"}))
    with pytest.raises(GenerationError, match=f"has format {FORMAT + 1}, not {FORMAT}; run"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("revision", "fingerprint", "same"), [(7, "hash-1", True), (8, "hash-1", False), (7, "hash-2", False)]
)
def test_equal_inputs_need_no_new_generation(revision, fingerprint, same):
    assert MANIFEST.same_inputs(corpus_revision=revision, fingerprint=fingerprint) is same


def test_an_older_format_is_never_the_same():
    older = Manifest(FORMAT - 1, 7, "hash", "hash-1", 128, 2, 5, "")
    assert not older.same_inputs(corpus_revision=7, fingerprint="hash-1")
