import os
from pathlib import Path

import pytest

from ingest.report import Remark
from ingest.walk import find_files, is_wanted


def lay(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def found(folder: Path, remarks: list[Remark] | None = None) -> list[str]:
    seen = find_files(folder, (remarks if remarks is not None else []).append)
    return [path.relative_to(folder).as_posix() for path in seen]


def test_files_come_from_all_depths_in_a_stable_order(tmp_path):
    lay(tmp_path, "b.txt", "a/2.txt", "a/1.txt", "c/d/e.pdf")
    assert found(tmp_path) == ["a/1.txt", "a/2.txt", "b.txt", "c/d/e.pdf"]


def test_hidden_files_and_locks_are_left_out(tmp_path):
    lay(tmp_path, ".git/config.txt", ".hidden.txt", "~$minutes.docx", "minutes.docx")
    assert found(tmp_path) == ["minutes.docx"]


def test_what_a_browser_saved_beside_a_page_is_left_out(tmp_path):
    lay(tmp_path, "Item.html", "Item_files/frame.html", "report_files/report.html")
    assert found(tmp_path) == ["Item.html", "report_files/report.html"]


def test_links_cannot_lead_in_a_circle(tmp_path):
    lay(tmp_path, "inside/a.txt")
    (tmp_path / "inside/again").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "inside/a.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing")
    assert found(tmp_path) == ["b.txt", "inside/a.txt"]


def test_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert found(tmp_path) == []


def test_a_folder_that_cannot_be_looked_into_is_remarked_on(tmp_path):
    remarks: list[Remark] = []
    assert found(tmp_path / "nothing", remarks) == []
    assert [remark.where for remark in remarks] == [str(tmp_path / "nothing")]
    assert "cannot be looked into" in remarks[0].reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.PDF", True),
        ("a.docx", True),
        ("a.jsonl.gz", True),
        ("old.doc", True),
        ("a.png", False),
        ("a", False),
    ],
)
def test_files_that_can_hold_minutes_are_wanted(name, expected):
    assert is_wanted(Path(name)) is expected
