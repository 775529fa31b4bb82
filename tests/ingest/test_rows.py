import pytest

from ingest.rows import as_line


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["Councillor", "Vote"], "Councillor | Vote"),
        (["Councillor", ""], "Councillor"),
        (["", "For"], "| For"),
        (["a", "", "c"], "a | | c"),
        (["alone"], "alone"),
        (["", ""], ""),
        ([], ""),
    ],
)
def test_the_cells_of_a_row_stand_on_one_line(cells: list[str], line: str):
    assert as_line(cells) == line
