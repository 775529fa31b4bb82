import json
import os

import pytest

from corpus.errors import BusyError, NothingDoneError, UsageError
from ui.tables.keeping import (
    account_bytes,
    account_of,
    check_free,
    check_place,
    claimed,
    folder_of,
    leave,
    whole,
    writing_to,
)


def test_an_empty_folder_is_gone_afterwards_and_a_full_one_stays(tmp_path):
    output = tmp_path / "a.csv"
    with claimed(output) as folder:
        assert folder == folder_of(output)
    assert list(tmp_path.iterdir()) == []
    with claimed(output) as folder:
        (folder / "work").write_text("x")
    with claimed(output) as folder:
        assert (folder / "work").read_text() == "x"
        leave(folder)
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_of_a_folder_that_was_done_with_goes_with_the_next(tmp_path):
    (tmp_path / ".a.csv.partial.gone").mkdir()
    (tmp_path / ".a.csv.partial.gone" / "rows").write_text("x")
    with claimed(tmp_path / "a.csv"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_one_output_has_one_writer(tmp_path):
    with claimed(tmp_path / "a.csv"):
        with (
            pytest.raises(BusyError, match=r"another process is writing .*a\.csv"),
            claimed(tmp_path / "a.csv"),
        ):
            pass
        with claimed(tmp_path / "b.csv"):
            pass


def test_a_file_is_there_in_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a"
    path.write_text("before")

    def write_half() -> None:
        with whole(path) as file:
            file.write(b"aft")
            raise ValueError("half")

    with pytest.raises(ValueError, match="half"):
        write_half()
    assert path.read_text() == "before"
    with whole(path) as file:
        file.write(b"after")
    assert path.read_text() == "after"


def test_places_where_nothing_can_be_written(tmp_path):
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        check_place(tmp_path)
    with pytest.raises(UsageError, match=r"there is no folder .*nowhere; make it first"):
        check_place(tmp_path / "nowhere" / "a.csv")
    with (
        pytest.raises(NothingDoneError, match=r"a\.csv cannot be written: No space left"),
        writing_to(tmp_path / "a.csv"),
    ):
        raise OSError(28, "No space left on device")


def test_a_name_that_leaves_no_room_for_those_beside_it_is_refused_beforehand(tmp_path):
    longest = tmp_path / ("a" * 237 + ".csv")
    check_place(longest)
    with claimed(longest) as folder:
        (folder / "work").touch()
        leave(folder)
    # Characters of two bytes, as the limit counts bytes.
    for name, over in (("a" * 238 + ".csv", 1), ("é" * 120 + ".csv", 3), ("a" * 400 + ".csv", 163)):
        with pytest.raises(UsageError, match=f"the name is too long; make it shorter by {over} bytes"):
            check_place(tmp_path / name)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.meta.json"])
def test_neither_an_output_nor_an_account_is_written_over(tmp_path, name):
    output = tmp_path / "a.csv"
    check_free(output)
    (tmp_path / name).mkdir()
    with pytest.raises(UsageError, match=f"{name} is a folder; name a file in it"):
        check_place(output)
    (tmp_path / name).rmdir()
    (tmp_path / name).write_text("mine")
    check_place(output)
    with pytest.raises(
        UsageError, match=f"{name} is there already; write elsewhere, or over it with --force"
    ):
        check_free(output)


def test_an_account_keeps_names_that_are_no_text(tmp_path):
    name = os.fsdecode(b"\xff\xc3\xa9.csv")
    assert json.loads(account_bytes({"name": name})) == {"name": name}
    assert account_of(tmp_path / name).name == f"{name}.meta.json"
