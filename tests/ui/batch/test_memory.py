"""Memory does not grow with the number of rows."""

import tracemalloc

import pytest

from tests.ui.batch.asking import run, write_table
from ui.batch.order import Order

#: Carried through, so that rows that are held would show: 20 MB of them.
LONG = "x" * 1_000
FEW, MANY = 2_000, 20_000
ALLOWED = 4_000_000


def peak(tmp_path, data, ending: str, count: int) -> int:
    # Most rows cannot be asked, which takes the same way and less time.
    rows = [{"question": "road number3" if n % 100 == 0 else "", "note": f"{LONG}{n}"} for n in range(count)]
    table = write_table(tmp_path / f"{count}.{ending}", rows)
    del rows
    tracemalloc.start()
    try:
        run(data, table, tmp_path / f"a{count}.{ending}", Order(search=True, k=2), batch_size=500)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_it_does_not_grow_with_the_rows(tmp_path, data, ending):
    # Whatever is loaded and cached for good is so after the first.
    peak(tmp_path, data, ending, 200)
    few, many = (peak(tmp_path, data, ending, count) for count in (FEW, MANY))
    assert many - few < ALLOWED, f"{few:,} bytes for {FEW:,} rows, {many:,} for {MANY:,}"
