import io

import pytest

from corpus.errors import NothingDoneError
from ui.tables.formats import Format
from ui.tables.streams import temporary_folder, whole_before

NO_ROOM = OSError(28, "No space left on device")


def test_parquet_goes_out_when_it_is_whole_and_the_others_at_once():
    for format, at_once in ((Format.CSV, b"a"), (Format.JSONL, b"a"), (Format.PARQUET, b"")):
        out = io.BytesIO()
        with whole_before(out, format) as file:
            file.write(b"a")
            assert out.getvalue() == at_once
            file.write(b"b")
        assert out.getvalue() == b"ab"


def test_a_full_temporary_folder_is_told_from_a_full_stream():
    said = (
        "the temporary folder cannot be written: No space left on device; name one with more room in TMPDIR"
    )
    with pytest.raises(NothingDoneError, match=said), whole_before(io.BytesIO(), Format.PARQUET):
        raise NO_ROOM
    with pytest.raises(OSError, match="No space left"), whole_before(io.BytesIO(), Format.CSV):
        raise NO_ROOM


def test_no_temporary_folder_at_all(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    with pytest.raises(NothingDoneError, match="the temporary folder cannot be written: No such file"):
        temporary_folder().__enter__()
