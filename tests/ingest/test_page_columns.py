from ingest.page_columns import right_edges
from ingest.page_lines import Line

EDGE, GAP = 520.0, 1.2


def column(left: float, right: float, count: int, *, top: float = 700, prose: bool = True) -> list[Line]:
    """Lines of a column, every third of them shorter than the others, as in a ragged one."""
    return [
        Line("went on with words" if prose else "Figures 7", left, right - 8 * (n % 3), top - 14 * n, 12)
        for n in range(count)
    ]


def test_lines_of_a_page_end_at_its_edge():
    lines = column(72, 500, 30)
    assert right_edges(lines, EDGE, GAP)[-1] == 500
    assert right_edges(lines[:2], EDGE, GAP) == [EDGE, EDGE]


def test_a_column_ends_before_the_next_one_begins():
    lines = [*column(72, 280, 30), *column(300, EDGE, 30)]
    edges = right_edges(lines, EDGE, GAP)
    assert edges == [280] * 30 + [EDGE] * 30


def test_an_item_that_is_indented_in_a_column_ends_with_it():
    lines = [*column(72, 280, 20), *column(90, 200, 2, top=400), *column(300, EDGE, 30)]
    assert right_edges(lines, EDGE, GAP)[20:22] == [280, 280]


def test_a_heading_may_run_across_the_columns():
    heading = Line("Planning Committee of the Borough", 72, 400, 740, 12)
    edges = right_edges([heading, *column(72, 280, 30), *column(300, EDGE, 30)], EDGE, GAP)
    assert edges[1:] == [280] * 30 + [EDGE] * 30


def test_a_cell_with_prose_ends_where_its_longest_line_does():
    cells = [*column(72, 200, 5), *column(250, 400, 5)]
    assert right_edges(cells, EDGE, GAP) == [200] * 5 + [400] * 5


def test_figures_one_below_the_other_are_no_column():
    assert right_edges(column(72, 120, 12, prose=False), EDGE, GAP) == [EDGE] * 12
    sides = [*column(72, 120, 12, prose=False), *column(300, EDGE, 12, prose=False)]
    assert right_edges(sides, EDGE, GAP) == [EDGE] * 24


def test_a_page_without_lines_has_no_edges():
    assert right_edges([], EDGE, GAP) == []
