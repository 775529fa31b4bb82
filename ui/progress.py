"""Progress on a terminal, a plain line now and then elsewhere; all of it on stderr."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from ingest.report import Listener, Remark
from ui.terminal import printable

#: Seconds between two lines where there is no terminal to draw a bar on.
SECONDS_BETWEEN_LINES = 30.0
_INDEXED = "{done:,} of {total:,} passages, {rate:,.0f} passages/s, {left:,.0f} s left"
_ASKED = "{done:,} of {total:,} questions, {rate:,.1f} questions/s, {left:,.0f} s left"
_EVALUATED = "{done:,} of {total:,}, {left:,.0f} s left"

#: Called with how much is done so far, and of how much.
Report = Callable[[int, int], None]


class _Rate(ProgressColumn):
    """So many of `what` per second, measured over the last while."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing before it is known."""
        return Text(f"{task.speed:,.0f} {self._what}/s" if task.speed else "")


@contextmanager
def indexing(console: Console) -> Iterator[Report]:
    """Show how far the passages are."""
    if not console.is_terminal:
        yield _Lines(console, _INDEXED)
        return
    columns = (
        TextColumn("Indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate("passages"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("passages", total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)


@contextmanager
def asking(console: Console) -> Iterator[Report]:
    """Show how far the questions of a batch are; those that were answered before count for no rate."""
    if not console.is_terminal:
        yield _Lines(console, _ASKED, before=None)
        return
    columns = (
        TextColumn("Asking"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate("questions"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar: TaskID | None = None

        def report(done: int, total: int) -> None:
            nonlocal bar
            if bar is None:
                bar = progress.add_task("questions", total=total, completed=done)
            progress.update(bar, completed=done)

        yield report


@contextmanager
def evaluating(console: Console) -> Iterator[Callable[[str], Report]]:
    """Show what is being measured, one thing after the other, and how far each is."""
    if not console.is_terminal:

        def begin(name: str) -> Report:
            console.print(f"Measuring: {name}", markup=False, highlight=False, soft_wrap=True)
            return _Lines(console, f"{name}: {_EVALUATED}")

        yield begin
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:

        def begin_bar(name: str) -> Report:
            bar = progress.add_task(name, total=None)
            return lambda done, total: progress.update(bar, completed=done, total=total)

        yield begin_bar


@contextmanager
def ingesting(console: Console, source: str) -> Iterator[Listener]:
    """Show what is being looked at, and every remark as one line."""

    def remark(said: Remark) -> None:
        console.print(printable(str(said)).replace("\n", " "), markup=False, highlight=False, soft_wrap=True)

    if not console.is_terminal:
        yield Listener(remark=remark, done=lambda _: None)
        return
    name = printable(source)
    with console.status(Text(f"Looking at {name}")) as status:
        count = 0

        def done(where: str) -> None:
            nonlocal count
            count += 1
            status.update(Text(f"Looking at {name}: {count:,} documents"))

        yield Listener(remark=remark, done=done)


class _Lines:
    """Prints how far something is, at most every so many seconds, in the form of `line`.

    The rate leaves out what was done `before`; where that is None, what the first report says.
    """

    def __init__(self, console: Console, line: str, before: int | None = 0) -> None:
        self._console = console
        self._line = line
        self._started = self._last = monotonic()
        self._before = before

    def __call__(self, done: int, total: int) -> None:
        now = monotonic()
        if self._before is None:
            self._before = done
        if done > self._before and now - self._last >= SECONDS_BETWEEN_LINES:
            rate = (done - self._before) / (now - self._started)
            left = (total - done) / rate
            self._console.print(
                self._line.format(done=done, total=total, rate=rate, left=left),
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
            self._last = now
