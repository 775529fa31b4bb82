from threading import Event

import anyio
import pytest

from ui.web.api.line import CrowdedError, Line


def test_so_many_work_so_many_wait_and_the_next_is_told_to_come_back():
    done = Event()
    begun: list[int] = []

    def work(number: int) -> None:
        begun.append(number)
        assert done.wait(10)

    async def main() -> None:
        line = Line(2, 3)
        async with anyio.create_task_group() as tasks:
            for number in range(5):
                tasks.start_soon(line.do, lambda number=number: work(number))
                await anyio.wait_all_tasks_blocked()
            with pytest.raises(CrowdedError):
                await line.do(lambda: work(5))
            assert begun == [0, 1]
            done.set()
        assert sorted(begun) == [0, 1, 2, 3, 4]  # two at once have no order
        assert await line.do(lambda: "again") == "again"

    anyio.run(main)


def test_what_goes_wrong_comes_back_and_makes_room():
    async def main() -> None:
        line = Line(1, 0)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await line.do(lambda: 1 / 0)

    anyio.run(main)
