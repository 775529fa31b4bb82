import pytest

from corpus.errors import BusyError, NothingDoneError, UsageError
from ui.tables.keeping import check_place, claimed, folder_of, leave, whole, writing_to


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
