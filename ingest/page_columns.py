"""Where the columns of a printed page end on their right, which tells full lines from short ones."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.page_lines import Line

#: Lines whose left edges differ by less, in points, stand in one column.
SAME_EDGE = 2.0
#: So many lines with one left edge are a column of prose if this share of them goes on in lower case.
COLUMN_LINES = 4
PROSE_SHARE = 0.3
#: Lines of a column that are further apart than so many times the usual distance stand in two cells.
CELL_GAP = 1.3
#: A page is set in columns where so many lines stand on both sides of a gutter, and not more than this share
#: of all lines, headings, runs across it.
GUTTER_LINES = 8
CROSSING_SHARE = 0.2


def right_edges(lines: Sequence[Line], page_edge: float, gap: float) -> list[float]:
    """Return for each line where its column ends: at `page_edge`, a gutter, or the edge of a cell with prose.

    `gap` is the usual distance of lines in heights of their font.
    """
    gutters = _gutters(lines)
    edges = [_column_edge(lines, gutters, place) for place in range(len(gutters))] + [page_edge]
    found: list[float] = []
    for run in _runs(lines, gap):
        edge = edges[bisect(gutters, run[0].left + SAME_EDGE)]
        if len(run) >= COLUMN_LINES and _is_prose(run):
            edge = min(edge, max(line.right for line in run))
        found.extend(edge for _ in run)
    return found


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Return the left edges of the columns of a page but for the first."""
    common = Counter(round(line.left) for line in lines)
    return sorted(left for left, count in common.items() if count >= GUTTER_LINES and _is_gutter(lines, left))


def _is_gutter(lines: Sequence[Line], left: int) -> bool:
    before = [line for line in lines if line.right < left]
    crossing = sum(line.left < left - SAME_EDGE and line.right >= left for line in lines)
    return len(before) >= GUTTER_LINES and crossing <= CROSSING_SHARE * len(lines) and _is_prose(before)


def _column_edge(lines: Sequence[Line], gutters: Sequence[float], place: int) -> float:
    """Return how far the lines of a column reach to the right; a stray longer one may stand out."""
    within = (line for line in lines if bisect(gutters, line.left + SAME_EDGE) == place)
    reach = sorted(line.right for line in within if line.right < gutters[place])
    return reach[int(0.95 * len(reach))] if reach else gutters[place]


def _runs(lines: Sequence[Line], gap: float) -> Iterator[list[Line]]:
    """Yield runs of lines that stand closely one below the other with the same left edge."""
    run: list[Line] = []
    for line in lines:
        if run and not (
            abs(line.left - run[-1].left) < SAME_EDGE
            and 0 < run[-1].bottom - line.bottom < CELL_GAP * gap * line.height
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_prose(lines: Sequence[Line]) -> bool:
    return sum(line.text[0].islower() for line in lines) >= PROSE_SHARE * len(lines)
